"""Text that a spreadsheet opens as it should, line by line, whatever the number of rows."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal

DELIMITER = ";"
"""What a spreadsheet set to Québec's French expects: with commas, it would put each row in one cell."""
BOM = "\ufeff"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that only remembers the line just written."""

    def write(self, text: str) -> str:
        return text


def guarded(cell: object) -> str:
    """The cell as text that no spreadsheet runs: one that would be a formula gets an apostrophe. A number is none."""
    text = "" if cell is None else str(cell)
    if isinstance(cell, int | float | Decimal):
        return text
    return f"'{text}" if text.startswith(FORMULAS) else text


def csv_lines(headings: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The headings, then a line for each row."""
    writer = csv.writer(_Line(), delimiter=DELIMITER)
    yield BOM
    yield writer.writerow([guarded(heading) for heading in headings])
    for cells in rows:
        yield writer.writerow([guarded(cell) for cell in cells])
