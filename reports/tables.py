"""A table told once: its columns say what a page shows and what a file holds, and no value is known by its place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from operator import attrgetter
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
Words = Callable[[Any], object]
"""Says a value; what type it has, the column's ``lookup`` alone knows."""


class Kind(StrEnum):
    """The type of a column's cells, for the files that know types; a cell without a value is None, an ``Unsaid`` one
    says why it has none.
    """

    TEXT = "text"
    NUMBER = "number"
    """A whole number."""
    DECIMAL = "decimal"
    PERCENT = "percent"
    """0 to 100, written with one decimal."""
    DATE = "date"
    YES_NO = "yes_no"


class Unsaid(Enum):
    """Why a number is not there."""

    MASKED = "masked"
    """So small that somebody could be recognised, or what would give such a one back."""
    UNFOLLOWED = "unfollowed"
    UNKNOWN = "unknown"
    """Nothing to count from: no denominator, or nothing recorded."""

    def __str__(self) -> str:
        return str(UNSAID[self])


UNSAID: dict[Unsaid, Text] = {
    Unsaid.MASKED: gettext_lazy("masqué"),
    Unsaid.UNFOLLOWED: gettext_lazy("non suivie"),
    Unsaid.UNKNOWN: gettext_lazy("–"),
}


def shown(number: int | None) -> "int | Unsaid":
    """A number that masking may have hidden (None), as a cell."""
    return Unsaid.MASKED if number is None else number


@dataclass(frozen=True)
class Column:
    """``lookup`` names what the column reads of a row (``"flag.value"`` reads within); ``words`` say it, if need be.

    In files that know types, a cell of text is what ``words`` say of it; of any other ``kind``, the value itself.
    ``about`` is its line of the dictionary.
    """

    heading: Text
    lookup: str
    words: Words | None = None
    kind: Kind = Kind.TEXT
    about: Text = ""

    @property
    def name(self) -> str:
        """What files for machines call it: letters, digits and underscores."""
        return self.lookup.replace("__", "_").replace(".", "_")


@dataclass(frozen=True)
class Table:
    """Rows of any kind, so long as each has what every column looks up; they may come one at a time, and once."""

    columns: Sequence[Column]
    rows: Iterable[object]

    @property
    def headings(self) -> list[str]:
        return [str(column.heading) for column in self.columns]

    @property
    def lines(self) -> Iterator[list[object]]:
        """The cells of each row, in the order of the columns; a row is read when its turn comes."""
        cells = [(attrgetter(column.lookup), column.words) for column in self.columns]
        for row in self.rows:
            yield [words(read(row)) if words else read(row) for read, words in cells]

    @property
    def cells(self) -> Iterator[list[object]]:
        """The same with the types of the columns: numbers, dates and truths as they are, the rest as text."""
        reads = [(attrgetter(column.lookup), column) for column in self.columns]
        for row in self.rows:
            yield [_typed(column, read(row)) for read, column in reads]


def _typed(column: Column, value: object) -> object:
    if value is None or value == "" or isinstance(value, Unsaid):
        return value if isinstance(value, Unsaid) else None
    if column.kind is not Kind.TEXT:
        return value
    return str(column.words(value) if column.words else value) or None


def lookups(columns: Iterable[Column]) -> list[str]:
    """What a query must give for these columns, each once."""
    return list(dict.fromkeys(column.lookup for column in columns))


def label_of(choices: type[TextChoices]) -> Words:
    """Says a stored choice by its label; nothing is said of an empty one."""
    labels = {choice.value: choice for choice in choices}
    return lambda value: str(labels[value].label) if value in labels else ""


def yes_or_no(value: object) -> str:
    return _("oui") if value else _("non")
