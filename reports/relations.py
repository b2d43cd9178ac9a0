"""What a lead's page is made of: relationships and groups as light rows, read once, whatever their number."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from mentoring.models import Dyad
from people.models import Student, User
from programs.calendars.periods import WeekCell
from programs.models import SupportGroup
from programs.sizes import SizeBounds
from reports.scope import Scope

PEOPLE = (
    *("student_id", "student__given_name", "student__family_name", "student__grade", "student__key"),
    *("mentor__person_id", "mentor__person__given_name", "mentor__person__family_name", "mentor__person__key"),
)


@dataclass
class Relation:
    """A dyad, without its model: a lead may answer for thousands."""

    pk: int
    program_id: int
    starts_on: date
    ends_on: date | None
    told: tuple[Any, ...]
    """What ``PEOPLE`` reads of both."""
    cells: list[WeekCell] = field(default_factory=list)

    def is_open_on(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on > on)

    @property
    def name(self) -> str:
        return _pair(*map(str, self.named_people()))

    @property
    def short_name(self) -> str:
        """« Loïc G. et Sylvie M. »."""
        return _pair(*(one.discreet_name for one in self.named_people()))

    def named_people(self) -> tuple[Student, User]:
        """Both, as far as a name goes; made for the rows that are shown alone."""
        return self._people

    @cached_property
    def _people(self) -> tuple[Student, User]:
        pk, given, family, grade, key, mentor, mentor_given, mentor_family, mentor_key = self.told
        student = Student(pk=pk, given_name=given, family_name=family, grade=grade, key=key)
        return student, User(pk=mentor, given_name=mentor_given, family_name=mentor_family, key=mentor_key)


@dataclass
class GroupRow:
    pk: int
    name: str
    size: int
    bounds: SizeBounds

    @property
    def size_words(self) -> str:
        return self.bounds.in_words(self.size)


def _pair(student: str, mentor: str) -> str:
    return _("%(student)s et %(mentor)s") % {"student": student, "mentor": mentor}


def relations(user: User, of: Q, *, on: date, since: date | None = None) -> list[Relation]:
    """The dyads that the condition keeps and that were open on a day, or some day from ``since`` on. One query."""
    rows = (
        Dyad.objects.visible_to(user)
        .filter(of, Q(ends_on__isnull=True) | Q(ends_on__gt=since or on), starts_on__lte=on)
        .order_by("student__given_key", "pk")
        .values_list(
            "pk",
            "program_id",
            "starts_on",
            "ends_on",
            *map(F, PEOPLE),
        )
    )
    return [Relation(pk, program, start, end, tuple(people)) for pk, program, start, end, *people in rows]


def group_rows(user: User, scope: Scope) -> list[GroupRow]:
    """The open groups of the scope, the largest first, with their size and its bounds. One query.

    The programmes come with ``size_columns``, as those of ``led_programs``.
    """
    on = scope.last_day
    bounds = {program.pk: SizeBounds.read(program) for program in scope.programs}
    groups: Any = SupportGroup.objects.visible_to(user).filter(scope.of_groups).active_on(on).with_size(on)
    rows = groups.order_by("name_key", "pk").values_list("pk", "name", "size", "program")
    found = [GroupRow(pk, name, size, bounds[program]) for pk, name, size, program in rows]
    return sorted(found, key=lambda row: -row.size)
