"""Counts of people too few to be shown: nobody may be recognised, nor found again by subtraction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)

FEWEST = 5


def masked(counts: Sequence[int]) -> list[int | None]:
    """The counts with those of 1 to 4 hidden (None), and enough others that no sum gives them back.

    Their total may be shown beside them when two or more are hidden; see ``total_may_show``.
    """
    return list(masked_table(dict(enumerate(counts)), lambda _cell: None).values())


def masked_table(counts: Mapping[Cell, int], *lines: Callable[[Cell], Hashable]) -> dict[Cell, int | None]:
    """The counts of a table, masked as above along every line whose total may be known from elsewhere.

    Each of ``lines`` tells which line of one kind a cell is in: its row, its column.
    """
    hidden = {cell for cell, count in counts.items() if 0 < count < FEWEST}
    before = -1
    while before < len(hidden):  # what one line hides may be alone in another
        before = len(hidden)
        for line_of in lines:
            line: dict[Hashable, list[Cell]] = defaultdict(list)
            for cell in counts:
                line[line_of(cell)].append(cell)
            for cells in line.values():
                hidden |= _also_hidden(cells, hidden, counts)
    return {cell: None if cell in hidden else count for cell, count in counts.items()}


def total_may_show(counts: Sequence[int]) -> bool:
    """Whether the total, beside the masked counts, gives no hidden one back."""
    hidden = [count for count, shown in zip(counts, masked(counts), strict=True) if shown is None]
    return not hidden or _is_blurred(hidden)


def _also_hidden(cells: Sequence[Cell], hidden: Collection[Cell], counts: Mapping[Cell, int]) -> set[Cell]:
    """The cells of a line to hide beside those that are: the smallest, as few as are needed."""
    gone = [counts[cell] for cell in cells if cell in hidden]
    others = sorted((cell for cell in cells if cell not in hidden and counts[cell]), key=lambda cell: counts[cell])
    more: set[Cell] = set()
    while gone and not _is_blurred(gone) and others:
        more.add(cell := others.pop(0))
        gone.append(counts[cell])
    return more


def _is_blurred(hidden: Sequence[int]) -> bool:
    return len(hidden) > 1 and sum(hidden) >= 2 * FEWEST
