"""Fixed stretches of time, so that two readings can be compared: terms, months, school years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.kept import kept
from people.models import User
from people.text import written
from programs.models import SchoolYear

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """The days that a file or a figure tells of: ``until`` is the first that no longer counts."""

    since: date
    until: date

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    def so_far(self, on: date) -> "Period":
        """Of a period that still runs, what is past."""
        return Period(self.since, min(self.until, on + timedelta(days=1)))


@dataclass(frozen=True)
class Named:
    name: str
    period: Period


def fixed_periods(user: User, *, on: date) -> dict[str, Named]:
    """The terms and the months of the current school year, then the years, each begun by the day. One query.

    Each is known by its first day, which an address may say.
    """
    years = _years(user, on=on)
    found = _parts(years[0], on=on) if years else {}
    return found | {f"annee-{year[0].starts_on}": _whole(year) for year in years}


def semesters(user: User, *, on: date) -> dict[str, Named]:
    """The halves of the school years, each begun by the day, the latest first. One query.

    An even number of terms makes two halves; without terms, or with three, the year is cut in its middle.
    """
    found: dict[str, Named] = {}
    for year in _years(user, on=on):
        first, middle, end = year[0].starts_on, _middle(year), year[0].ends_on
        for name, since, until in ((_("2e semestre"), middle, end), (_("1er semestre"), first, middle)):
            if since <= on and since < until:
                said = _("%(semester)s, %(year)s") % {"semester": name, "year": year[0].label}
                found[f"semestre-{since}"] = Named(said, Period(since, until))
    return found


def _middle(year: list[Any]) -> date:
    terms: list[date] = [row.terms__starts_on for row in year if row.terms__starts_on]
    if terms and len(terms) % 2 == 0:
        return terms[len(terms) // 2]
    first, end = year[0].starts_on, year[0].ends_on
    half: date = first + timedelta(days=(end - first).days // 2)
    return half


def ended_periods(user: User, *, on: date) -> dict[str, Named]:
    """Those that are over, the latest first: what they count changes no more. One query."""
    over = {key: named for key, named in fixed_periods(user, on=on).items() if named.period.until <= on}
    return dict(sorted(over.items(), key=lambda one: one[1].period.until, reverse=True))


def told_with(user: User, period: Period) -> list[list[Period]]:
    """The fixed periods that ended by the end of this one and that may be compared with it, it included. One query.

    Grouped by the day they ended, the earliest first; in a group the longest comes first.
    """
    found, before = {period}, period.until
    for year in _years(user, on=period.until):
        named = [_whole(year), *_parts(year, on=before).values()]
        parts = {one.period for one in named if one.period.until <= period.until}
        if before > period.since:
            found |= parts
        before = year[0].starts_on - DAY
    ordered = sorted(found, key=lambda one: (one.until, one.since))
    return [list(group) for _until, group in groupby(ordered, key=lambda one: one.until)]


def _years(user: User, *, on: date) -> list[list[Any]]:
    """The school years begun by a day, the latest first: a row for each term, or one. One query."""
    columns = ("pk", "label", "starts_on", "ends_on", "terms__name", "terms__starts_on", "terms__ends_on")

    def begun() -> QuerySet[SchoolYear, Any]:
        rows = SchoolYear.objects.visible_to(user).filter(starts_on__lte=on)
        return rows.order_by("-starts_on", "pk", "terms__starts_on").values_list(*columns, named=True)

    rows = kept("begun years", user, begun, on)
    return [list(of_year) for _pk, of_year in groupby(rows, key=lambda row: row.pk)]


def _parts(year: list[Any], *, on: date) -> dict[str, Named]:
    """The terms and the months of a year, begun by the day and in it."""
    found: dict[str, Named] = {}
    for row in year:
        first: date | None = row.terms__starts_on
        if first and first <= on:
            found[f"etape-{first}"] = Named(row.terms__name, Period(first, row.terms__ends_on))
    return found | {f"mois-{day:%Y-%m}": _month(day) for day in _months(year[0].starts_on, on)}


def _whole(year: list[Any]) -> Named:
    return Named(year[0].label, Period(year[0].starts_on, year[0].ends_on))


def _months(first: date, on: date) -> Iterator[date]:
    day = first.replace(day=1)
    while day <= on:
        yield day
        day = (day + timedelta(days=31)).replace(day=1)


def _month(first: date) -> Named:
    after = (first + timedelta(days=31)).replace(day=1)
    return Named(capfirst(written(first, "F Y")), Period(first, after))
