"""A cost beside its reference, taken in turn so that both meet the same noise."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Measured:
    """One line of the table. Without a reference, ``goals`` are seconds; else they are ratios: floor, goal, stretch."""

    name: str
    milliseconds: float
    reference_milliseconds: float | None = None
    goals: tuple[float, float, float] | None = None
    queries: int | None = None

    @property
    def ratio(self) -> float | None:
        return self.milliseconds / self.reference_milliseconds if self.reference_milliseconds else None


def milliseconds(work: Work) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def compare(
    name: str,
    work: Work,
    reference: Work,
    *,
    rounds: int,
    before: Work = lambda: None,
    goals: tuple[float, float, float] | None = None,
    queries: int | None = None,
) -> Measured:
    """Medians over some rounds; ``before`` sets each round up, outside the clock."""
    costs, scales = [], []
    for _round in range(rounds):
        before()
        costs.append(milliseconds(work))
        scales.append(milliseconds(reference))
    return Measured(name, statistics.median(costs), statistics.median(scales), goals, queries)
