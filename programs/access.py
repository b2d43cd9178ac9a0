"""Whether someone may: the booleans that the querysets of ``programs`` answer for one group."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from people.access import Role
from people.models import Membership, Student, User
from people.models.base import active_on
from people.models.students import StudentQuerySet
from programs.models import GroupLead, GroupMeeting, GroupMember, GroupSubstitute, GroupTimetable, Program, SupportGroup
from programs.models.meetings import GroupMeetingQuerySet
from programs.models.programs import ProgramQuerySet
from programs.substitutes import other_day


def may_log(user: User, group: SupportGroup) -> bool:
    """Log for the group: its lead, or the programme's as substitute. One query."""
    return SupportGroup.objects.loggable_by(user).filter(pk=group.pk).exists()


def meetings_with_undone(user: User) -> GroupMeetingQuerySet:
    """The meetings of visible groups, those undone too: a second « Annuler » must find its row."""
    return GroupMeeting.objects.filter(group__in=SupportGroup.objects.visible_to(user)).defer("note")


def visible_members(user: User) -> QuerySet[GroupMember]:
    """The memberships of visible groups, with their students."""
    return GroupMember.objects.filter(group__in=SupportGroup.objects.visible_to(user)).select_related("student")


def ended_leads(user: User) -> QuerySet[GroupLead]:
    """Who was in charge of visible groups, until when."""
    groups = SupportGroup.objects.visible_to(user)
    return GroupLead.objects.filter(group__in=groups, ends_on__isnull=False).select_related("person")


def visible_slots(user: User) -> QuerySet[GroupTimetable]:
    """The weekly slots of visible groups."""
    return GroupTimetable.objects.filter(group__in=SupportGroup.objects.visible_to(user))


def may_structure(user: User, group: SupportGroup) -> bool:
    """Change who belongs and who leads: the programme's lead or the school's management. One query."""
    return Program.objects.led_by(user).filter(pk=group.program_id).exists()


def group_programs_led_by(user: User) -> ProgramQuerySet:
    """The programmes in which the person may open a group."""
    return Program.objects.led_by(user).filter(domain=Program.Domain.GROUP)


def students_of_school(group: SupportGroup) -> StudentQuerySet:
    """Whom one who may structure the group can bring in: the students of its school.

    Wider than ``Student.objects.visible_to``: a programme's lead must be able to name a student who is not in the
    programme yet. Ask ``may_structure`` first.
    """
    return Student.objects.filter(school_id=group.program.school_id, board_id=group.board_id)


def possible_leads(programs: QuerySet[Program], on: date) -> QuerySet[User]:
    """The adults to whom a group of these programmes can be entrusted: who supports students at their schools."""
    here = Membership.objects.filter(active_on(on), role=Role.RESOURCE_TEACHER).filter(
        Q(school__programs__in=programs) | Q(program__in=programs)
    )
    return User.objects.filter(pk__in=here.values("person"), is_active=True)


def may_entrust(user: User, group: SupportGroup) -> bool:
    """Name a substitute: who may structure the group, and its lead for their own absence."""
    return SupportGroup.objects.led_alone_by(user).filter(pk=group.pk).exists() or may_structure(user, group)


def visible_substitutes(user: User) -> QuerySet[GroupSubstitute]:
    """The substitutes of visible groups."""
    return GroupSubstitute.objects.filter(group__in=SupportGroup.objects.visible_to(user)).select_related("group")


def refuse_other_day_to(user: User, group: SupportGroup, day: date) -> None:
    """403 with a sentence, to whoever stands in on other days."""
    any_day = SupportGroup.objects.loggable_any_day_by(user).filter(pk=group.pk)
    if words := other_day(group.substitutes.all(), user, day, any_day):
        raise PermissionDenied(words)
