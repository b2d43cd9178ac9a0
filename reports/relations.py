"""What a lead's page is made of: relationships and groups as light rows, read once, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from mentoring.models import Dyad, DyadMeeting
from mentoring.weeks import strips
from people.models import User
from programs.calendars.periods import PeriodState, WeekCell
from programs.models import GroupMeeting, SupportGroup
from programs.sizes import SizeBounds
from reports.scope import Scope

WEEKS = 8


@dataclass
class Relation:
    """A dyad, without its model: a lead may answer for thousands."""

    pk: int
    mentor_id: int
    program_id: int
    starts_on: date
    ends_on: date | None
    last_on: date | None
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

    @property
    def last_weeks(self) -> list[WeekCell]:
        """Those of its weeks that have begun, oldest first: no holiday to come takes the place of a real week."""
        return [cell for cell in self.cells if cell.state not in (PeriodState.TO_COME, PeriodState.OUTSIDE)]


@dataclass
class GroupRow:
    pk: int
    name: str
    size: int
    bounds: SizeBounds
    last_on: date | None = None
    weeks: list[int] = field(default_factory=list)
    """Held meetings of each of the last weeks, oldest first."""

    @property
    def size_words(self) -> str:
        return self.bounds.in_words(self.size)


def _pair(student: str, mentor: str) -> str:
    return _("%(student)s et %(mentor)s") % {"student": student, "mentor": mentor}


def relations(user: User, of: Q, *, on: date, since: date | None = None) -> list[Relation]:
    """The dyads that the condition keeps and that were open on a day, or some day from ``since`` on. One query."""
    held = DyadMeeting.objects.kept().held().meetings().filter(dyad=OuterRef("pk"), on__lte=on).order_by("-on")
    rows = (
        Dyad.objects.visible_to(user)
        .filter(of, Q(ends_on__isnull=True) | Q(ends_on__gt=since or on), starts_on__lte=on)
        .annotate(last_on=Subquery(held.values("on")[:1]))
        .order_by("student__given_name", "student__family_name", "pk")
        .values_list(
            "pk",
            "mentor_id",
            "program_id",
            "starts_on",
            "ends_on",
            "last_on",
            F("student__given_name"),
            F("student__family_name"),
            F("mentor__person__given_name"),
            F("mentor__person__family_name"),
        )
    )
    return [
        Relation(pk, mentor, program, start, end, last, (given, family), (mentor_given, mentor_family))
        for pk, mentor, program, start, end, last, given, family, mentor_given, mentor_family in rows
    ]


def with_last_weeks(dyads: Sequence[Relation], *, on: date) -> None:
    """Give these few dyads the cells of their last weeks. One query."""
    monday = on - timedelta(days=on.weekday(), weeks=WEEKS - 1)
    cells = strips([row.pk for row in dyads], on=on, since=monday, until=on + timedelta(days=1))
    for row in dyads:
        row.cells = cells.get(row.pk, [])


def group_rows(user: User, scope: Scope) -> list[GroupRow]:
    """The open groups of the scope, the largest first, with their size, its bounds and last meetings. One query.

    The programmes come with ``size_columns``, as those of ``led_programs``.
    """
    on = scope.last_day
    bounds = {program.pk: SizeBounds.read(program) for program in scope.programs}
    monday = on - timedelta(days=on.weekday())
    held = GroupMeeting.objects.kept().held().filter(group=OuterRef("pk"), on__lte=on)
    weeks = {f"week_{n}": _held_in(held, monday - timedelta(weeks=WEEKS - 1 - n)) for n in range(WEEKS)}
    groups = SupportGroup.objects.visible_to(user).filter(scope.of_groups).active_on(on).with_size(on)
    rows: Any = groups.order_by("name").annotate(last_on=Subquery(held.order_by("-on").values("on")[:1]), **weeks)
    found = [
        GroupRow(
            row["pk"],
            row["name"],
            row["size"],
            bounds[row["program"]],
            row["last_on"],
            [row[week] or 0 for week in weeks],
        )
        for row in rows.values("pk", "name", "size", "program", "last_on", *weeks)
    ]
    return sorted(found, key=lambda row: -row.size)


def _held_in(held: "QuerySet[GroupMeeting, Any]", monday: date) -> Subquery:
    """How many of a group's meetings were held in the week of ``monday``."""
    week = held.filter(on__gte=monday, on__lt=monday + timedelta(days=7))
    return Subquery(week.order_by().values("group").annotate(n=Count("pk")).values("n"))


def by_mentor(rows: Iterable[Relation]) -> dict[int, list[Relation]]:
    found: dict[int, list[Relation]] = defaultdict(list)
    for row in rows:
        found[row.mentor_id].append(row)
    return found
