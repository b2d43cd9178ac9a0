"""The days without class that Québec's basic school regulation fixes for everyone (Régime pédagogique)."""

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.easter import easter
from django.utils.translation import gettext as _

MONDAY = 0


def statutory_holidays(starts_on: date, ends_on: date) -> dict[date, str]:
    """The statutory days in ``[starts_on, ends_on)``, with their names, in order.

    They are never observed on another day: one that falls on a weekend is simply there.
    """
    years = range(starts_on.year, ends_on.year + 1)
    days = sorted(day for year in years for day in _of_year(year))
    return {day: name for day, name in days if starts_on <= day < ends_on}


def _of_year(year: int) -> Iterator[tuple[date, str]]:
    sunday = easter(year)
    yield date(year, 1, 1), _("jour de l’An")
    yield date(year, 1, 2), _("lendemain du jour de l’An")
    yield sunday - timedelta(days=2), _("Vendredi saint")
    yield sunday + timedelta(days=1), _("lundi de Pâques")
    yield _monday_from(date(year, 5, 18)), _("Journée nationale des patriotes")
    yield date(year, 6, 24), _("fête nationale du Québec")
    yield date(year, 7, 1), _("fête du Canada")
    yield _monday_from(date(year, 9, 1)), _("fête du Travail")
    yield _monday_from(date(year, 10, 8)), _("Action de grâces")
    yield date(year, 12, 24), _("veille de Noël")
    yield date(year, 12, 25), _("Noël")
    yield date(year, 12, 26), _("lendemain de Noël")
    yield date(year, 12, 31), _("veille du jour de l’An")


def _monday_from(first: date) -> date:
    """The Monday of the seven days that begin on ``first``."""
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)
