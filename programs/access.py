"""What someone may do: the rights and the doors that the querysets of ``programs`` answer for one row."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.access import Role
from people.kept import kept_for
from people.models import Membership, Student, User
from people.models.base import active_on
from people.models.students import StudentQuerySet
from people.shortcuts import get_or_refuse
from programs.models import GroupLead, GroupMember, Program, Relation, SupportGroup
from programs.models.programs import ProgramQuerySet


def structured_group(user: User, pk: int) -> SupportGroup:
    """A visible group of which the person may change who belongs and who leads; 403 otherwise."""
    return get_or_refuse(SupportGroup.objects.visible_to(user).with_people(), SupportGroup.objects.run_by(user), pk)


class Rights(NamedTuple):
    """What a person may do about a relation."""

    log: bool
    """Its adult, the programme's lead, or whoever stands in."""
    log_any_day: bool
    run: bool
    """Decide on its course: the programme's lead or the school's management."""
    plan: bool
    """Set when it meets."""
    entrust: bool
    """Name a substitute."""
    own: bool
    """It is entrusted to them, for good or as substitute."""


def rights_on(user: User, relation: Relation) -> Rights:
    """One query."""
    kind = type(relation)

    def rights(places: Sequence[int]) -> QuerySet[Relation, tuple[bool, ...]]:
        held = rights_columns(kind, user).values()
        told: QuerySet[Relation, tuple[bool, ...]] = kind.objects.filter(pk__in=places).order_by().values_list(*held)
        return told

    found = kept_for([relation.pk], f"rights on a {relation.NOUN}", rights, user)
    return Rights(*map(bool, found[0])) if found else Rights(*[False] * len(Rights._fields))


def rights_columns(kind: type[Relation], user: User) -> dict[str, Exists]:
    """The same as columns of a query of relations, by the names of ``Rights``."""
    rows = kind.objects
    may = Rights(
        log=rows.loggable_by(user),
        log_any_day=rows.loggable_any_day_by(user),
        run=rows.run_by(user),
        plan=rows.planned_by(user),
        entrust=rows.entrustable_by(user),
        own=rows.entrusted_to(user),
    )
    return {name: Exists(held.filter(pk=OuterRef("pk"))) for name, held in may._asdict().items()}


def visible_members(user: User) -> QuerySet[GroupMember]:
    """The memberships of visible groups, with their students."""
    return GroupMember.objects.filter(group__in=SupportGroup.objects.visible_to(user)).select_related("student")


def visible_leads(user: User) -> QuerySet[GroupLead]:
    """Who is or was in charge of visible groups, from when to when."""
    groups = SupportGroup.objects.visible_to(user)
    return GroupLead.objects.filter(group__in=groups).select_related("person")


def group_programs_led_by(user: User) -> ProgramQuerySet:
    """The programmes in which the person may open a group."""
    return Program.objects.led_by(user).running(user.local_date()).filter(domain=Program.Domain.GROUP)


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
