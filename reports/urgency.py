"""What a lead looks at first, beside the last weeks of each relation and group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek

from guidelines.attention import Row, Standing, findings_of
from guidelines.models import Flag
from mentoring.weeks import strips
from people.kept import kept_for
from programs.calendars.periods import PeriodState, WeekCell
from programs.models import GroupMeeting

WEEKS = 8


@dataclass(frozen=True)
class UrgentRow:
    """A row of the list, with its last weeks: cells of a dyad, held meetings of a group, oldest first."""

    row: Row
    flag: Flag
    on: date
    cells: Sequence[WeekCell] = ()
    weeks: Sequence[int] = field(default_factory=list)

    @property
    def is_to_reach(self) -> bool:
        return self.row.standing == Standing.REACH

    @property
    def silence_days(self) -> int:
        """Since the last held meeting, or since the beginning."""
        return (self.on - self.row.silent_since).days


def with_last_weeks(rows: Iterable[Row], *, on: date) -> list[UrgentRow]:
    """These few rows, which one has read, with their weeks that have begun: no holiday to come takes a place.

    Three queries.
    """
    listed = list(rows)
    flags = findings_of(listed)
    first = on - timedelta(days=on.weekday(), weeks=WEEKS - 1)
    dyads = strips([row.pk for row in listed if row.kind == "dyad"], on=on, since=first, until=on + timedelta(days=1))
    groups = _held_by_week([row.pk for row in listed if row.kind == "group"], on=on, since=first)
    mondays = [first + timedelta(weeks=n) for n in range(WEEKS)]
    return [
        UrgentRow(row, flags[row.first.pk], on, weeks=[groups.get((row.pk, monday), 0) for monday in mondays])
        if row.kind == "group"
        else UrgentRow(row, flags[row.first.pk], on, cells=[cell for cell in dyads.get(row.pk, ()) if _has_begun(cell)])
        for row in listed
    ]


def _has_begun(cell: WeekCell) -> bool:
    return cell.state not in (PeriodState.TO_COME, PeriodState.OUTSIDE)


def _held_by_week(groups: list[int], *, on: date, since: date) -> dict[tuple[int, date], int]:
    def held(ids: Sequence[int]) -> QuerySet[GroupMeeting, tuple[int, date, int]]:
        rows = GroupMeeting.objects.kept().held().filter(group__in=ids, on__gte=since, on__lte=on).order_by()
        return rows.annotate(monday=TruncWeek("on")).values_list("group", "monday").annotate(n=Count("pk"))

    found = kept_for(groups, "weeks of groups", held, None, since, on)
    return {(group, monday): number for group, monday, number in found}
