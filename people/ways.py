"""The ways by which a student's file opens to somebody, each told once and read from both ends (rights table, trust).

From a person: which students they see (``students``, the filter of ``Student.objects.visible_to``). From a student:
who sees them, and why (``holders``, the list of ``people.files``). No rule is written a second time for the list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.access import NOTHING, Role, leads_group, reaching, stands_in

if TYPE_CHECKING:
    from people.models import Student, User

GROUPS, DYADS = "group_memberships__group__", "dyads__"


@dataclass(frozen=True)
class Tie:
    """Whoever answers for a relation of the student's, while they hold one of ``roles``.

    ``person`` and ``program`` are the lookups from the student; ``held`` is the filter of the students that a person
    has so on a day.
    """

    code: str
    words: Promise
    roles: tuple[Role, ...]
    person: str
    program: str
    held: Callable[[int | F, date], Q]

    def students(self, user: "User") -> Q:
        return self.held(user.pk, user.local_date()) if user.access.holds(*self.roles) else NOTHING

    def holders(self, student: "QuerySet[Student]", on: date) -> list[tuple[int, int, str]]:
        """The ids of those persons, each with the programme of the relation, its id and its name. One query."""
        rows = student.filter(self.held(F(self.person), on)).order_by()
        return list(rows.values_list(self.person, f"{self.program}__pk", f"{self.program}__name").distinct())


@dataclass(frozen=True)
class Charge:
    """Whoever holds a role in a scope that holds the student: ``lookups`` are those of ``Access.within``."""

    code: str
    words: Promise
    role: Role
    lookups: tuple[Mapping[str, str], ...]

    def students(self, user: "User") -> Q:
        return reduce(or_, (user.access.within(self.role, **one) for one in self.lookups))

    def holders(self, student: "QuerySet[Student]") -> Q:
        """The filter of the memberships that open the file of the one student."""
        return reduce(or_, (reaching(student, self.role, **one) for one in self.lookups))


TIES = (
    Tie(
        "mentor", _("mentore ou mentor de l’élève"), (Role.MENTOR, Role.RESOURCE_TEACHER),
        f"{DYADS}mentor__person", f"{DYADS}program",
        lambda person, on: Q(**{f"{DYADS}mentor__person": person}),
    ),
    Tie(
        "dyad_substitute", _("remplace auprès de la dyade"), (Role.MENTOR, Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD),
        f"{DYADS}substitutes__person", f"{DYADS}program",
        lambda person, on: stands_in(person, on, f"{DYADS}substitutes__"),
    ),
    Tie(
        "group", _("accompagne un groupe de l’élève"), (Role.RESOURCE_TEACHER,),
        f"{GROUPS}leads__person", f"{GROUPS}program",
        lambda person, on: leads_group(person, on, leads=f"{GROUPS}leads__", group=GROUPS),
    ),
    Tie(
        "group_substitute", _("remplace auprès du groupe"), (Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD),
        f"{GROUPS}substitutes__person", f"{GROUPS}program",
        lambda person, on: stands_in(person, on, f"{GROUPS}substitutes__"),
    ),
)  # fmt: skip
OF_GROUPS = frozenset({"group", "group_substitute"})
LEAD = Charge(
    "lead",
    _("responsable de programme"),
    Role.PROGRAM_LEAD,
    ({"board": "board", "school": "school", "program": f"{DYADS}program"}, {"program": f"{GROUPS}program"}),
)
MANAGER = Charge("manager", _("direction"), Role.SCHOOL_MANAGER, ({"board": "board", "school": "school"},))
OFFICER = Charge("officer", _("protection des renseignements, sur motif"), Role.PRIVACY_OFFICER, ({"board": "board"},))
"""No way of ``visible_to``: the file opens to them once they have said why."""
WAYS: tuple[Tie | Charge, ...] = (*TIES, LEAD, MANAGER)
EVERY_WAY = {way.code: way for way in (*WAYS, OFFICER)}
