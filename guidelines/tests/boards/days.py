"""Random calendars: two or three short school years, a leap day, holidays, terms with gaps."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from people.months import add_months

FIRST = date(2023, 8, 28)
SPAN = 330
DAY = timedelta(days=1)


def years_of(chance: Random) -> list[tuple[date, date]]:
    """They begin on any day, end around the new year, and again around the next summer."""
    years = [(FIRST, FIRST + timedelta(days=chance.choice([chance.randint(150, 190), 250])))]
    while len(years) < 2 or (len(years) < 3 and chance.random() < 0.3):
        starts = years[-1][1] + timedelta(days=chance.randint(15, 40))
        years.append((starts, starts + timedelta(days=chance.randint(120, 220))))
    return years


def terms_of(chance: Random, years: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """One to three a year, now and then none, with a gap between two of them."""
    terms = []
    for starts, ends in years:
        count = chance.choice([0, 1, 2, 2, 3, 3])
        cuts = [starts + (ends - starts) * n // max(count, 1) for n in range(count + 1)]
        for a, b in pairwise(cuts):
            terms.append((a, b - chance.choice([0, 0, 1, 10]) * DAY))
    return terms


def class_days_of(chance: Random, years: list[tuple[date, date]]) -> list[date]:
    """Weekdays, less some whole weeks and some days, and now and then a Saturday of class."""
    if chance.random() < 0.03:
        return []
    whole = (years[-1][1] - FIRST).days
    weeks_off = set(chance.choices(range(whole // 7), k=chance.randint(0, 6)))
    days_off = {FIRST + timedelta(days=chance.randint(0, whole)) for _ in range(chance.randint(0, 40))}
    before = (FIRST - 10 * DAY, FIRST - chance.choice([10, 10, 10, 7]) * DAY)  # class days of no school year
    days = [
        day
        for starts, ends in (before, *years)
        for day in (starts + n * DAY for n in range((ends - starts).days))
        if day not in days_off and (day - FIRST).days // 7 not in weeks_off
    ]
    return [day for day in days if day.weekday() < 5 or chance.random() < 0.03]


def some_day(chance: Random, most: int = SPAN) -> date:
    month_ends = [date(2023, 8, 31), date(2023, 9, 30), date(2023, 11, 30), date(2023, 12, 31), date(2024, 1, 31)]
    anywhere = FIRST + timedelta(days=chance.randint(-9, most))
    return chance.choice([anywhere, anywhere, anywhere, anywhere, *month_ends, date(2024, 2, 29)])


def later(chance: Random, start: date, most: int, never: float = 0.5) -> date | None:
    """Some day from ``start`` on, often whole months after it, or none."""
    if chance.random() < never:
        return None
    months = add_months(start, chance.randint(0, 7)) + timedelta(days=chance.choice([-1, 0, 0, 1]))
    return max(start, chance.choice([months, start + timedelta(days=chance.randint(0, most))]))


def rarely(chance: Random, share: float = 0.06) -> bool:
    return chance.random() < share
