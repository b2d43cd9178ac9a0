"""Whether someone may: the booleans and the doors that the querysets of ``programs`` answer for one row."""

from datetime import date

from django.db.models import Q, QuerySet

from people.access import Role
from people.models import Membership, Student, User
from people.models.base import active_on
from people.models.students import StudentQuerySet
from people.shortcuts import get_or_refuse
from programs.models import GroupLead, GroupMember, Program, Relation, SupportGroup
from programs.models.programs import ProgramQuerySet


def structured_group(user: User, pk: int) -> SupportGroup:
    """A visible group of which the person may change who belongs and who leads; 403 otherwise."""
    return get_or_refuse(SupportGroup.objects.visible_to(user).with_people(), SupportGroup.objects.run_by(user), pk)


def may_log(user: User, relation: Relation) -> bool:
    """Log for the relation: its adult, the programme's lead, or whoever stands in. One query."""
    return bool(type(relation).objects.loggable_by(user).filter(pk=relation.pk).exists())


def may_run(user: User, relation: Relation) -> bool:
    """Decide on its course: the programme's lead or the school's management. One query."""
    return bool(type(relation).objects.run_by(user).filter(pk=relation.pk).exists())


def may_plan(user: User, relation: Relation) -> bool:
    """Set when it meets. One query."""
    return bool(type(relation).objects.planned_by(user).filter(pk=relation.pk).exists())


def may_entrust(user: User, relation: Relation) -> bool:
    """Name a substitute. One query."""
    return bool(type(relation).objects.entrustable_by(user).filter(pk=relation.pk).exists())


def visible_members(user: User) -> QuerySet[GroupMember]:
    """The memberships of visible groups, with their students."""
    return GroupMember.objects.filter(group__in=SupportGroup.objects.visible_to(user)).select_related("student")


def ended_leads(user: User) -> QuerySet[GroupLead]:
    """Who was in charge of visible groups, until when."""
    groups = SupportGroup.objects.visible_to(user)
    return GroupLead.objects.filter(group__in=groups, ends_on__isnull=False).select_related("person")


def group_programs_led_by(user: User) -> ProgramQuerySet:
    """The programmes in which the person may open a group."""
    return Program.objects.led_by(user).filter(domain=Program.Domain.GROUP)


def students_of_school(group: SupportGroup) -> StudentQuerySet:
    """Whom one who may structure the group can bring in: the students of its school.

    Wider than ``Student.objects.visible_to``: a programme's lead must be able to name a student who is not in the
    programme yet. Ask ``structured_group`` first.
    """
    return Student.objects.filter(school_id=group.program.school_id, board_id=group.board_id)


def possible_leads(programs: QuerySet[Program], on: date) -> QuerySet[User]:
    """The adults to whom a group of these programmes can be entrusted: who supports students at their schools."""
    here = Membership.objects.filter(active_on(on), role=Role.RESOURCE_TEACHER).filter(
        Q(school__programs__in=programs) | Q(program__in=programs)
    )
    return User.objects.filter(pk__in=here.values("person"), is_active=True)
