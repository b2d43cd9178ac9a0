"""A school's year as small tables, one a month."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from people.models import School
from programs.calendars.statutory import statutory_holidays
from programs.models import Program, SchoolDay

SUNDAY = date(2023, 1, 1)


@dataclass(frozen=True)
class Cell:
    """A square of a month: ``day`` is None outside the month or the year, ``kind`` empty where the school has none.

    ``cycle_day`` is 0 where no cycle is counted.
    """

    day: date | None
    kind: str
    is_today: bool
    cycle_day: int = 0


@dataclass(frozen=True)
class Month:
    first_on: date
    weekdays: tuple[date, ...]
    weeks: tuple[tuple[Cell, ...], ...]
    class_days: int
    names: tuple[tuple[date, str], ...]


def cycle_lengths(school: School) -> list[int]:
    """The cycles of class days that the programmes of a school count, the shortest first. One query."""
    of_school = Program.objects.filter(school=school, cadence_unit=Program.CadenceUnit.CYCLE, cadence_days__gt=0)
    return sorted({days for days in of_school.order_by().values_list("cadence_days", flat=True) if days})


def month_tables(days: Mapping[date, str], first_on: date, last_on: date, on: date, *, cycle: int = 0) -> list[Month]:
    """The months from ``first_on`` to ``last_on``, both included; weekends only when the school has days there.

    With ``cycle``, each class day is numbered in its cycle of so many days, from the first of the year.
    """
    class_days = sorted(day for day, kind in days.items() if kind == SchoolDay.Kind.CLASS)
    numbers = {day: place % cycle + 1 for place, day in enumerate(class_days)} if cycle else {}
    width = 7 if any(day.weekday() > 4 for day in days) else 5
    names = statutory_holidays(first_on, last_on + timedelta(days=1))
    months: list[Month] = []
    first = first_on.replace(day=1)
    while first <= last_on:
        months.append(_month(first, days, (first_on, last_on), on, width, names, numbers))
        first = (first + timedelta(days=31)).replace(day=1)
    return months


def _month(
    first: date,
    days: Mapping[date, str],
    bounds: tuple[date, date],
    on: date,
    width: int,
    names: Mapping[date, str],
    numbers: Mapping[date, int],
) -> Month:
    def cell(day: date) -> Cell:
        inside = day.month == first.month and bounds[0] <= day <= bounds[1]
        return Cell(
            day if inside else None,
            days.get(day, "") if inside else "",
            day == on,
            numbers.get(day, 0) if inside else 0,
        )

    weeks = [tuple(map(cell, week[:width])) for week in Calendar().monthdatescalendar(first.year, first.month)]
    weeks = [week for week in weeks if any(square.day for square in week)]
    squares = [square for week in weeks for square in week if square.day]
    holidays = {square.day for square in squares if square.kind == SchoolDay.Kind.HOLIDAY}
    return Month(
        first_on=first,
        weekdays=tuple(SUNDAY + timedelta(days=n) for n in range(1, width + 1)),
        weeks=tuple(weeks),
        class_days=sum(square.kind == SchoolDay.Kind.CLASS for square in squares),
        names=tuple((day, name) for day, name in names.items() if day in holidays),
    )
