"""Roles, and what they open: the one place that turns memberships into filters (rights table, trust)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    RESOURCE_TEACHER = "resource_teacher", _("personnel-ressource")
    MENTOR = "mentor", _("mentore ou mentor")
    PROGRAM_LEAD = "program_lead", _("responsable de programme")
    TRAINER = "trainer", _("formation et conseil")
    SCHOOL_MANAGER = "school_manager", _("direction")
    BOARD_ADMIN = "board_admin", _("administration du centre")
    PRIVACY_OFFICER = "privacy_officer", _("protection des renseignements")


BOARD_ROLES = frozenset({Role.BOARD_ADMIN, Role.PRIVACY_OFFICER})
SCHOOL_ROLES = (Role.RESOURCE_TEACHER, Role.MENTOR, Role.PROGRAM_LEAD, Role.TRAINER, Role.SCHOOL_MANAGER)
PROGRAM_ROLES = (Role.RESOURCE_TEACHER, Role.MENTOR, Role.PROGRAM_LEAD)
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Scope:
    """Where a role is held: in a programme when one is given, else in a school, else in the whole board."""

    board_id: int
    school_id: int | None = None
    program_id: int | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that are held there."""
        if self.program_id:
            return PROGRAM_ROLES
        return SCHOOL_ROLES if self.school_id else (Role.TRAINER, Role.BOARD_ADMIN, Role.PRIVACY_OFFICER)

    @property
    def columns(self) -> dict[str, int | None]:
        """Of a membership."""
        return {"board_id": self.board_id, "school_id": self.school_id, "program_id": self.program_id}


@dataclass(frozen=True)
class Grant:
    """One role within one scope: the programme when given, else the school, else the board."""

    role: Role
    board_id: int
    school_id: int | None
    program_id: int | None


@dataclass(frozen=True)
class Access:
    """What a person's memberships open on one day.

    Access is a queryset first: ``within`` gives the filter of the rows in scope, so that lists, counts, exports and
    detail pages agree by construction.
    """

    person_id: int
    grants: tuple[Grant, ...]

    @classmethod
    def of(cls, person_id: int, rows: Iterable[tuple[str, int, int | None, int | None]]) -> "Access":
        grants = (Grant(Role(role), board, school, program) for role, board, school, program in rows)
        return cls(person_id, tuple(grants))

    def holds(self, *roles: Role) -> bool:
        """Whether one of the roles is held, in any scope."""
        return any(grant.role in roles for grant in self.grants)

    @property
    def only_mentors(self) -> bool:
        """Whether the person mentors and does nothing else here: theirs is a narrow view."""
        return {grant.role for grant in self.grants} == {Role.MENTOR}

    def board_ids(self) -> set[int]:
        return {grant.board_id for grant in self.grants}

    def program_ids(self, *roles: Role) -> set[int]:
        """The programmes named by grants of these roles."""
        return {grant.program_id for grant in self._of(roles) if grant.program_id}

    def within(self, *roles: Role, board: str = "", school: str = "", program: str = "") -> Q:
        """The filter of rows within the scope of these roles (of any role when none is named).

        ``board``, ``school`` and ``program`` are the lookups that lead from the row to each; an empty one means that
        the row can't be reached by a grant of that width. Matches nothing when no grant applies.
        """
        filters = [NOTHING]
        for lookup, ids in (
            (program, {g.program_id for g in self._of(roles) if g.program_id}),
            (school, {g.school_id for g in self._of(roles) if g.school_id and not g.program_id}),
            (board, {g.board_id for g in self._of(roles) if not g.school_id and not g.program_id}),
        ):
            if lookup and ids:
                filters.append(Q(**{f"{lookup}__in": ids}))
        return reduce(or_, filters)

    def _of(self, roles: tuple[Role, ...]) -> list[Grant]:
        return [grant for grant in self.grants if not roles or grant.role in roles]


NARROWEST = {
    "program": Q(program__isnull=False),
    "school": Q(program=None, school__isnull=False),
    "board": Q(program=None, school=None),
}


def reaching(rows: "QuerySet[models.Model]", role: Role, *, board: str = "", school: str = "", program: str = "") -> Q:
    """``within`` from the other end: the memberships of a role whose scope reaches one of the rows, by its lookups."""
    found = [NOTHING]
    for width, lookup in (("program", program), ("school", school), ("board", board)):
        if lookup:
            found.append(NARROWEST[width] & Q(**{f"{width}__in": rows.order_by().values(lookup)}))
    return Q(role=role) & reduce(or_, found)


def leads_group(person_id: int | F, on: date, *, leads: str, group: str) -> Q:
    """The rows whose group a person leads on a day; ``leads`` and ``group`` are the lookups to the lead and the group.

    From the day of taking over (before it, who leads from the first day may prepare) until they hand it over; who led
    a group to its end keeps it.
    """
    begun = Q(**{f"{leads}starts_on__lte": on}) | Q(**{f"{leads}starts_on": F(f"{group}starts_on")})
    still = (
        Q(**{f"{leads}ends_on__isnull": True})
        | Q(**{f"{leads}ends_on__gt": on})
        | Q(**{f"{leads}ends_on__gte": F(f"{group}ends_on")})
    )
    return Q(**{f"{leads}person": person_id}) & begun & still


LOGGING_DAYS = timedelta(days=7)
"""How long after their last day substitutes may still log what they held."""


def stands_in(person_id: int | F, on: date, substitutes: str = "") -> Q:
    """A person's rows as substitute that open on a day; ``substitutes`` is the lookup that leads to them.

    From the first day of the range to seven days after the last one.
    """
    begun = Q(**{f"{substitutes}person": person_id, f"{substitutes}starts_on__lte": on})
    still = Q(**{f"{substitutes}ends_on__gt": on - LOGGING_DAYS})
    return begun & still & Q(**{f"{substitutes}ends_on__gt": F(f"{substitutes}starts_on")})
