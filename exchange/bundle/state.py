"""What an import has found and done so far."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from exchange.reading import Problem
from exchange.scratch import Scratch

#: As many as anyone reads: a small zip can hold millions of wrong rows.
MOST_PROBLEMS = 1000


class Problems:
    """The first problems, and how many more were found."""

    def __init__(self) -> None:
        self.first: list[Problem] = []
        self.more = 0

    def __iadd__(self, found: Iterable[Problem]) -> Self:
        for problem in found:
            self.append(problem)
        return self

    def append(self, problem: Problem) -> None:
        if len(self.first) < MOST_PROBLEMS:
            self.first.append(problem)
        else:
            self.more += 1

    def __bool__(self) -> bool:
        return bool(self.first)


@dataclass
class Count:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class State:
    scratch: Scratch
    problems: Problems = field(default_factory=Problems)
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    boards: set[int] = field(default_factory=set)
    _stand_ins: int = 0

    def stand_in(self) -> int:
        """A primary key for a row that will not be written, so that rows that refer to it can still be checked."""
        self._stand_ins -= 1
        return self._stand_ins
