"""CSV that a spreadsheet opens as it should, row by row, whatever the number of rows."""

import csv
from collections.abc import Iterator
from datetime import date

from django.http import StreamingHttpResponse

from reports.tables import Table

DELIMITER = ";"
"""What a spreadsheet set to Québec's French expects: with commas, it would put each row in one cell."""
BOM = "\ufeff"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that only remembers the line just written."""

    def write(self, text: str) -> str:
        return text


def guarded(cell: object) -> str:
    """The cell as text that no spreadsheet runs: one that would be a formula gets an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULAS) else text


def lines(table: Table) -> Iterator[str]:
    """The headings, then a line for each row."""
    writer = csv.writer(_Line(), delimiter=DELIMITER)
    yield BOM
    yield writer.writerow([guarded(heading) for heading in table.headings])
    for cells in table.lines:
        yield writer.writerow([guarded(cell) for cell in cells])


def csv_response(name: str, on: date, table: Table) -> StreamingHttpResponse:
    """A download named for what it holds and the day it was made, never for a person."""
    response = StreamingHttpResponse(lines(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{on.isoformat()}.csv"'
    return response
