"""A table out of a file that somebody sent, text or workbook: its cells as text, never as formulas."""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from exchange.imports import guess, workbook
from exchange.lines import Bounds
from exchange.reading import MEGABYTE, Limits, Member, Refused, open_zip_members, refuse
from exchange.tables import manner_of, rows_of

LARGEST = 20 * MEGABYTE
LIMITS = Limits(archive=LARGEST, unpacked=200 * MEGABYTE, members=500, ratio=150)
BOUNDS = Bounds(columns=256, rows=50_000, cell=16_384, row=65_536)
MEGABYTES, SECONDS = 1536, 60
"""What a workbook may take to be read: three times the largest that is within bounds."""
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
#: What is in a cell without a sign of it: soft hyphens, spaces of no width, marks of direction and of order.
INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
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
        best = _only_list(name, _workbook(name, content, nature))
    elif nature == ".csv":
        best = _text(name, content)
    else:
        raise refuse(name, _unreadable(nature))
    if not best:
        raise refuse(name, _("aucune ligne n’y est remplie."))
    return _sheet(name, best)


def _only_list(name: str, tables: dict[str, list[Row]]) -> list[Row]:
    """The sheet that answers best; raises ``Refused`` where another holds a list of its kind, which would be lost."""
    best = max(tables, key=lambda sheet: _worth(tables[sheet]), default="")
    kind = _kind(tables.get(best, []))
    if kind and len(alike := [sheet for sheet, rows in tables.items() if _kind(rows) == kind]) > 1:
        sentence = _(
            "les feuilles «\u00a0%(first)s\u00a0» et «\u00a0%(other)s\u00a0» portent chacune une liste\u00a0: "
            "réunissez-les en une seule feuille, ou gardez celle qu’il faut lire."
        )
        raise refuse(name, sentence % {"first": alike[0], "other": alike[1]})
    return tables.get(best, [])


def _unreadable(nature: str) -> str:
    words = {
        "pdf": _("c’est un PDF\u00a0: exportez la liste en Excel ou en CSV."),
        "picture": _("c’est une image\u00a0: exportez la liste en Excel ou en CSV."),
        "page": _("c’est une page Web\u00a0: ouvrez-la dans Excel, puis enregistrez-la comme classeur .xlsx."),
    }
    return words.get(nature, _("ce fichier n’est ni un CSV, ni un classeur Excel ou LibreOffice."))


def _worth(rows: Sequence[Row]) -> tuple[int, int]:
    """How well a sheet of a workbook answers: the columns that are recognised, then its rows."""
    found = guess.kind_of(_header(rows)) if rows else None
    return (len(found[1]) if found else 0, len(rows))


def _kind(rows: Sequence[Row]) -> str:
    """The kind of list that a sheet holds, when it has all the columns that it needs and a row; else nothing."""
    found = guess.kind_of(_header(rows)) if len(rows) > 1 else None
    return found[0].name if found and not found[0].missing(found[1]) else ""


def _header(rows: Sequence[Row]) -> list[str]:
    cells = [cells for _number, cells in rows[: guess.FIRST_ROWS]]
    return cells[guess.header_row(cells)]


def _sheet(name: str, rows: list[Row]) -> Sheet:
    place = guess.header_row([cells for _number, cells in rows[: guess.FIRST_ROWS]])
    number, header = rows[place]
    header = [tidy(cell) for cell in header]
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
    return [tidy(cell) for cell in cells[:width]] + [""] * (width - len(cells))


def tidy(cell: str) -> str:
    """A cell as its reader sees it: accents on their letters, one space between words, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", cell.translate(INVISIBLE)).split())


def _text(name: str, content: bytes) -> list[Row]:
    with on_disk(content, ".csv") as path:
        member = Member(name, partial(_open, path))
        manner = manner_of(member, BOUNDS, titled=True)
        return list(rows_of(member, manner, BOUNDS, strict=True))


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _workbook(name: str, content: bytes, nature: str) -> dict[str, list[Row]]:
    with on_disk(content, nature) as path:
        try:
            if nature != ".xls":
                with open_zip_members(path, limits=LIMITS):
                    pass  # its bounds, and its sums
        except Refused as refused:
            raise refuse(name, refused.problems[0].sentence) from None
        return _tables(name, path)


def _tables(name: str, path: Path) -> dict[str, list[Row]]:
    """Its sheets by name, read by a program of little memory (``workbook``): a few bytes may ask for a thousand
    gigabytes."""
    bounds = (MEGABYTES, SECONDS, BOUNDS.rows, BOUNDS.columns, BOUNDS.cell + 1)
    command = [sys.executable, workbook.__file__, str(path), *map(str, bounds)]
    tables: dict[str, list[Row]] = {}
    sheet: list[Row] = []
    end = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:  # noqa: S603 (ours)
        assert reader.stdout is not None  # noqa: S101 (asked for)
        try:
            for line in reader.stdout:
                said = json.loads(line)
                if isinstance(said, dict):
                    if said["height"] > BOUNDS.rows:
                        words = _("le fichier dépasse %(max)s lignes.") % {"max": BOUNDS.rows}
                        raise refuse(name, words, BOUNDS.rows + 1)
                    sheet, number = tables.setdefault(said["name"], []), 0
                elif isinstance(said, str):
                    end = said
                else:
                    number += 1
                    if any(texts := _texts(name, said, number)):
                        sheet.append((number, texts))
        except ValueError:  # a line cut short: it died
            pass
        finally:
            reader.kill()
    if end != "done":
        raise refuse(name, _not_read(end))
    return tables


def _texts(name: str, said: list[workbook.Cell], number: int) -> list[str]:
    texts = ["" if cell is None else cell if isinstance(cell, str) else _("oui") if cell else _("non") for cell in said]
    if long := next((place for place, text in enumerate(texts, 1) if len(text) > BOUNDS.cell), 0):
        sentence = _("la cellule de la colonne %(column)s dépasse %(max)s caractères.")
        raise refuse(name, sentence % {"column": long, "max": BOUNDS.cell}, number)
    return texts


def _not_read(why: str) -> str:
    if why == workbook.PASSWORD:
        return _("le classeur est protégé par un mot de passe\u00a0: retirez-le.")
    if why == workbook.DAMAGED:
        return _("le classeur est endommagé, ou protégé\u00a0: enregistrez-le de nouveau en .xlsx ou en CSV.")
    return _(
        "le classeur est démesuré\u00a0: copiez la liste seule dans un nouveau classeur, ou enregistrez-la en CSV."
    )


@contextmanager
def on_disk(content: bytes, suffix: str) -> Iterator[Path]:
    """The bytes as a file of this machine, for as long as it is read: the libraries want a path."""
    with NamedTemporaryFile(suffix=suffix) as file:
        file.write(content)
        file.flush()
        yield Path(file.name)
