"""A table told once: its columns say what a page shows and what a file holds, and no value is known by its place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
Words = Callable[[Any], object]
"""Says a value; what type it has, the column's ``lookup`` alone knows."""


@dataclass(frozen=True)
class Column:
    """``lookup`` names what the column reads of a row (``"flag.value"`` reads within); ``words`` say it, if need be."""

    heading: Text
    lookup: str
    words: Words | None = None


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


def lookups(columns: Iterable[Column]) -> list[str]:
    """What a query must give for these columns, each once."""
    return list(dict.fromkeys(column.lookup for column in columns))


def label_of(choices: type[TextChoices]) -> Words:
    """Says a stored choice by its label; nothing is said of an empty one."""
    labels = {choice.value: choice for choice in choices}
    return lambda value: str(labels[value].label) if value in labels else ""


def yes_or_no(value: object) -> str:
    return _("oui") if value else _("non")
