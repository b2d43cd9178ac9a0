"""Two school years in the manner of Québec, placed so that a given day has a past and a future."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from people.months import add_months
from programs.calendars.statutory import statutory_holidays
from programs.models import SchoolDay

CLASS_DAYS = 180
WEEK = timedelta(days=7)
# Mondays of class weeks that must lie behind, and ahead, for the demonstration to have something to tell.
WEEKS_BEHIND, WEEKS_AHEAD = 10, 5
Kind = SchoolDay.Kind


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The nth weekday (0 is Monday) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def holidays(year: int) -> set[date]:
    """Days without class of the school year that starts in ``year``: statutory days and the two breaks."""
    days = set(statutory_holidays(date(year, 8, 1), date(year + 1, 8, 1)))
    for start, length in ((monday(date(year, 12, 23)), 14), (nth_weekday(year + 1, 3, 0, 1), 5)):
        days |= {start + timedelta(days=n) for n in range(length)}
    return days


def pedagogical_days(year: int) -> set[date]:
    fridays = ((year, 9, 3), (year, 10, 4), (year, 11, 2), (year + 1, 1, 4), (year + 1, 2, 2), (year + 1, 4, 4))
    mondays = ((year + 1, 1, 3), (year + 1, 6, 1))
    return {nth_weekday(y, m, 4, n) for y, m, n in fridays} | {nth_weekday(y, m, 0, n) for y, m, n in mondays}


@dataclass(frozen=True)
class Year:
    """One school year: a row for each weekday, and three terms. ``ends_on`` is the first day after it."""

    days: tuple[tuple[date, Kind], ...]

    @classmethod
    def natural(cls, year: int) -> "Year":
        """180 class days from the last Thursday of August."""
        day = nth_weekday(year, 9, 3, 1) - WEEK
        off, pedagogical = holidays(year), pedagogical_days(year)
        days: list[tuple[date, Kind]] = []
        left = CLASS_DAYS
        while left:
            if day.weekday() < 5:
                kind = Kind.HOLIDAY if day in off else Kind.PEDAGOGICAL if day in pedagogical else Kind.CLASS
                days.append((day, kind))
                left -= kind == Kind.CLASS
            day += timedelta(days=1)
        return cls(tuple(days))

    def moved(self, by: timedelta) -> "Year":
        return Year(tuple((day + by, kind) for day, kind in self.days))

    @property
    def starts_on(self) -> date:
        return self.days[0][0]

    @property
    def ends_on(self) -> date:
        return self.days[-1][0] + timedelta(days=1)

    @property
    def label(self) -> str:
        return f"{self.starts_on.year}-{self.ends_on.year}"

    @cached_property
    def class_days(self) -> tuple[date, ...]:
        return tuple(day for day, kind in self.days if kind == Kind.CLASS)

    @property
    def terms(self) -> tuple[tuple[str, date, date], ...]:
        """Name, first day, first day after, of each of the three terms."""
        second, third = self.class_days[55], self.class_days[115]
        return (
            ("1re étape", self.starts_on, second),
            ("2e étape", second, third),
            ("3e étape", third, self.ends_on),
        )


@dataclass(frozen=True)
class DemoCalendar:
    """The previous and the current school year around ``on``, and class weeks counted backwards from it.

    Week 0 is the class week of ``on``, week 1 the class week before it, and so on across summer and breaks; week -1
    is the next one. When ``on`` is too early in its school year (no term is over) or too late, in a break or in summer,
    both years are moved by whole weeks, so that ``on`` falls in the 14th calendar week (late November).
    """

    on: date
    previous: Year
    current: Year

    @classmethod
    def around(cls, on: date) -> "DemoCalendar":
        year = on.year if on >= date(on.year, 8, 1) else on.year - 1
        natural = cls(on, Year.natural(year - 1), Year.natural(year))
        if natural.fits():
            return natural
        by = monday(on) - monday(natural.current.starts_on) - 13 * WEEK
        return cls(on, natural.previous.moved(by), natural.current.moved(by))

    def fits(self) -> bool:
        mondays = sorted({monday(day) for day in self.current.class_days})
        here = monday(self.on)
        if here not in mondays:
            return False
        place = mondays.index(here)
        term_is_over = self.current.terms[0][2] <= self.on
        return term_is_over and place >= WEEKS_BEHIND and len(mondays) - place > WEEKS_AHEAD

    @cached_property
    def class_days(self) -> tuple[date, ...]:
        return self.previous.class_days + self.current.class_days

    @cached_property
    def by_week(self) -> dict[date, list[date]]:
        """The class days of each class week, by its Monday, in order."""
        weeks: dict[date, list[date]] = {}
        for day in self.class_days:
            weeks.setdefault(monday(day), []).append(day)
        return weeks

    @cached_property
    def mondays(self) -> list[date]:
        return list(self.by_week)

    @cached_property
    def place(self) -> int:
        """Where the week of ``on`` is among the class weeks."""
        return self.mondays.index(monday(self.on))

    @cached_property
    def today(self) -> date:
        """``on``, or the last class day of its week (the first, when none has passed)."""
        week = self.by_week[monday(self.on)]
        return max((day for day in week if day <= self.on), default=week[0])

    def weekday(self, after_today: int) -> int:
        """The ISO weekday (1 to 5) that many school days after today's, going round."""
        return (self.today.weekday() + after_today) % 5 + 1

    def week(self, n: int) -> date:
        """The Monday of the nth class week before that of ``on``."""
        return self.mondays[self.place - n]

    def day(self, n: int, weekday: int) -> date:
        """A class day of the nth week back: that ISO weekday, else the nearest one with class."""
        wanted = self.week(n) + timedelta(days=weekday - 1)
        week = self.by_week[self.week(n)]
        return min(week, key=lambda day: (abs(day - wanted), day))

    def committed(self, n: int) -> date:
        """Until when a dyad begun in the nth week back is committed: the end of the year, or six months in spring."""
        return max(self.current.ends_on, add_months(self.day(n, 1), 6))

    def class_day_before(self, day: date) -> date:
        """The last class day on or before a day."""
        return next(known for known in reversed(self.class_days) if known <= day)

    def class_day_from(self, day: date) -> date:
        """The first class day on or after a day."""
        return next(known for known in self.class_days if known >= day)
