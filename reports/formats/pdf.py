"""PDF/UA-1 of a report of numbers: what it is, its words, its pictures, its tables, and its method in short."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import IO, Any

from django.contrib.staticfiles import finders
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from people.pdf import pdf_of
from reports import methodology
from reports.document import Document, Picture, Sheet
from reports.facts import facts
from reports.formats import Format, Progress
from reports.formats.files import Watch
from reports.tables import Kind, Table

TEMPLATE = "reports/document_pdf.html"
SCREEN_STYLE = "css/accompagnement.css"
COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{3,8})\b")
USED = re.compile(r"var\(--([a-z-]+)\)")
NUMBERS = (Kind.NUMBER, Kind.DECIMAL, Kind.PERCENT)
MOST_UPRIGHT, MOST_WIDE = 6, 12
"""Columns; a table of more lies on its side, and then in small letters."""
MOST_PRINTED = 200
"""Rows; a longer table stands in the other formats: eight hundred make 160 pages and take a minute."""
LIKE_PROSE = 8
"""Words in all headings: so many, printed again on a next page for the eye alone, are to a checker a line that a screen
reader would miss. Such headings stand once.
"""


@dataclass(frozen=True)
class Drawn:
    """A picture of the screen, in the colours of paper."""

    picture: Picture

    @property
    def svg(self) -> SafeString:
        colours = _colours()
        # What the picture holds is escaped where it is drawn; names of colours become colours.
        return mark_safe(USED.sub(lambda found: colours[found[1]], self.picture.svg))  # noqa: S308


@dataclass(frozen=True)
class Printed:
    """A table as it is printed, with the pictures that draw it."""

    sheet: Sheet
    table: Table
    drawn: list[Drawn]

    @property
    def style(self) -> str:
        columns = len(self.sheet.columns)
        wide = "widest" if columns > MOST_WIDE else "wide" if columns > MOST_UPRIGHT else ""
        words = sum(len(heading.split()) for heading, _is_number in self.headings)
        return f"{wide} once".strip() if words >= LIKE_PROSE else wide

    @property
    def headings(self) -> "list[tuple[str, bool]]":
        """Each with whether its cells are numbers, which stand to the right."""
        return [(str(column.heading), column.kind in NUMBERS) for column in self.sheet.columns]

    @cached_property
    def rows(self) -> "list[list[tuple[str, bool]]]":
        numbers = [column.kind in NUMBERS for column in self.sheet.columns]
        return [list(zip(map(_said, cells), numbers, strict=True)) for cells in self.table.lines]

    @property
    def is_too_long(self) -> bool:
        return len(self.rows) > MOST_PRINTED

    @property
    def has_row_headers(self) -> bool:
        """Whether the first cell of each row heads it: not where headers would outnumber what they head, which
        a checker takes for a table torn apart.
        """
        columns, rows = len(self.sheet.columns), len(self.rows)
        return columns + rows <= rows * (columns - 1)


def write(document: Document, out: IO[bytes], progress: Progress) -> None:
    """Of numbers only: a page of a thousand rows takes a second, and nobody reads it. Raises ``CannotWrite``."""
    watch = Watch(progress)
    read_on = document.ask.board.local_date(document.ask.read_at)
    out.write(pdf_of(document.template or TEMPLATE, printed(document, watch), read_on=read_on))
    watch.end()


def printed(document: Document, watch: Watch) -> dict[str, Any]:
    """What the template prints."""
    drawn = [(picture.sheet, Drawn(picture)) for picture in document.pictures]
    known = {sheet.name for sheet in document.sheets}
    return {
        "document": document,
        "facts": facts(document),
        "first": [one for name, one in drawn if name not in known],
        "tables": [
            Printed(sheet, watch.table(sheet), [one for name, one in drawn if name == sheet.name])
            for sheet in document.sheets
        ],
        "method": list(methodology.in_short()),
        **document.more,
    }


def _said(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return number_format(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


@cache
def _colours() -> dict[str, str]:
    """The screen's, as they are by day: the first of each name."""
    text = Path(str(finders.find(SCREEN_STYLE))).read_text(encoding="utf-8")
    return dict(reversed(COLOUR.findall(text)))


FORMAT = Format(
    name="pdf",
    title=_("PDF accessible"),
    about=_("À imprimer ou à joindre\u00a0: les nombres, leurs figures, et comment ils sont comptés."),
    content_type="application/pdf",
    ending=".pdf",
    write=write,
)
