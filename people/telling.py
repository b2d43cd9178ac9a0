"""Sums of people that may be told together: from none of them, nor from all, is a small one found by subtraction."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from people.suppression import FEWEST

Key = TypeVar("Key", bound=Hashable)
Atom = TypeVar("Atom", bound=Hashable)
Row = dict[Hashable, int]

PRIME = 2**61 - 1
"""Reductions are exact in whole numbers, within this field."""


def told(rounds: Iterable[Sequence[tuple[Key, Collection[Atom]]]], counts: Mapping[Atom, int]) -> dict[Key, int | None]:
    """Each sum in words of numbers, None when it is not to be told.

    A sum is named by its key and tells of some atoms, the smallest counts that any sum is made of. Sums are told in the
    order given: one of 1 to 4 never is, nor one that would give such a one back beside all that was told before. A
    round is what is told at one time: what it hides binds itself and the rounds after it, and changes none before.
    Whoever reads is taken to know already which atoms are of nobody.
    """
    shown: dict[Key, int | None] = {}
    known = _Known(counts)
    for sums in rounds:
        some = [(key, [atom for atom in atoms if counts.get(atom)]) for key, atoms in sums]
        known.keep_from(atoms for _key, atoms in some)
        for key, atoms in some:
            count = sum(counts[atom] for atom in atoms)
            shown[key] = count if not count or (count >= FEWEST and known.may_learn(atoms)) else None
    return shown


class _Known:
    """What a reader can work out: the sums told so far, each reduced by the others (reduced row echelon form)."""

    def __init__(self, counts: Mapping[Any, int]) -> None:
        self.counts = counts
        self.rows: dict[Hashable, Row] = {}
        """By its leading atom, which no other row holds."""
        self.secrets: list[Row] = []

    def keep_from(self, sums: Iterable[Collection[Hashable]]) -> None:
        """From now on, the sums of these that are too small, and each of their atoms that is, stay unknown."""
        small: dict[frozenset[Hashable], None] = {}
        for atoms in sums:
            for some in (atoms, *([atom] for atom in atoms)):
                if 0 < sum(self.counts[atom] for atom in some) < FEWEST:
                    small[frozenset(some)] = None
        self.secrets += [dict.fromkeys(some, 1) for some in small]

    def may_learn(self, atoms: Collection[Hashable]) -> bool:
        """Learn the sum of these atoms, unless it would give something away."""
        new = self._reduced(dict.fromkeys(atoms, 1))
        if not new:
            return True
        before = dict(self.rows)
        self._add(new)
        if any(not self._reduced(secret) for secret in self.secrets) or any(map(self._is_tight, self.rows.values())):
            self.rows = before
            return False
        return True

    def _reduced(self, row: Row) -> Row:
        left = dict(row)
        for atom in row:
            if atom in self.rows:
                _subtract(left, self.rows[atom], left[atom])
        return left

    def _add(self, row: Row) -> None:
        lead = next(iter(row))
        inverse = pow(row[lead], -1, PRIME)
        unit = {atom: value * inverse % PRIME for atom, value in row.items()}
        for other, theirs in self.rows.items():
            if lead in theirs:
                less = dict(theirs)
                _subtract(less, unit, theirs[lead])
                self.rows[other] = less
        self.rows[lead] = unit

    def _is_tight(self, row: Row) -> bool:
        """Whether it is a plain sum that leaves its small counts too little room to differ."""
        plain = len(row) > 1 and all(value == 1 for value in row.values())
        return (
            plain
            and sum(self.counts[atom] for atom in row) < 2 * FEWEST
            and any(self.counts[atom] < FEWEST for atom in row)
        )


def _subtract(row: Row, other: Row, times: int) -> None:
    for atom, value in other.items():
        left = (row.get(atom, 0) - times * value) % PRIME
        if left:
            row[atom] = left
        else:
            row.pop(atom, None)


Path = tuple[int | None, ...]
"""A place: the whole, a school of it, a programme of the school (or the school's own people, in none)."""
EVERYWHERE: Path = ()
Span = tuple[str, Collection[int]]
"""A stretch of time by its name, and the parts of time that it is made of."""
NOW: list[list[Span]] = [[("now", (0,))]]


def told_in_places(
    counts: Mapping[tuple[Path, int], int], rounds: Sequence[Sequence[Span]], *, exact: bool = False
) -> dict[tuple[str, Path], int | None]:
    """What may be told of every place over every stretch: the whole first, then schools, then programmes.

    Among the programmes of a school the largest number comes first: the one hidden to protect another is the smallest.
    ``exact`` tells all of them: what is counted is nobody.
    """
    places = {path[:depth] for path, _part in counts for depth in range(len(path) + 1)}
    of_place = {place: [atom for atom in counts if atom[0][: len(place)] == place] for place in places}

    def sums(span: Span) -> list[tuple[tuple[str, Path], list[tuple[Path, int]]]]:
        name, parts = span
        found = [((name, place), [atom for atom in atoms if atom[1] in parts]) for place, atoms in of_place.items()]
        return sorted(found, key=lambda one: (len(one[0][1]), -sum(counts[atom] for atom in one[1]), str(one[0][1])))

    in_order = [[one for span in spans for one in sums(span)] for spans in rounds]
    if exact:
        return {key: sum(counts[atom] for atom in atoms) for sums_told in in_order for key, atoms in sums_told}
    return told(in_order, counts)
