"""Counts of people too few to be shown: nobody may be recognised, nor found again by subtraction."""

from collections.abc import Sequence

FEWEST = 5


def masked(counts: Sequence[int]) -> list[int | None]:
    """The counts with those of 1 to 4 hidden (None), and the smallest others, as few as no sum needs to give them back.

    Their total may be shown beside them when two or more are hidden; see ``total_may_show``.
    """
    hidden = [count for count in counts if 0 < count < FEWEST]
    others = sorted(count for count in counts if count >= FEWEST)
    while hidden and not _is_blurred(hidden) and others:
        hidden.append(others.pop(0))
    shown: list[int | None] = []
    for count in counts:
        if count in hidden:
            hidden.remove(count)
            shown.append(None)
        else:
            shown.append(count)
    return shown


def total_may_show(counts: Sequence[int]) -> bool:
    """Whether the total, beside the masked counts, gives no hidden one back."""
    hidden = [count for count, shown in zip(counts, masked(counts), strict=True) if shown is None]
    return not hidden or _is_blurred(hidden)


def _is_blurred(hidden: Sequence[int]) -> bool:
    return len(hidden) > 1 and sum(hidden) >= 2 * FEWEST
