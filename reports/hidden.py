"""How many numbers of a report are masked, which it says of itself."""

from collections.abc import Iterable

from reports.document import Sheet
from reports.tables import Unsaid


def hidden(sheets: Iterable[Sheet]) -> int:
    """The masked cells of these tables, whose rows can be read again."""
    return sum(cell is Unsaid.MASKED for sheet in sheets for row in sheet.table.cells for cell in row)
