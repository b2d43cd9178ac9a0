"""A table told once: its columns say what a page shows and what a file holds, and no value is known by its place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import islice
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
Told = TypeVar("Told")
Words = Callable[[Any], object]
"""Says a value; what type it has, the column's ``lookup`` alone knows."""
CHUNK = 500
REMEMBERED = 10_000
"""Values of one column."""


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
    key: str = ""
    """Its name for machines, where the lookup's is another column's."""

    @property
    def name(self) -> str:
        """What files for machines call it: letters, digits and underscores."""
        return self.key or self.lookup.replace("__", "_").replace(".", "_")


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
        """The cells of each row in words, in the order of the columns; rows are read by and by."""
        return self.told(said_by)

    @property
    def cells(self) -> Iterator[list[object]]:
        """The same with the types of the columns: numbers, dates and truths as they are, the rest as text."""
        return self.told(typed_by)

    def told(self, teller: "Callable[[Column], Callable[[Any], Told]]") -> "Iterator[list[Told]]":
        for chunk in self.chunks(teller):
            yield from map(list, zip(*chunk, strict=True))

    def chunks(
        self, teller: "Callable[[Column], Callable[[Any], Told]]", size: int = CHUNK
    ) -> "Iterator[list[list[Told]]]":
        """The rows, so many at a time, as columns of what ``teller`` makes of their cells.

        A million rows pass here: what is said of a value is said once, and remembered while there is room.
        """
        memories = [_Memory(teller(column)) for column in self.columns]
        read = attrgetter(*(column.lookup for column in self.columns))
        rows = iter(self.rows)
        while chunk := [read(row) for row in islice(rows, size)]:
            values = zip(*chunk, strict=True) if len(memories) > 1 else [chunk]
            yield [memory.of(column) for memory, column in zip(memories, values, strict=True)]


class _Memory(dict[Any, Told], Generic[Told]):
    """What was said of each value of a column."""

    def __init__(self, say: Callable[[Any], Told]) -> None:
        self.say = say

    def __missing__(self, value: Any) -> Told:
        said = self.say(value)
        if len(self) < REMEMBERED:
            self[value] = said
        return said

    def of(self, values: Sequence[Any]) -> list[Told]:
        if isinstance(values[0], Promise):  # Its words would be looked up each time that it is sought here.
            distinct = {id(value): value for value in values}
            plain = {key: str(value) if isinstance(value, Promise) else value for key, value in distinct.items()}
            values = [plain[id(value)] for value in values]
        try:
            return list(map(self.__getitem__, values))
        except TypeError:  # A list is no key.
            return list(map(self.say, values))


def said_by(column: Column) -> Callable[[Any], object]:
    """Says a cell as a page does, in the reader's language: « 12,5 », « oui »; what needs no words stays as it is."""
    words, say = column.words, SAID.get(column.kind)

    def said(value: Any) -> object:
        if isinstance(value, Unsaid):
            return str(value)
        if words:
            return words(value)
        return say(value) if say and value is not None and value != "" else value

    return said


def typed_by(column: Column) -> Callable[[Any], object]:
    """Gives a cell its column's type: None where there is no value, an ``Unsaid`` that says why."""
    words, is_text = column.words, column.kind is Kind.TEXT

    def typed(value: Any) -> object:
        if isinstance(value, Unsaid):
            return value
        if is_text:
            value = words(value) if words else value
            return None if value is None else str(value) or None
        if value is None or value == "":
            return None
        return round(value, 1) if column.kind is Kind.PERCENT else value

    return typed


def lookups(columns: Iterable[Column]) -> list[str]:
    """What a query must give for these columns, each once."""
    return list(dict.fromkeys(column.lookup for column in columns))


def label_of(choices: type[TextChoices]) -> Words:
    """Says a stored choice by its label; nothing is said of an empty one."""
    labels = {choice.value: choice for choice in choices}
    return lambda value: str(labels[value].label) if value in labels else ""


def yes_or_no(value: object) -> str:
    return _("oui") if value else _("non")


SAID: dict[Kind, Words] = {
    Kind.DECIMAL: number_format,
    # Django cuts decimals off: they are rounded first.
    Kind.PERCENT: lambda share: number_format(round(share, 1), decimal_pos=1),
    Kind.YES_NO: yes_or_no,
}
