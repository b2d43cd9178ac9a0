"""The days on which somebody may meet, with everything that a row says of a day already written out.

A *beat* is a class week or a whole cycle of a school, numbered through all its years.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from accompagnement.synthetic.calendar import SchoolYearDays

LATE_DAYS = 9  # longer than the grace of seven days


class Day(NamedTuple):
    """A class day as ISO text; ``logged`` and ``saved`` are for a log on the same day, the next one, and late."""

    on: str
    logged: tuple[str, str, str]
    saved: tuple[str, str, str]

    @classmethod
    def of(cls, day: date, today: date) -> "Day":
        logged = [min(day + timedelta(days=n), max(day, today)).isoformat() for n in (0, 1, LATE_DAYS)]
        first, second, third = (f"{written} 20:05:00" for written in logged)
        return cls(day.isoformat(), (logged[0], logged[1], logged[2]), (first, second, third))


class Beats:
    """``cadence`` 0 is the week: five days, a day off giving way to the nearest class day; N is a cycle of N days.

    ``behind`` counts the beats begun by today, ``first_of_year`` those before each year.
    """

    def __init__(self, years: list[SchoolYearDays], cadence: int, today: date) -> None:
        self.cadence = cadence
        self.slots = cadence or 5
        spans = [year.cycles(cadence) if cadence else year.weeks for year in years]
        self.first_of_year = [0, *accumulate(map(len, spans))]
        self.days = [self.row(days, today) for span in spans for days in span]
        self.behind = sum(1 for days in self.days if days[0].on <= today.isoformat())

    def row(self, days: list[date], today: date) -> list[Day]:
        if self.cadence:
            return [Day.of(day, today) for day in days]
        nearest = [min(days, key=lambda day: (abs(day.weekday() - weekday), day)) for weekday in range(5)]
        return [Day.of(day, today) for day in nearest]

    def starts_on(self, beat: int) -> str:
        """The first class day of a beat."""
        return self.days[beat][0].on

    def upcoming(self, slot: int, after: str, until: str) -> Iterator[Day]:
        """The days of a slot in ``(after, until]``."""
        return (days[slot] for days in self.days if after < days[slot].on <= until)
