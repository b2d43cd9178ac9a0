"""Whose role is whose in a programme: who is asked to read it, and who has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from people.access import Role
from people.models import Membership, School, User
from people.models.base import active_on
from programs.models import GroupLead, Program, ProgramRole, RoleAcknowledgement

Actor = ProgramRole.Actor


@dataclass(frozen=True)
class Reading:
    """One role as a page shows it: who has read it, and whether the reader is asked to."""

    role: ProgramRole
    read: list[RoleAcknowledgement]
    is_mine: bool
    mine: RoleAcknowledgement | None

    @property
    def is_whole(self) -> bool:
        return bool(self.role.role.strip() and self.role.limits.strip())


def schools_to_open_in(user: User) -> QuerySet[School]:
    """The schools where the person may open a programme: as lead or manager of more than one programme."""
    access = user.access
    return School.objects.filter(
        access.within(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER, board="board", school="pk")
    ).order_by("name_key", "pk")


def may_run(user: User, program: Program) -> bool:
    """Write what a programme says of itself. One query."""
    return Program.objects.led_by(user).filter(pk=program.pk).exists()


def actors_of(user: User, program: Program, on: date) -> set[str]:
    """The roles of the programme that are the person's own on a day. Three queries."""
    mine = set()
    here = Membership.objects.filter(
        Q(program=program) | Q(program=None, school=program.school_id) | Q(program=None, school=None),
        active_on(on), person=user.pk, board=program.board_id,
    )  # fmt: skip
    roles = set(here.values_list("role", flat=True))
    for role, actor in (
        (Role.SCHOOL_MANAGER, Actor.MANAGER),
        (Role.PROGRAM_LEAD, Actor.LEAD),
        (Role.TRAINER, Actor.TRAINER),
    ):
        if role in roles:
            mine.add(actor.value)
    if GroupLead.objects.active_on(on).filter(person=user.pk, group__program=program).exists():
        mine.add(Actor.TEACHER.value)
    dyads = Q(dyads__ends_on__isnull=True) | Q(dyads__ends_on__gt=on)
    if Program.objects.filter(dyads, pk=program.pk, dyads__mentor__person=user.pk, dyads__starts_on__lte=on).exists():
        mine.add(Actor.MENTOR.value)
    return mine


def readings(program: Program, user: User, on: date) -> list[Reading]:
    """The roles written, in the order of the actors. Five queries."""
    order = list(Actor.values)
    rows = sorted(program.roles.all(), key=lambda row: order.index(row.actor))
    own = actors_of(user, program, on)
    read: dict[int, list[RoleAcknowledgement]] = {}
    known = RoleAcknowledgement.objects.filter(role__program=program).select_related("person")
    for row in known.order_by("acknowledged_on", "pk"):
        read.setdefault(row.role_id, []).append(row)
    return [Reading(row, read.get(row.pk, []), row.actor in own, _of(user, read.get(row.pk, []))) for row in rows]


def _of(user: User, rows: Iterable[RoleAcknowledgement]) -> RoleAcknowledgement | None:
    return next((row for row in rows if row.person_id == user.pk), None)
