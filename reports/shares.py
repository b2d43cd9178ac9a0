"""Shares of a report of counts: with one decimal, masked where one of their terms is."""

from collections.abc import Sequence

from reports.tables import Unsaid

FEWEST_PROGRAMS = 3
"""Of fewer programmes, a mean beside the whole would give one of them back to another."""
Number = int | Unsaid


def percent(part: Number, whole: Number) -> float | Unsaid:
    """From 0 to 100; unknown of nobody."""
    if isinstance(part, Unsaid) or isinstance(whole, Unsaid):
        return Unsaid.MASKED
    return round(100 * part / whole, 1) if whole else Unsaid.UNKNOWN


def mean_of_programs(counts: Sequence[tuple[int, int]], *, fewest: int) -> tuple[float | Unsaid, int]:
    """The mean of the programmes' own shares, from their terms, and of how many programmes it is.

    Of those with ``fewest`` to count or more; unknown when they are too few.
    """
    told = [(part, whole) for part, whole in counts if whole >= fewest]
    if len(told) < FEWEST_PROGRAMS:
        return Unsaid.UNKNOWN, len(told)
    return round(sum(100 * part / whole for part, whole in told) / len(told), 1), len(told)
