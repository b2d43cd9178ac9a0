"""A table as a sheet, or several when it is longer than one: the types of its columns, row by row."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain, repeat
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from people.spreadsheets import FORMULAS
from reports.document import Document, Sheet
from reports.facts import period_of
from reports.formats.xlsx.styles import NARROWEST, WIDEST, Styles, clean, print_set_up, sheet_name
from reports.tables import Column, Kind, Table, Unsaid, said_by, typed_by, yes_or_no

HEADING_ROW = 2
"""Under the title and the note; the first row is 0."""
MOST_ROWS = 1_048_576 - HEADING_ROW - 1
EPOCH = date(1899, 12, 30)
CODED = re.compile("(_x[0-9a-fA-F]{4}_)")
RIGHT = (Kind.NUMBER, Kind.DECIMAL, Kind.PERCENT)
Cells = Sequence[Sequence[str]]


def write_table(book: Any, styles: Styles, document: Document, sheet: Sheet, table: Table) -> Iterator[tuple[str, str]]:
    """Give the name of each sheet that is written, with what it holds."""
    left: Iterator[Cells] = table.chunks(lambda column: celled(column, styles))
    chunk = next(left, None)
    number = 0
    while chunk or not number:
        number += 1
        title = str(sheet.title) if number == 1 else f"{sheet.title} ({number})"
        page = book.add_worksheet(sheet_name(title, book.sheetnames))
        _head(page, styles, document, sheet, title)
        rows = 0
        while chunk and rows < MOST_ROWS:
            taken, chunk = _split(chunk, MOST_ROWS - rows)
            if not rows:
                _set_widths(page, sheet.columns, taken)
            _append(page, taken, HEADING_ROW + 1 + rows)
            rows += len(taken[0])
            chunk = chunk or next(left, None)
        page.autofilter(HEADING_ROW, 0, HEADING_ROW + max(rows, 1), len(sheet.columns) - 1)
        yield page.get_name(), title


def _split(chunk: Cells, most: int) -> tuple[Cells, Cells | None]:
    if len(chunk[0]) <= most:
        return chunk, None
    return [column[:most] for column in chunk], [column[most:] for column in chunk]


def _head(page: Any, styles: Styles, document: Document, sheet: Sheet, title: str) -> None:
    print_set_up(page, title, HEADING_ROW)
    page.freeze_panes(HEADING_ROW + 1, 1)
    page.write_string(0, 0, clean(title), styles.title)
    page.write_string(1, 0, clean(sheet.note or period_of(document.ask)), styles.note)
    for at, column in enumerate(sheet.columns):
        style = styles.heading_right if column.kind in RIGHT else styles.heading
        page.write_string(HEADING_ROW, at, clean(column.heading), style)


def _set_widths(page: Any, columns: Sequence[Column], cells: Cells) -> None:
    """As wide as the longest of the first rows, or the longest word of the heading."""
    for at, (column, written) in enumerate(zip(columns, cells, strict=True)):
        heading = max(map(len, str(column.heading).split()), default=0)
        longest = max(len(re.sub("<[^>]*>|^[^>]*>", "", cell)) for cell in written[:200])
        page.set_column(at, at, min(max(longest, heading, NARROWEST) + 2, WIDEST))


def _append(page: Any, cells: Cells, first: int) -> None:
    """Add rows to what the library keeps in its temporary file, in the form that it writes.

    Its own way, cell by cell, takes five times as long.
    """
    page._write_single_row(first)
    page._check_dimensions(first + len(cells[0]) - 1, len(cells) - 1)
    names = [xl_col_to_name(at) for at in range(len(cells))]
    row = '<row r="%d">' + "".join(f'<c r="{name}%d"%s' for name in names) + "</row>"
    numbers = range(first + 1, first + len(cells[0]) + 1)
    spread = zip(numbers, *chain.from_iterable(zip(repeat(numbers), cells)), strict=True)
    page.row_data_fh.write("".join(map(row.__mod__, spread)))


def celled(column: Column, styles: Styles) -> Callable[[Any], str]:
    """Writes a cell after its address: its style, its type, its value."""
    give, say = typed_by(column), said_by(column)
    style = getattr(styles, str(column.kind), styles.text)._get_xf_index()
    text, guarded, unsaid = (of._get_xf_index() for of in (styles.text, styles.guarded, styles.unsaid))

    def cell(value: Any) -> str:
        typed = give(value)
        if typed is None:
            return f' s="{style}"/>'
        if isinstance(typed, Unsaid):
            return _text(say(value), unsaid)
        if isinstance(typed, str):
            return _text(typed, guarded if typed.startswith(FORMULAS) else text)
        if column.kind is Kind.YES_NO or isinstance(typed, bool):
            return _text(yes_or_no(typed), text)
        if isinstance(typed, date):
            return f' s="{style}"><v>{(date(typed.year, typed.month, typed.day) - EPOCH).days}</v></c>'
        number = round(typed / 100, 3) if column.kind is Kind.PERCENT else typed  # type: ignore[operator]
        return f' s="{style}"><v>{number}</v></c>'

    return cell


def _text(said: object, style: int) -> str:
    words = CODED.sub(r"_x005F\1", clean(said))
    kept = ' xml:space="preserve"' if words != words.strip() else ""
    return f' s="{style}" t="inlineStr"><is><t{kept}>{escape(words)}</t></is></c>'
