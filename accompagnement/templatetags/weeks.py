"""Week cells on the screen: what a square shows, and what is read aloud in its place."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Protocol

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accompagnement.templatetags.dates import day_month, short_month
from guidelines.words import mondays_in_words
from people.text import written


class Cell(Protocol):
    """What is read of a week: its state, its meetings, and where it begins."""

    @property
    def state(self) -> str: ...
    @property
    def held(self) -> int: ...
    @property
    def span_from(self) -> date: ...
    @property
    def closed_weekdays(self) -> tuple[int, ...]: ...


FACES = {
    "met": "1",
    "missed": "0",
    "excused": "E",
    "pending": "?",
    "running": "…",
    "no_class": "",
    "to_come": "•",
    "outside": "",
}
WORDS: dict[str, str | Promise] = {
    "missed": gettext_lazy("manquée"),
    "excused": gettext_lazy("excusée"),
    "pending": gettext_lazy("à consigner"),
    "running": gettext_lazy("en cours"),
    "no_class": gettext_lazy("congé"),
    "to_come": gettext_lazy("à venir"),
}


MOST_LISTED = 6


@dataclass(frozen=True)
class Square:
    """A cell as drawn: its look, its digit, and its words (none for a week outside the relationship)."""

    look: str
    face: str
    words: str
    day: date


def square(cell: Cell) -> Square:
    """The same weeks come back on every row of a table: each is told once, in each language."""
    return _square(str(cell.state), cell.held, cell.span_from, cell.closed_weekdays, get_language())


@lru_cache(maxsize=4096)
def _square(state: str, held: int, monday: date, closed: tuple[int, ...], _language: str | None) -> Square:
    if state in ("met", "running") and held:
        look = "met cell-many" if held > 1 else "met"
        return Square(look, str(held), _read(monday, _meetings(held)), monday)
    words = _read(monday, ", ".join([str(WORDS[state]), *no_class_on(closed)])) if state in WORDS else ""
    return Square(state, FACES[state], words, monday)


def by_month(squares: list[Square]) -> list[tuple[str, list[Square]]]:
    """The squares under the name of the month in which each week begins, but for months that are all outside."""
    groups = groupby(squares, key=lambda square: (square.day.year, square.day.month))
    months = [(capfirst(short_month(date(*key, 1))), list(group)) for key, group in groups]
    return [(name, group) for name, group in months if any(square.words for square in group)]


def legend() -> list[Square]:
    """Every look once, with its short word."""
    day = date.min
    entries = [Square("met", "1", _("1 rencontre"), day), Square("met cell-many", "2", _("2 et plus"), day)]
    return entries + [Square(state, FACES[state], str(words), day) for state, words in WORDS.items()]


def no_class_on(weekdays: tuple[int, ...]) -> list[str]:
    """Why the slots of a week excuse it, in words, when they do: « pas de classe le lundi »."""
    names = [written(date(2024, 1, day), "l") for day in weekdays]  # a month that begins on a Monday
    if len(names) > 1:
        return [_("pas de classe le %(first)s ni le %(last)s") % {"first": names[0], "last": names[-1]}]
    return [_("pas de classe le %(day)s") % {"day": name} for name in names]


def closed_weeks(cells: Sequence[Cell]) -> list[str]:
    """« Pas de classe le lundi dans la semaine du 12 octobre… »: a sentence for each of these reasons, if any."""
    by_reason: dict[tuple[int, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.closed_weekdays:
            by_reason[cell.closed_weekdays].append(cell)
    return [_excused(capfirst(no_class_on(days)[0]), found) for days, found in by_reason.items()]


def _excused(reason: str, cells: Sequence[Cell]) -> str:
    if len(cells) > MOST_LISTED:
        words = _("%(reason)s : %(count)s semaines excusées.")
        return words % {"reason": reason, "count": len(cells)}
    words = ngettext(
        "%(reason)s dans la semaine %(weeks)s : elle est excusée.",
        "%(reason)s dans les semaines %(weeks)s : elles sont excusées.",
        len(cells),
    )
    return words % {"reason": reason, "weeks": mondays_in_words([cell.span_from for cell in cells])}


def _meetings(count: int) -> str:
    return ngettext("%(count)d rencontre", "%(count)d rencontres", count) % {"count": count}


def _read(monday: date, words: str) -> str:
    return _("semaine du %(day)s\u00a0: %(words)s") % {"day": day_month(monday), "words": words}
