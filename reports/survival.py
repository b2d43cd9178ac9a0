"""How long relationships last before an early end, when some still do and some end as planned: Kaplan–Meier."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

from people.months import add_months, months_between

Z_95 = 1.959963984540054
FEWEST = 10
"""Under this many relationships a share says more than is known: the curve turns grey, the table gives no share."""


@dataclass(frozen=True)
class Length:
    """One relationship: how many months it was followed, and how it ended, if it did."""

    months: float
    ended: bool
    """Early: what the estimate counts as an end."""
    planned: bool = False
    """Ended as planned: it was followed no longer, and says nothing against the others."""


@dataclass(frozen=True)
class Point:
    """From ``months`` on, the share that lasts longer, with its 95 % interval; ``at_risk`` just before."""

    months: float
    share: float
    low: float
    high: float
    at_risk: int
    ended: int


@dataclass(frozen=True)
class Survival:
    points: tuple[Point, ...]
    censored: tuple[float, ...]
    """The lengths of those that did not end early, planned endings included."""
    count: int
    planned: tuple[float, ...] = ()

    def at(self, months: float) -> Point:
        """The step of the curve that holds at ``months``."""
        return self.points[bisect_right([point.months for point in self.points], months) - 1]

    def beyond(self, months: float) -> int:
        """How many are known to last longer than ``months``: those still followed then."""
        return self.count - self.ended_by(months) - bisect_right(self.censored, months)

    @property
    def thin_from(self) -> float:
        """The months from which fewer than ``FEWEST`` are still followed: the rest of the curve says little."""
        lengths = [*self.censored, *(point.months for point in self.points for _ended in range(point.ended))]
        return sorted(lengths)[-FEWEST] if self.count >= FEWEST else 0.0

    def ended_by(self, months: float) -> int:
        """How many had ended early."""
        return sum(point.ended for point in self.points if point.months <= months)

    def planned_by(self, months: float) -> int:
        """How many had ended as planned."""
        return bisect_right(self.planned, months)

    def shorter_by(self, months: float) -> int:
        """How many have not ended, and were followed for no longer than that."""
        return bisect_right(self.censored, months) - self.planned_by(months)


def months_long(start: date, end: date) -> float:
    """Calendar months with their fraction: exactly 3.0 on the day that three months have gone by."""
    whole = months_between(start, end)
    reached, following = add_months(start, whole), add_months(start, whole + 1)
    return whole + max(0.0, (end - reached).days / (following - reached).days)


def kaplan_meier(lengths: Sequence[Length]) -> Survival:
    """The share of relationships without an early end at each length; the others count for as long as they are known.

    The interval is Greenwood's on the log-log scale, which stays within 0 and 1. At a tie, an ending comes before a
    censoring.
    """
    ended = Counter(length.months for length in lengths if length.ended)
    censored = tuple(sorted(length.months for length in lengths if not length.ended))
    everyone = sorted(length.months for length in lengths)
    points = [Point(0.0, 1.0, 1.0, 1.0, len(everyone), 0)]
    share, variance = 1.0, 0.0
    for months, deaths in sorted(ended.items()):
        at_risk = len(everyone) - bisect_left(everyone, months)
        share *= 1 - deaths / at_risk
        if at_risk > deaths:
            variance += deaths / (at_risk * (at_risk - deaths))
        points.append(Point(months, share, *_interval(share, variance), at_risk, deaths))
    planned = tuple(sorted(length.months for length in lengths if length.planned))
    return Survival(tuple(points), censored, len(everyone), planned)


def _interval(share: float, variance: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    spread = Z_95 * sqrt(variance) / log(share)
    low, high = sorted((share ** exp(spread), share ** exp(-spread)))
    return low, high
