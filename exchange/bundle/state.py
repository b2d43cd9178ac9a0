"""What an import has found and done so far."""

from collections import defaultdict
from dataclasses import dataclass, field

from exchange.reading import Problem


@dataclass
class Count:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class State:
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    boards: set[int] = field(default_factory=set)
    _stand_ins: int = 0

    def stand_in(self) -> int:
        """A primary key for a row that will not be written, so that rows that refer to it can still be checked."""
        self._stand_ins -= 1
        return self._stand_ins
