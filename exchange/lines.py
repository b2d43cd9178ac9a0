"""Tables of a text that somebody sent: bounded before they are cut into cells, and read a row at a time."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from django.utils.translation import gettext as _

from exchange.reading import Member, Problem, refuse

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Bounds:
    """The largest table that is read: its columns and rows, and the characters of a cell and of a row."""

    columns: int = 256
    rows: int = 5_000_000
    cell: int = 65_536
    row: int = 262_144


class Lines:
    """The lines of a text, for ``csv``: none is read further than a row may be long, however many lines a row takes.

    ``last`` is added as a line of its own at the end.
    """

    def __init__(self, name: str, text: TextIO, bounds: Bounds, last: str = "") -> None:
        self.name, self.text, self.bounds, self.last = name, text, bounds, last
        self.row, self.left, self.header = 1, bounds.row, list[str]()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(self.left + 1)
        if not line:
            line, self.last = self.last, ""
            if not line:
                raise StopIteration
        self.left -= len(line)
        if self.left < 0:
            raise self._too_long(line)
        return line

    def end_row(self, cells: list[str]) -> None:
        """Hold a row against the bounds; the first that is not blank is the header."""
        if self.bounds.row - self.left > self.bounds.cell:
            self._check_cells(cells)
        if not self.header and any(cells):
            self.header = cells
            if any(cells[self.bounds.columns :]):
                raise self._too_wide()
        if self.row > self.bounds.rows:
            raise refuse(self.name, _("le fichier dépasse %(max)s lignes.") % {"max": self.bounds.rows}, self.row)
        self.row, self.left = self.row + 1, self.bounds.row

    def _check_cells(self, cells: list[str]) -> None:
        for place, cell in enumerate(cells):
            if len(cell) > self.bounds.cell:
                column = self.header[place] if place < len(self.header) else ""
                sentence = _("la cellule dépasse %(max)s caractères.")
                raise refuse(self.name, sentence % {"max": self.bounds.cell}, self.row, column)

    def _too_long(self, line: str) -> Exception:
        if not self.header and max(map(line.count, ",;\t|")) > self.bounds.columns:
            return self._too_wide()
        sentence = _("la ligne dépasse %(max)s caractères; un guillemet y est peut-être mal fermé.")
        return refuse(self.name, sentence % {"max": self.bounds.row}, self.row)

    def _too_wide(self) -> Exception:
        sentence = _("l’en-tête a plus de %(max)s colonnes.")
        return refuse(self.name, sentence % {"max": self.bounds.columns}, self.row)


def table_rows(lines: Lines, **dialect: Any) -> Iterator[Row]:
    """Each row of a table with its number, blank ones left out; raises ``Refused`` where it breaks."""
    csv.field_size_limit(max(csv.field_size_limit(), lines.bounds.row))
    try:
        for number, cells in enumerate(csv.reader(lines, **dialect), start=1):
            lines.end_row(cells)
            if any(cells):
                yield number, cells
    except csv.Error:
        raise refuse(lines.name, _("un guillemet est mal fermé à partir de cette ligne."), lines.row) from None


def read_text(member: Member, encoding: str) -> TextIO:
    """The text of a member, its ends of line as they are."""
    return io.TextIOWrapper(member.open(), encoding, newline="")


def ragged_problem(name: str, row: int, cells: list[str], header: list[str]) -> Problem | None:
    """The problem of a row that has more or fewer cells than the header."""
    if len(cells) == len(header):
        return None
    sentence = _("la ligne a %(cells)s cellules, l’en-tête en a %(columns)s.")
    return Problem(name, row, "", sentence % {"cells": len(cells), "columns": len(header)})
