"""A cost beside its reference, taken in turn so that both meet the same noise; and what is promised without a clock."""

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

    @property
    def is_kept(self) -> bool:
        """Whether the floor holds. Of seconds nothing is promised: machines differ."""
        return self.ratio is None or self.goals is None or self.ratio <= self.goals[0]

    @property
    def line(self) -> str:
        reference = "" if self.reference_milliseconds is None else f"{self.reference_milliseconds:,.2f}"
        ratio = "" if self.ratio is None else f"{self.ratio:.1f}"
        goals = " / ".join(f"{goal:g}" for goal in self.goals or ())
        queries = "" if self.queries is None else self.queries
        return f"{self.name:<56}{self.milliseconds:>12,.1f}{reference:>12}{ratio:>9}  {goals:<16}{queries:>8}"

    @property
    def said(self) -> dict[str, object]:
        return {**vars(self), "ratio": self.ratio}


@dataclass(frozen=True)
class Budgeted:
    """One line of the table that no machine changes: a number, its floor and its goal."""

    name: str
    value: float
    unit: str
    floor: float
    goal: float
    at_least: bool = False

    @property
    def is_kept(self) -> bool:
        return self.value >= self.floor if self.at_least else self.value <= self.floor

    @property
    def line(self) -> str:
        value = f"{self.value:.1f}".removesuffix(".0")
        return f"{self.name:<56}{f'{value} {self.unit}'.strip():>33}  {f'{self.floor:g} / {self.goal:g}':<16}"

    @property
    def said(self) -> dict[str, object]:
        return dict(vars(self))


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
