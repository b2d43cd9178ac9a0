"""A table as CSV that a spreadsheet opens as it should."""

from collections.abc import Iterator
from datetime import date

from django.http import StreamingHttpResponse

from people.spreadsheets import csv_lines
from reports.tables import Table


def lines(table: Table) -> Iterator[str]:
    """The headings, then a line for each row."""
    return csv_lines(table.headings, table.lines)


def csv_response(name: str, on: date, table: Table) -> StreamingHttpResponse:
    """A download named for what it holds and the day it was made, never for a person."""
    response = StreamingHttpResponse(lines(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{on.isoformat()}.csv"'
    return response
