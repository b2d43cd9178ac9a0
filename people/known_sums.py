"""Told sums, each without the ones inside it, over atoms of one kind: those that no told sum tells apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from people.suppression import FEWEST


@dataclass(frozen=True)
class Kind:
    """Atoms that are in the same rows. Atoms are numbered from the smallest count to the largest."""

    atoms: tuple[int, ...]
    slack: int
    """How many people beside one in each atom."""
    donors: tuple[int, ...]
    """The atoms of more than one."""


class KnownSums:
    """What was told, as rows of kinds: sums of atoms, equivalent to the told ones.

    A row inside another is taken out of it, so that sums that are nested leave rows that do not meet.
    """

    def __init__(self, counts: Sequence[int]) -> None:
        self.counts = counts
        everybody = range(len(counts))
        self.kinds: dict[int, Kind] = {0: self._kind(everybody)}
        self.kind_of = [0] * len(counts)
        self.rows: dict[int, frozenset[int]] = {}
        self.rows_of: dict[int, frozenset[int]] = {0: frozenset()}
        self.to_come: dict[int, tuple[frozenset[int], float]] = {}
        """Sums that may be told yet, of kinds, each with how much it matters."""
        self.to_come_of: defaultdict[int, set[int]] = defaultdict(set)
        self._next = 1
        self._before: list[tuple[dict[int, object], int, object]] = []
        """What ``learn`` changed, to be put back: a dictionary, its key, its value (None: it had none)."""

    def learn(self, atoms: frozenset[int]) -> list[int]:
        """Learn the sum of the atoms; the rows that this changed."""
        self._before = []
        new = self._number()
        self._set_row(new, frozenset(self._split(atoms)))
        return self._reduce(new)

    def expect(self, sums: Sequence[frozenset[int]]) -> None:
        """Sums that are to be learnt or left, the ones that matter most first: a proof had better not move them."""
        for atoms in sums:
            self._split(atoms)
        self._before = []
        for place, atoms in enumerate(sums):
            kinds = frozenset(self.kinds_of(atoms))
            self.to_come[place] = kinds, 10 ** (5 * (1 - place / len(sums)))
            for kind in kinds:
                self.to_come_of[kind].add(place)

    def no_longer_expect(self, place: int) -> None:
        for kind in self.to_come.pop(place)[0]:
            self.to_come_of[kind].discard(place)

    def forget(self) -> None:
        """Take back the last sum learnt."""
        for where, key, value in reversed(self._before):
            if value is None:
                where.pop(key, None)
            else:
                where[key] = value
            if where is self.kinds and isinstance(value, Kind):
                for atom in value.atoms:
                    self.kind_of[atom] = key
        self._before = []

    def slack(self, row: int) -> int:
        return sum(self.kinds[kind].slack for kind in self.rows.get(row, ()))

    def atoms(self, row: int) -> set[int]:
        return {atom for kind in self.rows.get(row, ()) for atom in self.kinds[kind].atoms}

    def kinds_of(self, atoms: Iterable[int]) -> list[int]:
        return sorted({self.kind_of[atom] for atom in atoms})

    def cross(self, sums: Iterable[frozenset[int]]) -> bool:
        """Whether two of these sums, or of those that are known, meet without one being inside the other."""
        innermost: dict[int, int] = {}
        known = [frozenset(self.atoms(row)) for row in self.rows if self.rows[row]]
        for number, atoms in enumerate(sorted([*sums, *known], key=len, reverse=True)):
            if len({innermost.get(atom) for atom in atoms}) > 1:
                return True
            innermost |= dict.fromkeys(atoms, number)
        return False

    def swaps(self, atoms: frozenset[int], *, enough: int) -> tuple[dict[int, int], dict[int, int]]:
        """Moves between these atoms and others of the same rows: ``enough`` more, or else all that can come and go.

        Whoever gives, gives all but one: the table of after has somebody few, as a table with masks must.
        """
        up: dict[int, int] = {}
        down: dict[int, int] = {}
        gained = 0
        mates = self._mates(atoms)
        for inside, kinds in mates:
            if not self.rows_of[self.kind_of[inside[0]]]:
                return {inside[0]: enough}, {}
            for donor in (donor for kind in kinds for donor in kind.donors if donor not in atoms):
                if gained >= enough:
                    return up, {}
                gained += _give(up, donor, inside[0], self.counts[donor] - 1)
        for inside, kinds in mates if gained < enough else ():
            taker = next((atom for kind in kinds for atom in kind.atoms if atom not in atoms), None)
            if taker is not None:
                for donor in inside:
                    _give(down, donor, taker, self.counts[donor] - 1)
        return up, down

    def stands(self, move: dict[int, int]) -> bool:
        """Whether every row keeps its sum, every atom one or more, and somebody is few in what moved or beside it."""
        changes: defaultdict[int, int] = defaultdict(int)
        for atom, by in move.items():
            for row in self.rows_of[self.kind_of[atom]]:
                changes[row] += by
        after = {atom: self.counts[atom] + by for atom, by in move.items()}
        if any(changes.values()) or any(count < 1 for count in after.values()):
            return False
        near = (atom for row in changes for atom in self.atoms(row))
        return not changes or any(after.get(atom, self.counts[atom]) < FEWEST for atom in near)

    def _mates(self, atoms: frozenset[int]) -> list[tuple[list[int], list[Kind]]]:
        """The atoms by the rows that they are in, each with the kinds that are in the very same rows."""
        by_rows: defaultdict[frozenset[int], list[int]] = defaultdict(list)
        for atom in sorted(atoms):
            by_rows[self.rows_of[self.kind_of[atom]]].append(atom)
        found = []
        for rows, inside in by_rows.items():
            smallest = min((self.rows[row] for row in rows), key=len, default=frozenset())
            found.append((inside, [self.kinds[kind] for kind in sorted(smallest) if self.rows_of[kind] == rows]))
        return found

    def _split(self, atoms: frozenset[int]) -> list[int]:
        """The kinds that the atoms are, once those that are so in part are two."""
        parts: defaultdict[int, list[int]] = defaultdict(list)
        for atom in sorted(atoms):
            parts[self.kind_of[atom]].append(atom)
        found = []
        for kind, inside in parts.items():
            whole = self.kinds[kind]
            if len(inside) == len(whole.atoms):
                found.append(kind)
                continue
            new = self._number()
            members = set(inside)
            self._set(self.kinds, kind, self._kind([atom for atom in whole.atoms if atom not in members]))
            self._set(self.kinds, new, self._kind(inside))
            self._set(self.rows_of, new, self.rows_of[kind])
            for row in self.rows_of[kind]:
                self._set(self.rows, row, self.rows[row] | {new})
            for atom in inside:
                self.kind_of[atom] = new
            found.append(new)
        return found

    def _reduce(self, new: int) -> list[int]:
        """Take rows out of the rows that hold them; those that changed and are left."""
        changed, todo = {new: None}, [new]
        while todo:
            one = todo.pop()
            for other in sorted({row for kind in self.rows[one] for row in self.rows_of[kind]} - {one}):
                small, large = (one, other) if self.rows[one] <= self.rows[other] else (other, one)
                if self.rows[small] and self.rows[small] <= self.rows[large]:
                    self._set_row(large, self.rows[large] - self.rows[small])
                    changed[large] = None
                    todo.append(large)
        return [row for row in changed if self.rows[row]]

    def _set_row(self, row: int, kinds: frozenset[int]) -> None:
        before = self.rows.get(row, frozenset())
        for kind in before - kinds:
            self._set(self.rows_of, kind, self.rows_of[kind] - {row})
        for kind in kinds - before:
            self._set(self.rows_of, kind, self.rows_of[kind] | {row})
        self._set(self.rows, row, kinds)

    def _set(self, where: dict, key: int, value: object) -> None:
        self._before.append((where, key, where.get(key)))
        where[key] = value

    def _kind(self, atoms: Collection[int]) -> Kind:
        donors = tuple(atom for atom in atoms if self.counts[atom] > 1)
        return Kind(tuple(atoms), sum(self.counts[atom] - 1 for atom in donors), donors)

    def _number(self) -> int:
        self._next += 1
        return self._next


def _give(move: dict[int, int], giver: int, taker: int, number: int) -> int:
    if number:
        move[giver] = move.get(giver, 0) - number
        move[taker] = move.get(taker, 0) + number
    return number
