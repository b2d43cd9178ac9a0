"""Counts of people too few to be shown: nobody may be recognised, nor found again by subtraction."""

from collections.abc import Sequence

FEWEST = 5


def masked(counts: Sequence[int]) -> list[int | None]:
    """The counts with those of 1 to 4 hidden (None), and enough others that no sum gives them back.

    Their total may be shown beside them when two or more are hidden; see ``total_may_show``.
    """
    hidden = {index for index, count in enumerate(counts) if 0 < count < FEWEST}
    others = sorted((i for i, count in enumerate(counts) if count >= FEWEST), key=lambda i: counts[i])
    while hidden and (len(hidden) < 2 or sum(counts[i] for i in hidden) < 2 * FEWEST) and others:
        hidden.add(others.pop(0))
    return [None if index in hidden else count for index, count in enumerate(counts)]


def total_may_show(counts: Sequence[int]) -> bool:
    """Whether the total, beside the masked counts, gives no hidden one back."""
    hidden = [count for count, shown in zip(counts, masked(counts), strict=True) if shown is None]
    return not hidden or (len(hidden) > 1 and sum(hidden) >= 2 * FEWEST)
