"""A row of a file on its way to the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from exchange.bundle.declaration import BundleFile, Column
from exchange.bundle.types import CellProblem, Percent, Reference
from exchange.reading import Problem, Tolerance

#: What no ``repr`` holds.
BETWEEN = "\x1f"


def spelled(*values: object) -> str:
    """The same text for values that are equal, to tell later whether they are, and which is not."""
    return BETWEEN.join(repr(value.normalize() if isinstance(value, Decimal) else value) for value in values)


@dataclass(slots=True)
class Draft:
    """``texts`` holds the references as written; ``values`` what the model stores; ``before`` what it holds now."""

    row: int
    handle: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    board: int | None = None
    before: dict[str, Any] | None = None
    pk: int = 0
    faulty: bool = False

    def final(self, attribute: str) -> Any:
        """The value after the import, whether the file gives it or the database."""
        return self.values[attribute] if attribute in self.values else (self.before or {}).get(attribute)

    def changes(self) -> list[str]:
        """The attributes whose stored value differs."""
        if self.before is None:
            return list(self.values)
        return [name for name, value in self.values.items() if self.before[name] != value]


class RowReader:
    """Turns a table's rows into drafts; every cell that is not of its type becomes a problem.

    ``tolerances`` grow with what was read all the same. Of a table whose ``header`` is at fault (``blind``) no draft is
    sound: its rows are only looked at. ``decimal_comma``: the table keeps the comma for numbers.
    """

    def __init__(
        self, file: BundleFile, header: list[str], *, blind: bool = False, decimal_comma: bool = False
    ) -> None:
        self.file, self.blind = file, blind
        self.tolerances: list[Tolerance] = []
        self.handle = header.index(file.handle_column) if file.handle_column in header else None
        self.cells: list[tuple[int, Column, bool]] = [
            (
                header.index(column.name),
                _with_comma(column) if decimal_comma else column,
                isinstance(column.type, Reference),
            )
            for column in file.columns
            if column.name in header
        ]
        absent = [column for column in file.columns if column.name not in header]
        self.identity_defaults = [column for column in absent if column.attribute in file.identity]

    def read(self, row: int, cells: Sequence[str]) -> tuple[Draft, list[Problem]]:
        draft, problems = Draft(row, cells[self.handle] if self.handle is not None else ""), list[Problem]()
        draft.values.update((column.attribute, column.empty()) for column in self.identity_defaults)
        for position, column, refers in self.cells:
            text = cells[position]
            try:
                value = column.type.parse(text) if text else self._empty(column)
            except CellProblem as wrong:
                problems.append(Problem(self.file.name, row, column.name, str(wrong)))
                continue
            if text and column.type.lenient and (said := column.type.tolerated(text)):
                self.tolerances.append(Tolerance(self.file.name, row, column.name, said[1], said[0]))
            if refers and text:
                draft.texts[column.name] = text
            elif column.attribute:
                draft.values[column.attribute] = value
            else:
                draft.extra[column.name] = value
        draft.faulty = self.blind or bool(problems)
        return draft, problems

    @staticmethod
    def _empty(column: Column) -> object:
        if column.required:
            raise CellProblem(_("la cellule est vide, elle est obligatoire."))
        return column.empty()


def _with_comma(column: Column) -> Column:
    return replace(column, type=replace(column.type, comma=True)) if isinstance(column.type, Percent) else column
