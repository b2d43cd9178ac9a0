"""The one reader of every table that comes in: in which encoding, cut by which separator, under which header."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from django.utils.translation import gettext as _

from exchange.encodings import encoding_of
from exchange.lines import Bounds, Lines, Row, read_text, table_rows
from exchange.reading import Member, Tolerance, refuse

SEPARATORS = (",", ";", "\t", "|")
TITLES = 12
"""A title and a date may stand above a list: what cuts it is looked for among so many rows."""


@dataclass(frozen=True)
class Manner:
    """How a table is written, and what of it is not as it should be."""

    encoding: str
    separator: str
    tolerances: tuple[Tolerance, ...] = ()


@dataclass(frozen=True)
class Table:
    """A header, its cells trimmed, and the rows after it, which can be read once: where the file breaks they raise
    ``Refused``. The tolerances are those of the file and of its header."""

    name: str
    header: list[str]
    header_row: int
    rows: Iterator[Row]
    separator: str = ","
    tolerances: tuple[Tolerance, ...] = ()


def open_table(member: Member, bounds: Bounds) -> Table:
    """The table of a member: its first row that is not blank is the header. Raises ``Refused``."""
    manner = manner_of(member, bounds)
    rows = rows_of(member, manner, bounds, strict=True)
    number, cells = next(rows, (0, []))
    if not cells:
        raise refuse(member.name, _("le fichier est vide\u00a0: la première ligne donne les colonnes."))
    header, tolerances = trimmed_header(member.name, number, cells)
    return Table(member.name, header, number, rows, manner.separator, (*manner.tolerances, *tolerances))


def manner_of(member: Member, bounds: Bounds, *, titled: bool = False) -> Manner:
    """The encoding and the separator of a text; raises ``Refused`` for one that is of no encoding.

    ``titled`` when other words may stand above the header.
    """
    encoding = encoding_of(member)
    with read_text(member, encoding) as text:
        separator, row = _separator(text, bounds, TITLES if titled else 1)
    said = []
    if encoding == "utf-8-sig":
        said.append(Tolerance(member.name, 1, "", _("marque d’ordre des octets ignorée."), "bom"))
    elif encoding != "utf-8":
        words = _("lu en %(encoding)s plutôt qu’en UTF-8.") % {"encoding": encoding}
        said.append(Tolerance(member.name, 0, "", words, "encoding"))
    if separator != ",":
        words = _("les colonnes sont séparées par «\u00a0%(separator)s\u00a0» plutôt que par une virgule.")
        sentence = words % {"separator": "TAB" if separator == "\t" else separator}
        said.append(Tolerance(member.name, row, "", sentence, "separator"))
    return Manner(encoding, separator, tuple(said))


def rows_of(member: Member, manner: Manner, bounds: Bounds, *, last: str = "", strict: bool = False) -> Iterator[Row]:
    """Every row that is not blank with the number that a spreadsheet shows, the header included.

    ``last`` comes as a row of its own at the end; ``strict`` refuses a quote that is badly closed.
    """
    with read_text(member, manner.encoding) as text:
        lines = Lines(member.name, text, bounds, last)
        for number, cells in table_rows(lines, delimiter=manner.separator, strict=strict):
            if number > 1 or not _names_separator(cells):
                yield number, cells


def trimmed_header(name: str, row: int, cells: list[str]) -> tuple[list[str], list[Tolerance]]:
    """The names of the columns without the spaces around them and the empty ones at the end."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) == len(cells):
        return names, []
    words = _("cellule vide ignorée à la fin de l’en-tête.")
    return names, [Tolerance(name, row, "", words, "trailing_cells")]


def _separator(text: TextIO, bounds: Bounds, most: int) -> tuple[str, int]:
    """What cuts the first line that is not blank and, where there are several, the one or two after it too; and its
    row. A comma where nothing does."""
    seen: list[tuple[str, int, str]] = []
    for row, line in enumerate(iter(lambda: text.readline(bounds.row), ""), start=1):
        if _names_separator([line.strip(" \r\n")]) and (told := line.strip(" \r\n")[4:]) in SEPARATORS:
            return told, row
        if line.strip():
            bare = "".join(line.split('"')[::2])  # what stands outside quotes
            seen.append((max(SEPARATORS, key=bare.count), row, bare))
            if len(seen) == most:
                break
    for after in (2, 1):
        for place, (separator, row, _bare) in enumerate(seen[:-after]):
            if all(separator in bare for _separator, _row, bare in seen[place : place + after + 1]):
                return separator, row
    return seen[0][:2] if seen else (",", 1)


def _names_separator(cells: list[str]) -> bool:
    """Whether this is the line « sep=; » by which a spreadsheet says its separator."""
    return cells[0].lower().startswith("sep=") and len(cells[0]) <= 5 and not any(cells[1:])
