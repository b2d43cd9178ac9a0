"""What a lead's page is made of: relationships and groups as light rows, read once, whatever their number."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from mentoring.models import Dyad
from people.models import User
from programs.calendars.periods import WeekCell
from programs.models import SupportGroup
from programs.sizes import SizeBounds
from reports.scope import Scope


@dataclass
class Relation:
    """A dyad, without its model: a lead may answer for thousands."""

    pk: int
    program_id: int
    starts_on: date
    ends_on: date | None
    student: tuple[str, str]
    mentor: tuple[str, str]
    cells: list[WeekCell] = field(default_factory=list)

    def is_open_on(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on > on)

    @property
    def name(self) -> str:
        return _pair(" ".join(self.student), " ".join(self.mentor))

    @property
    def short_name(self) -> str:
        """« Loïc G. et Sylvie M. »."""
        return _pair(*(f"{given} {family[:1]}." if family else given for given, family in (self.student, self.mentor)))


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
            F("student__given_name"),
            F("student__family_name"),
            F("mentor__person__given_name"),
            F("mentor__person__family_name"),
        )
    )
    return [
        Relation(pk, program, start, end, (given, family), (mentor_given, mentor_family))
        for pk, program, start, end, given, family, mentor_given, mentor_family in rows
    ]


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
