"""A program of its own, with little memory: the cells of a workbook, as lines of JSON.

A workbook of five kilobytes may say that its only cell is in the last column of the last row, and its reader then asks
for all the cells between. What that takes, it takes here, and nobody else's work dies of it.

``python workbook.py PATH MEGABYTES SECONDS ROWS COLUMNS LETTERS`` writes, for each sheet that is shown, its name and
height, then its rows: a list of texts, of booleans and of nothing, as wide as asked and, past that, the first cell that
says something. Sheets beyond ``ROWS`` have their name and height alone. In the end, « done », or why not.
"""

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

PASSWORD, DAMAGED = "password", "damaged"
Cell = str | bool | None


def as_text(cell: Any) -> Cell:
    """What a cell shows: whole numbers without a decimal, days as ISO writes them."""
    if cell is None or isinstance(cell, bool):
        return cell
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
    return str(cell).replace("\0", "").strip()


def row_of(cells: Sequence[Any], columns: int, letters: int) -> list[Cell]:
    said = [as_text(cell) for cell in cells[:columns]]
    beyond = next((text for text in map(as_text, cells[columns:]) if text not in (None, "")), None)
    kept = said if beyond is None else [*said, beyond]
    return [cell[:letters] if isinstance(cell, str) else cell for cell in kept]


def told(path: str, rows: int, columns: int, letters: int) -> Iterator[Any]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(path) as book:
            shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
            for name in shown:
                sheet = book.get_sheet_by_name(name)
                yield {"name": name, "height": sheet.total_height}
                if sheet.total_height <= rows:
                    for cells in sheet.iter_rows():
                        yield row_of(cells, columns, letters)
    except PasswordError:
        yield PASSWORD
    except (CalamineError, OSError, ValueError):
        yield DAMAGED
    else:
        yield "done"


def main() -> None:
    path, *numbers = sys.argv[1:]
    megabytes, seconds, rows, columns, letters = map(int, numbers)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for one in told(path, rows, columns, letters):
        sys.stdout.write(json.dumps(one) + "\n")


if __name__ == "__main__":
    main()
