"""What a kind of import is: its columns, what is looked at in a line, what is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from django.utils.functional import Promise

from exchange.models import ImportRow
from people.access import Role
from people.models import School, SchoolBoard, User

Words = str | Promise


class Level(StrEnum):
    """What a remark asks for: nothing, a decision, another value."""

    TOLD = "told"
    ASKS = "asks"
    WRONG = "wrong"


@dataclass(frozen=True)
class Remark:
    """Something to say of a line. ``sentence`` takes what is ``given`` with it; ``answers`` are the ways to go on,
    beside leaving the line out."""

    code: str
    level: Level
    sentence: Words
    answers: tuple[tuple[str, Words], ...] = ()


class Unreadable(ValueError):
    """A cell that has no meaning in its column: the remark to make, and what it takes."""

    def __init__(self, remark: Remark, **given: Any) -> None:
        super().__init__(remark.code)
        self.remark, self.given = remark, given


@dataclass(frozen=True)
class Field:
    """A column that a kind knows. ``synonyms`` are headers as ``guess.spelled`` writes them; ``read`` turns a cell that
    is not empty into a value, or raises ``Unreadable``."""

    name: str
    label: Words
    synonyms: str = ""
    read: Callable[[str], Any] = str

    @property
    def spellings(self) -> list[str]:
        return [word.strip() for word in self.synonyms.split(",") if word.strip()]


@dataclass
class Line:
    """A line on its way: what its cells say (typed corrections included), and what comes of it.

    ``known`` is the row of the house that it is about, when there is one.
    """

    row: ImportRow
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    effect: str = ImportRow.Effect.NONE
    said: list[tuple[Remark, str, dict[str, Any]]] = field(default_factory=list)
    known: Any = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.row.number

    def say(self, remark: Remark, column: str = "", **given: Any) -> None:
        self.said.append((remark, column, given))

    def answer(self, remark: Remark) -> str:
        """What was decided of a remark; empty as long as nothing was, or when it is no answer of it."""
        answer = str(self.row.answers.get(remark.code, ""))
        return answer if answer in dict(remark.answers) else ""

    def ask(self, remark: Remark, column: str = "", **given: Any) -> str:
        """Make the remark, and the answer to it if there is one."""
        self.say(remark, column, **given)
        return self.answer(remark)

    @property
    def is_wrong(self) -> bool:
        return any(remark.level == Level.WRONG for remark, _column, _given in self.said)

    @property
    def standing(self) -> str:
        if self.row.answers.get("leave"):
            return ImportRow.Standing.LEFT
        if self.is_wrong:
            return ImportRow.Standing.WRONG
        waits = any(remark.level == Level.ASKS and not self.answer(remark) for remark, _column, _given in self.said)
        return ImportRow.Standing.ASKS if waits else ImportRow.Standing.FINE


@dataclass
class Bearings:
    """Whose import it is, of what, on which day; ``seen`` is what a kind remembers from one batch to the next."""

    board: SchoolBoard
    school: School | None
    person: User
    on: date
    columns: frozenset[str] = frozenset()
    seen: dict[str, Any] = field(default_factory=dict)

    def manages_board(self) -> bool:
        return any(
            grant.role == Role.BOARD_ADMIN and grant.board_id == self.board.pk for grant in self.person.access.grants
        )


class Tracer(Protocol):
    """What remembers what is written, so that it can be taken back."""

    def created(self, model: type[Any], pks: Iterable[int]) -> None: ...

    def changed(self, row: Any, before: dict[str, Any]) -> None: ...

    def for_good(self, row: Any) -> None:
        """What no undo takes back."""


@dataclass(frozen=True)
class ImportKind:
    """One kind of table, told whole.

    ``needs`` are choices of columns, one of each of which must be there; ``look`` sets the effect and the remarks of
    some lines, in a number of queries that does not grow with them; ``write`` writes lines that are ready, inside the
    one transaction. ``counted`` words the effects in the summary, by number.
    """

    name: str
    label: Words
    help: Words
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    look: Callable[[Sequence[Line], Bearings], None]
    write: Callable[[Sequence[Line], Bearings, Tracer], None]
    remarks: tuple[Remark, ...]
    finish: Callable[[Bearings], dict[str, Any]] = lambda bearings: {}
    """What the whole list says once it was gone through: figures for the summary."""
    columns_file: bool = True
    sample: str = ""

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    def remark(self, code: str) -> Remark | None:
        return next((remark for remark in self.remarks if remark.code == code), None)

    def missing(self, columns: Iterable[str]) -> list[list[Words]]:
        """The choices of columns of which none is there, as labels."""
        there = set(columns)
        return [
            [found.label for name in choice if (found := self.field(name))]
            for choice in self.needs
            if not there.intersection(choice)
        ]
