"""School years laid out in whole weeks around the day, so that each size has its shape whatever the day.

The day always falls in the 34th class week of the current year (mid-May for a year begun at the end of August): most of
a year's meetings lie behind it, and there are class weeks ahead to plan. A year has 37 or 38 class weeks.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEEKS_BEFORE_THE_DAY = 36
# Numbers of weeks since the year's first: Christmas (two), spring.
BREAKS = frozenset({17, 18, 26})
# (week, weekday) of Labour Day, Thanksgiving, Good Friday, Easter Monday and the Patriots' Day.
HOLIDAYS = frozenset({(1, 0), (6, 0), (31, 4), (32, 0), (37, 0)})
# Fridays or Mondays kept for the staff: those of the board, then those that a school chooses among.
PEDAGOGICAL = ((3, 4), (11, 4), (20, 4))
LOCAL_PEDAGOGICAL = ((8, 4), (14, 4), (22, 0), (24, 4), (29, 4), (34, 0))


@dataclass(frozen=True)
class Years:
    """The school years of a board, the current one last."""

    on: date
    count: int
    class_weeks: int

    def starts_on(self, year: int) -> date:
        """The Monday that a year begins on; the current year is ``count - 1``."""
        monday = self.on - self.on.weekday() * DAY
        return monday - WEEKS_BEFORE_THE_DAY * WEEK - (self.count - 1 - year) * 52 * WEEK

    @property
    def length(self) -> int:
        """Weeks from the first to the last, breaks included."""
        return self.class_weeks + len(BREAKS)

    def ends_on(self, year: int) -> date:
        """The first day after the last Friday."""
        return self.starts_on(year) + self.length * WEEK - 2 * DAY

    def terms(self, year: int) -> list[tuple[str, date, date]]:
        start = self.starts_on(year)
        cuts = [start, start + 12 * WEEK, start + 25 * WEEK, self.ends_on(year)]
        return [(f"Étape {n + 1}", cuts[n], cuts[n + 1]) for n in range(3)]


@dataclass(frozen=True)
class SchoolYearDays:
    """One year of one school: ``days`` has every weekday of it and its kind, breaks included."""

    starts_on: date
    ends_on: date
    days: tuple[tuple[date, str], ...]

    @classmethod
    def of(cls, years: Years, year: int, chance: random.Random) -> "SchoolYearDays":
        start, pedagogical = years.starts_on(year), {*PEDAGOGICAL, *chance.sample(LOCAL_PEDAGOGICAL, 3)}
        days = []
        for week in range(years.length):
            for weekday in range(5):
                off = week in BREAKS or (week, weekday) in HOLIDAYS
                kind = "holiday" if off else "pedagogical" if (week, weekday) in pedagogical else "class"
                days.append((start + week * WEEK + weekday * DAY, kind))
        return cls(start, years.ends_on(year), tuple(days))

    @cached_property
    def class_days(self) -> list[date]:
        return [day for day, kind in self.days if kind == "class"]

    @cached_property
    def weeks(self) -> list[list[date]]:
        """The class days of each class week."""
        by_monday: dict[date, list[date]] = {}
        for day in self.class_days:
            by_monday.setdefault(day - day.weekday() * DAY, []).append(day)
        return list(by_monday.values())

    def cycles(self, length: int) -> list[list[date]]:
        """The class days of each whole cycle."""
        days = self.class_days
        return [days[first : first + length] for first in range(0, len(days) - length + 1, length)]
