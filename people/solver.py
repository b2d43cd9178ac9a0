"""Tables of whole numbers that have the same told sums, found by a solver of linear programmes (HiGHS)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from people.known_sums import KnownSums

Move = dict[int, int]
OF_A_ROW = 20


def moves(known: KnownSums, atoms: frozenset[int], *, enough: int, near: Sequence[int]) -> Iterator[tuple[Move, Move]]:
    """How much more these atoms may have together, and how much less, ``enough`` between the two if it can be.

    Among so many kinds of atoms (few of them first, for it is faster) the answer is exact; what only a wider move would
    show is not found.
    """
    own = sum(known.counts[atom] - 1 for atom in atoms)
    before = 0
    for number in near:
        kinds = _nearest(known, atoms, number)
        if len(kinds) > before:
            program = _Program(known, atoms, kinds)
            more = program.fewest_moved(enough - own)
            less = program.fewest_moved(-own) if own and more is not None else {}
            if more is not None and less is not None:
                yield more, less
            before = len(kinds)
    yield program.furthest(1), program.furthest(-1)


def _nearest(known: KnownSums, atoms: frozenset[int], near: int) -> list[int]:
    """The kinds of these atoms and those that share a sum with them, step by step, the smallest sums first.

    Of a long sum the smallest counts that can give somebody come first: they are told last, or never.
    """
    found = dict.fromkeys(known.kinds_of(atoms))
    seen: set[frozenset[int]] = set()
    edge = list(found)
    while edge and len(found) < near:
        reached = {known.rows[row] for kind in edge for row in known.rows_of[kind]}
        reached |= {known.to_come[place][0] for kind in edge for place in known.to_come_of[kind]}
        edge = []
        for row in sorted(reached - seen, key=lambda row: (len(row), min(row))):
            seen.add(row)
            kinds = sorted(row - found.keys(), key=lambda kind: _appeal(known, kind))[:OF_A_ROW]
            edge += kinds
            found |= dict.fromkeys(kinds)
            if len(found) >= near:
                break
    return list(found)[:near]


def _appeal(known: KnownSums, kind: int) -> tuple[bool, int, int]:
    slack = known.kinds[kind].slack
    return not slack, slack, kind


class _Program:
    """Variables: of each kind, and of its atoms that are asked for apart from the others, how many come and go;
    and of each sum to come, by how much it is moved."""

    def __init__(self, known: KnownSums, atoms: frozenset[int], kinds: Sequence[int]) -> None:
        self.counts = known.counts
        self.groups: list[list[int]] = []
        asked: list[bool] = []
        hard: defaultdict[int, list[int]] = defaultdict(list)
        soft: defaultdict[int, list[int]] = defaultdict(list)
        for kind in kinds:
            members = known.kinds[kind].atoms
            inside = [atom for atom in members if atom in atoms]
            outside = [atom for atom in members if atom not in atoms] if inside else list(members)
            for group, is_asked in ((inside, True), (outside, False)):
                if group:
                    for row in known.rows_of[kind]:
                        hard[row].append(len(self.groups))
                    for place in known.to_come_of[kind]:
                        soft[place].append(len(self.groups))
                    self.groups.append(group)
                    asked.append(is_asked)
        self.slack = np.array([sum(self.counts[atom] - 1 for atom in group) for group in self.groups], dtype=float)
        self.asked = np.array(asked, dtype=float)
        self.hard = list(hard.values())
        self.soft = list(soft.values())
        self.weights = np.array([known.to_come[place][1] for place in soft], dtype=float)

    def fewest_moved(self, enough: int) -> Move | None:
        """The move of fewest people and latest sums that gives them ``enough`` more; less, when it is below 0."""
        n, m = len(self.groups), len(self.soft)
        cost = 0.01 * (1 + np.minimum(self.slack, 100) / 100)
        entries = [(line, group, 1.0) for line, row in enumerate(self.hard + self.soft) for group in row]
        entries += [(line, group + n, -value) for line, group, value in entries]
        for number in range(m):
            entries += [
                (len(self.hard) + number, 2 * n + number, -1.0),
                (len(self.hard) + number, 2 * n + m + number, 1.0),
            ]
        last = len(self.hard) + m
        for group in np.flatnonzero(self.asked):
            entries += [(last, int(group), 1.0), (last, int(group) + n, -1.0)]
        size = 2 * (n + m)
        lines, columns, values = zip(*entries, strict=True)
        least = np.zeros(last + 1)
        least[last] = enough if enough > 0 else -np.inf
        most = np.zeros(last + 1)
        most[last] = np.inf if enough > 0 else enough
        found = self._solved(
            np.concatenate([cost, cost, self.weights, self.weights]),
            LinearConstraint(csr_array((values, (lines, columns)), shape=(last + 1, size)), least, most),
            Bounds(0, np.concatenate([np.full(n, np.inf), self.slack, np.full(2 * m, np.inf)])),
            2 * n,
        )
        return None if found is None else self._move(found[:n] - found[n : 2 * n])

    def furthest(self, sign: int) -> Move:
        """The move that gives them the most more (or, by a ``sign`` of -1, the most less)."""
        n = len(self.groups)
        entries = [(line, group) for line, row in enumerate(self.hard) for group in row]
        lines, columns = zip(*entries, strict=True) if entries else ((), ())
        rows = csr_array((np.ones(len(entries)), (lines, columns)), shape=(len(self.hard), n))
        found = self._solved(-sign * self.asked, LinearConstraint(rows, 0, 0), Bounds(-self.slack, np.inf), n)
        return {} if found is None else self._move(found)

    def _solved(
        self, cost: NDArray[np.float64], rows: LinearConstraint, bounds: Bounds, whole: int
    ) -> NDArray[np.float64] | None:
        """A best table; in whole numbers, even when the first that is found is not."""
        found: NDArray[np.float64] | None = milp(cost, constraints=[rows], bounds=bounds).x
        if found is not None and np.abs(found[:whole] - np.round(found[:whole])).max() > 1e-6:
            integrality = np.zeros(len(cost))
            integrality[:whole] = 1
            found = milp(cost, constraints=[rows], bounds=bounds, integrality=integrality).x
        return found

    def _move(self, changes: NDArray[np.float64]) -> Move:
        """Shared out among the atoms of each group: one takes all that comes, and each that gives, gives all it can."""
        move: Move = {}
        for group, change in zip(self.groups, changes, strict=True):
            by = round(change)
            if by > 0:
                move[group[0]] = by
            for atom in group if by < 0 else ():
                given = min(-by, self.counts[atom] - 1)
                by += given
                if given:
                    move[atom] = -given
        return move
