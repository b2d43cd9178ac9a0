"""A table out of a file that somebody sent, text or workbook: its cells as text, never as formulas."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from exchange.imports import guess
from exchange.lines import Bounds
from exchange.reading import MEGABYTE, Limits, Member, Refused, open_zip_members, refuse
from exchange.tables import manner_of, rows_of

LARGEST = 20 * MEGABYTE
LIMITS = Limits(archive=LARGEST, unpacked=200 * MEGABYTE, members=500, ratio=150)
BOUNDS = Bounds(columns=256, rows=50_000, cell=16_384, row=65_536)
WORKBOOKS = {".xlsx", ".xls", ".ods"}
#: What a file begins with, and what it is then.
MARKS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
)
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """A header and the rows after it, each with the number that a spreadsheet shows."""

    header: list[str]
    header_row: int
    rows: Sequence[Row]


def nature_of(content: bytes) -> str:
    """``zip`` for an archive of tables, ``.xlsx``, ``.xls``, ``.ods``, ``.csv`` for any text, else what it is.

    Judged by what the file holds, not by its name.
    """
    found = next((nature for mark, nature in MARKS if content.startswith(mark)), "")
    if found == "zip":
        if b"[Content_Types].xml" in content and b"xl/" in content:
            return ".xlsx"
        return ".ods" if b"application/vnd.oasis.opendocument.spreadsheet" in content[:200] else "zip"
    if not found and content[:512].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        return "page"
    return found or ".csv"


def read_sheet(name: str, content: bytes) -> Sheet:
    """The table of a file; raises ``Refused`` with what is wrong and what to do."""
    nature = nature_of(content)
    if not content.strip():
        raise refuse(name, _("le fichier est vide."))
    if nature in WORKBOOKS:
        tables = _workbook(name, content, nature)
    elif nature == ".csv":
        tables = [_text(name, content)]
    else:
        raise refuse(name, _unreadable(nature))
    best = max(tables, key=_worth, default=[])
    if not best:
        raise refuse(name, _("aucune ligne n’y est remplie."))
    return _sheet(name, best)


def _unreadable(nature: str) -> str:
    words = {
        "pdf": _("c’est un PDF\u00a0: exportez la liste en Excel ou en CSV."),
        "picture": _("c’est une image\u00a0: exportez la liste en Excel ou en CSV."),
        "page": _("c’est une page Web\u00a0: ouvrez-la dans Excel, puis enregistrez-la comme classeur .xlsx."),
    }
    return words.get(nature, _("ce fichier n’est ni un CSV, ni un classeur Excel ou LibreOffice."))


def _worth(rows: Sequence[Row]) -> tuple[int, int]:
    """How well a sheet of a workbook answers: the columns that are recognised, then its rows."""
    cells = [cells for _number, cells in rows[: guess.FIRST_ROWS]]
    found = guess.kind_of(cells[guess.header_row(cells)]) if cells else None
    return (len(found[1]) if found else 0, len(rows))


def _sheet(name: str, rows: list[Row]) -> Sheet:
    place = guess.header_row([cells for _number, cells in rows[: guess.FIRST_ROWS]])
    number, header = rows[place]
    header = [" ".join(cell.split()) for cell in header]
    while header and not header[-1]:
        header.pop()
    if len(header) > BOUNDS.columns:
        raise refuse(name, _("l’en-tête a plus de %(max)s colonnes.") % {"max": BOUNDS.columns}, number)
    width = len(header)
    kept = [(row, _cells(cells, width)) for row, cells in rows[place + 1 :] if any(cells[:width])]
    if not kept:
        raise refuse(name, _("aucune ligne n’est remplie sous l’en-tête."), number)
    return Sheet(header, number, kept)


def _cells(cells: list[str], width: int) -> list[str]:
    return [" ".join(cell.split()) for cell in cells[:width]] + [""] * (width - len(cells))


def _text(name: str, content: bytes) -> list[Row]:
    with on_disk(content, ".csv") as path:
        member = Member(name, partial(_open, path))
        manner = manner_of(member, BOUNDS)
        return list(rows_of(member, manner, BOUNDS, strict=True))


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _workbook(name: str, content: bytes, nature: str) -> list[list[Row]]:
    with on_disk(content, nature) as path:
        try:
            if nature != ".xls":
                with open_zip_members(path, limits=LIMITS):
                    pass  # its bounds, and its sums
            with CalamineWorkbook.from_path(path) as book:
                return [_table(name, book, sheet) for sheet in book.sheet_names]
        except Refused as refused:
            raise refuse(name, refused.problems[0].sentence) from None
        except PasswordError:
            raise refuse(name, _("le classeur est protégé par un mot de passe\u00a0: retirez-le.")) from None
        except (CalamineError, OSError, ValueError):
            words = _("le classeur est endommagé, ou protégé\u00a0: enregistrez-le de nouveau en .xlsx ou en CSV.")
            raise refuse(name, words) from None


def _table(name: str, book: CalamineWorkbook, sheet: str) -> list[Row]:
    table = book.get_sheet_by_name(sheet)
    if table.total_height > BOUNDS.rows:
        raise refuse(name, _("le fichier dépasse %(max)s lignes.") % {"max": BOUNDS.rows}, BOUNDS.rows + 1)
    rows = []
    for number, cells in enumerate(table.iter_rows(), start=1):
        texts = [as_text(cell) for cell in cells]
        if long := next((place for place, text in enumerate(texts, 1) if len(text) > BOUNDS.cell), 0):
            sentence = _("la cellule de la colonne %(column)s dépasse %(max)s caractères.")
            raise refuse(name, sentence % {"column": long, "max": BOUNDS.cell}, number)
        if any(texts):
            rows.append((number, texts))
    return rows


def as_text(cell: Any) -> str:
    """What a cell shows: whole numbers without a decimal, days as ISO writes them."""
    if isinstance(cell, bool):
        return _("oui") if cell else _("non")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, timedelta):
        return str(int(cell.total_seconds() // 60))
    return "" if cell is None else str(cell).replace("\0", "").strip()


@contextmanager
def on_disk(content: bytes, suffix: str) -> Iterator[Path]:
    """The bytes as a file of this machine, for as long as it is read: the libraries want a path."""
    with NamedTemporaryFile(suffix=suffix) as file:
        file.write(content)
        file.flush()
        yield Path(file.name)
