"""A table as CSV, so many lines at a time: a million of them pass in the same memory."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.http import StreamingHttpResponse

from people.spreadsheets import BOM, DELIMITER, guarded
from reports.tables import Column, Kind, Table, Words, said_by

END = "\r\n"
Text = Callable[[Column], Callable[[object], str]]
"""How a dialect writes the cells of a column."""


def lines(table: Table) -> Iterator[str]:
    """What a spreadsheet set to Québec's French opens: the mark and the headings, then the rows."""
    yield BOM
    yield from written(table, table.headings, french, DELIMITER)


def written(table: Table, headings: Sequence[str], text: Text, delimiter: str) -> Iterator[str]:
    """The headings, then some lines at a time, as ``csv.writer`` writes them.

    A cell is quoted as it is said, and remembered so: for a million rows, twice as fast as writing cell by cell.
    """
    special = re.compile(f'[{re.escape(delimiter)}"\r\n]')
    alone = len(headings) == 1

    def quoted(cell: str) -> str:
        doubled = cell.replace('"', '""')
        return f'"{doubled}"' if special.search(cell) or (alone and not cell) else cell

    def teller(column: Column) -> Callable[[object], str]:
        say = text(column)
        return lambda value: quoted(say(value))

    yield delimiter.join(quoted(guarded(heading)) for heading in headings) + END
    for chunk in table.chunks(teller):
        yield END.join(map(delimiter.join, zip(*chunk, strict=True))) + END


def french(column: Column) -> Callable[[object], str]:
    """Cells as a page says them; text that a spreadsheet would run is guarded."""
    return _guarded(column, said_by(column))


def _guarded(column: Column, say: Words) -> Callable[[object], str]:
    if column.kind is Kind.TEXT:
        return lambda value: guarded(say(value))
    return lambda value: "" if (cell := say(value)) is None else str(cell)


def csv_response(name: str, on: date, table: Table) -> StreamingHttpResponse:
    """A download named for what it holds and the day it was made, never for a person."""
    response = StreamingHttpResponse(lines(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{on.isoformat()}.csv"'
    return response
