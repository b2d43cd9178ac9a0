"""What an import has found and done so far."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from django.utils.translation import ngettext

from exchange.reading import Problem, Tolerance
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


class Tolerances:
    """What was read all the same, once per file, column and kind: the first cell, and how many others."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str, str], Tolerance] = {}
        self._others = defaultdict[tuple[str, str, str], int](int)

    def __iadd__(self, found: Iterable[Tolerance]) -> Self:
        for one in found:
            what = (one.file, one.column, one.kind)
            if self._first.setdefault(what, one) is not one:
                self._others[what] += 1
        return self

    def said(self) -> list[Tolerance]:
        return [replace(one, sentence=one.sentence + self._more(what)) for what, one in self._first.items()]

    def _more(self, what: tuple[str, str, str]) -> str:
        count = self._others[what]
        words = ngettext(" De même une autre ligne.", " De même %(count)s autres lignes.", count)
        return words % {"count": count} if count else ""


@dataclass
class Count:
    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass
class State:
    scratch: Scratch
    files: frozenset[str] = frozenset()
    problems: Problems = field(default_factory=Problems)
    tolerances: Tolerances = field(default_factory=Tolerances)
    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    boards: set[int] = field(default_factory=set)
    _stand_ins: int = 0

    def stand_in(self) -> int:
        """A primary key for a row that will not be written, so that rows that refer to it can still be checked."""
        self._stand_ins -= 1
        return self._stand_ins
