"""CSV that a spreadsheet opens as it should, row by row, whatever the number of rows."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import StreamingHttpResponse

DELIMITER = ";"
"""What a spreadsheet set to Québec's French expects: with commas, it would put each row in one cell."""
BOM = "\ufeff"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that only remembers the line just written."""

    def write(self, text: str) -> str:
        return text


def guarded(cell: Any) -> str:
    """The cell as text that no spreadsheet runs: one that would be a formula gets an apostrophe."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULAS) else text


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line(), delimiter=DELIMITER)
    yield BOM
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


def csv_response(name: str, on: date, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """A download named for what it holds and the day it was made, never for a person."""
    response = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{on.isoformat()}.csv"'
    return response
