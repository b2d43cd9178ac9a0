"""How long relationships last, when some of them still do: the Kaplan–Meier estimate."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, inf, log, sqrt

from people.months import add_months, months_between

Z_95 = 1.959963984540054
FEWEST = 10
"""Under this many relationships a curve says more than is known: the page shows a table instead."""


@dataclass(frozen=True)
class Length:
    """One relationship: its months so far, and whether it has ended (an open one is censored)."""

    months: float
    ended: bool


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
    count: int

    def at(self, months: float) -> Point:
        """The step of the curve that holds at ``months``."""
        return self.points[bisect_right([point.months for point in self.points], months) - 1]

    def beyond(self, months: float) -> int:
        """How many are known to last longer than ``months``."""
        ended = sum(point.ended for point in self.points if point.months <= months)
        return self.count - ended - sum(1 for length in self.censored if length <= months)

    @property
    def known_until(self) -> float:
        """The months up to which the share is known: for ever once all have ended, else the longest followed."""
        return inf if self.points[-1].share == 0 else max([self.points[-1].months, *self.censored])

    def ended_by(self, months: float) -> int:
        return sum(point.ended for point in self.points if point.months <= months)


def months_long(start: date, end: date) -> float:
    """Calendar months with their fraction: exactly 3.0 on the day that three months have gone by."""
    whole = months_between(start, end)
    reached, following = add_months(start, whole), add_months(start, whole + 1)
    return whole + max(0.0, (end - reached).days / (following - reached).days)


def kaplan_meier(lengths: Sequence[Length]) -> Survival:
    """The share of relationships that last longer than each length; open ones count for as long as they are known.

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
    return Survival(tuple(points), censored, len(everyone))


def _interval(share: float, variance: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    spread = Z_95 * sqrt(variance) / log(share)
    low, high = sorted((share ** exp(spread), share ** exp(-spread)))
    return low, high
