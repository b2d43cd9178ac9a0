"""What a lead's page is made of: relationships and groups as light rows, read once, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from mentoring.models import Dyad, DyadMeeting
from mentoring.weeks import strips
from people.models import User
from programs.calendars.periods import PeriodState, WeekCell
from programs.models import GroupMeeting, Program, SupportGroup
from programs.sizes import SizeBounds
from reports.survival import Length, months_long

A_YEAR = timedelta(days=365)
AHEAD = timedelta(weeks=7)
"""How far past the day the weeks of a dyad are told."""
WEEKS = 8
RECENT = 4
FEWEST_RECENT = 2
ASSESSED = (PeriodState.MET, PeriodState.MISSED)


@dataclass
class Relation:
    """A dyad, without its model: a lead may answer for thousands."""

    pk: int
    mentor_id: int
    starts_on: date
    ends_on: date | None
    first_held_on: date | None
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
        """The last weeks that have begun, oldest first."""
        begun = [cell for cell in self.cells if cell.state not in (PeriodState.TO_COME, PeriodState.OUTSIDE)]
        return begun[-WEEKS:]

    @property
    def meets_weekly(self) -> bool:
        """Whether every one of its last assessable weeks was met."""
        recent = [cell.state for cell in self.cells if cell.state in ASSESSED][-RECENT:]
        return len(recent) >= FEWEST_RECENT and all(state == PeriodState.MET for state in recent)

    def length(self, on: date) -> Length:
        """How long it has lasted, from the first held meeting or the start when there was none."""
        ended = self.ends_on is not None and self.ends_on <= on
        start = self.first_held_on or self.starts_on
        return Length(months_long(start, max(start, self.ends_on if ended and self.ends_on else on)), ended)


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


def relations(user: User, programs: Sequence[Program], *, on: date) -> list[Relation]:
    """Every dyad of the programmes that had begun on ``on``, ended ones included. One query."""
    held = (
        DyadMeeting.objects.kept().held().meetings().filter(dyad=OuterRef("pk"), on__lte=on).order_by("on").values("on")
    )
    rows = (
        Dyad.objects.visible_to(user)
        .filter(program__in=programs, starts_on__lte=on)
        .annotate(first_held_on=Subquery(held[:1]), last_on=Subquery(held.order_by("-on")[:1]))
        .order_by("student__given_name", "student__family_name", "pk")
        .values_list(
            "pk",
            "mentor_id",
            "starts_on",
            "ends_on",
            "first_held_on",
            "last_on",
            F("student__given_name"),
            F("student__family_name"),
            F("mentor__person__given_name"),
            F("mentor__person__family_name"),
        )
    )
    return [
        Relation(pk, mentor, start, end, first, last, (given, family), (mentor_given, mentor_family))
        for pk, mentor, start, end, first, last, given, family, mentor_given, mentor_family in rows
    ]


def since_of(programs: Sequence[Program], on: date) -> date:
    """The first day of the school year, the earliest of the programmes'."""
    years: list[date | None] = [program.year_starts_on for program in programs]  # type: ignore[attr-defined]
    return min((start for start in years if start), default=on - A_YEAR)


def with_cells(dyads: Sequence[Relation], *, on: date, since: date) -> list[Relation]:
    """The dyads that are open on the day, or were after ``since``, each with its weeks from then on. One query."""
    of_year = [row for row in dyads if row.ends_on is None or row.ends_on > since]
    cells = strips([row.pk for row in of_year], on=on, since=since, until=on + AHEAD)
    for row in of_year:
        row.cells = cells.get(row.pk, [])
    return of_year


def group_rows(user: User, programs: Sequence[Program], *, on: date) -> list[GroupRow]:
    """The open groups of the programmes, the largest first, with their size, its bounds and last meetings. One query.

    The programmes come with ``size_columns``, as those of ``led_programs``.
    """
    bounds = {program.pk: SizeBounds.read(program) for program in programs}
    monday = on - timedelta(days=on.weekday())
    held = GroupMeeting.objects.kept().held().filter(group=OuterRef("pk"), on__lte=on)
    weeks = {f"week_{n}": _held_in(held, monday - timedelta(weeks=WEEKS - 1 - n)) for n in range(WEEKS)}
    groups = SupportGroup.objects.visible_to(user).filter(program__in=programs).active_on(on).with_size(on)
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
