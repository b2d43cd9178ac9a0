"""Dates as people and their spreadsheets write them: 2014-02-03, 03/02/2014, 3 févr. 2014."""

import re
from datetime import date

from django.utils.translation import gettext as _

from people.text import plain

STRICT = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ][\d:.,+-]*Z?)?", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: 0{1,2}:00(?::00)?)?", re.ASCII)
IN_WORDS = re.compile(r"(\d{1,2})(?:er)?[- ]+(?:de )?([a-z]{3,10})\.?[-, ]+(\d{4})", re.ASCII)
#: The fewest letters that tell a month from the others, in French then in English.
MONTHS = (
    ("janv", "jan"),
    ("fev", "feb"),
    ("mar",),
    ("avr", "apr"),
    ("mai", "may"),
    ("juin", "jun"),
    ("juil", "jul"),
    ("aou", "aug"),
    ("sep",),
    ("oct",),
    ("nov",),
    ("dec",),
)


class NoDay(ValueError):
    """Why a text is no day: the rest of a sentence that begins with the text."""


def read_day(text: str) -> tuple[date, str]:
    """The day that a text names, and how it is written: empty as ISO 8601 wants it, else the kind of its tolerance.

    A day comes before its month (never ``mm/dd``); a year has four digits. Raises ``NoDay``.
    """
    text = " ".join(text.split())
    if found := STRICT.fullmatch(text):
        return _day(*found.groups()), ""
    if found := YEAR_FIRST.fullmatch(text):
        return _day(*found.groups()), "other_date"
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return _day(year, month, day), "day_first_date"
    if found := IN_WORDS.fullmatch(plain(text)):
        day, word, year = found.groups()
        for number, starts in enumerate(MONTHS, start=1):
            if word.startswith(starts):
                return _day(year, str(number), day), "date_in_words"
    raise NoDay(_("n’est pas une date\u00a0: écrivez l’année, le mois et le jour, par exemple 2026-11-02."))


def _day(year: str, month: str, day: str) -> date:
    if not 1 <= int(month) <= 12:
        raise NoDay(_("n’est pas une date\u00a0: il n’y a pas de mois %(month)s.") % {"month": int(month)})
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NoDay(_("n’est pas une date\u00a0: ce mois n’a pas de jour %(day)s.") % {"day": int(day)}) from None
