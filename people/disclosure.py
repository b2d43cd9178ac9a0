"""What a reader can work out of small numbers from the sums that were told: how wide each remains, proved by tables."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from people.known_sums import KnownSums
from people.suppression import FEWEST

WIDE = 2 * (FEWEST - 1)
"""How far apart the least and the most that a small number may be must stay: as far as 1 and 9, so that of the nine
that it may be, most are not small."""
NEAR = (30, 400)
"""How many kinds of atoms a proof is looked for among: what is not proved there is hidden."""
MOST_SOLVED = 400
"""Proofs asked anew of the solver for one file: then, so that its time is bounded, what no swap proves is hidden."""
Move = dict[int, int]
"""By atom, how many more (or fewer) another table has; every told sum is the same in it."""


@dataclass
class _Secret:
    atoms: frozenset[int]
    needs: int = WIDE
    up: Move = field(default_factory=dict)
    down: Move = field(default_factory=dict)

    def moved(self) -> Iterator[int]:
        yield from self.up
        yield from self.down


class Reader:
    """Somebody who knows every sum told so far, and which atoms are of nobody.

    Of each small number two tables of whole numbers are kept, both with the very sums that were told: in one it is
    ``WIDE`` more than in the other. They are the proof: what the solver says is added up again before it counts.
    """

    def __init__(self, counts: Mapping[Any, int]) -> None:
        ascending = sorted((atom for atom, count in counts.items() if count), key=lambda atom: counts[atom])
        self.number = {atom: number for number, atom in enumerate(ascending)}
        self.counts = [counts[atom] for atom in ascending]
        self.known = KnownSums(self.counts)
        self.solved = 0
        self.crosses = False
        """Whether sums meet without being one inside the other: then only a solver knows."""
        self.secrets: dict[frozenset[int], _Secret] = {}
        self._of_atom: defaultdict[int, list[_Secret]] = defaultdict(list)
        self._moving: defaultdict[int, dict[frozenset[int], _Secret]] = defaultdict(dict)
        """By atom, the secrets whose proof moves it."""

    def keep_from(self, sums: Iterable[Collection[Hashable]]) -> None:
        """From now on the small ones among these sums and their atoms stay as wide as ``WIDE``.

        Those that earlier rounds already made narrower stay as wide as they are.
        """
        for atoms in sums:
            numbers = [self.number[atom] for atom in atoms]
            for some in (numbers, *([number] for number in numbers)):
                if sum(self.counts[number] for number in some) < FEWEST and some:
                    self._keep(frozenset(some))

    def learn(self, sums: Sequence[Collection[Hashable]]) -> list[bool]:
        """Learn these sums in turn, but those that would leave a small number too narrow; which were learnt."""
        new = [frozenset(self.number[atom] for atom in atoms) for atoms in sums]
        self.crosses = self.crosses or self.known.cross(new)
        if self.crosses:
            self.known.expect(new)
        for secret in self.secrets.values():
            if not secret.up and not secret.down:
                self._begin(secret)
        found = []
        for place, atoms in enumerate(new):
            if self.crosses:
                self.known.no_longer_expect(place)
            found.append(self._may_learn(atoms))
        return found

    def _may_learn(self, new: frozenset[int]) -> bool:
        broken = self._broken(new)
        changed = self.known.learn(new)
        if not broken:
            return True
        proofs = None if self._is_tight(changed) else self._proofs(broken, new)
        if proofs is None:
            self.known.forget()
            return False
        for secret, (up, down) in zip(broken, proofs, strict=True):
            self._prove(secret, up, down)
        return True

    def _keep(self, atoms: frozenset[int]) -> None:
        if atoms in self.secrets:
            return
        self.secrets[atoms] = secret = _Secret(atoms)
        for atom in atoms:
            self._of_atom[atom].append(secret)

    def _begin(self, secret: _Secret) -> None:
        proof = (self.crosses and self._borrowed(secret, frozenset())) or self._proof(secret, least=0)
        if proof is not None:
            secret.needs = min(WIDE, _width(secret.atoms, *proof))
            self._prove(secret, *proof)

    def _broken(self, new: frozenset[int]) -> list[_Secret]:
        moving: dict[frozenset[int], _Secret] = {}
        for atom in sorted(new & self._moving.keys()):
            moving |= self._moving[atom]
        return [one for one in moving.values() if any(_change(new, move) for move in (one.up, one.down))]

    def _is_tight(self, rows: Iterable[int]) -> bool:
        """Whether a row that holds a small number has too little beside ones: no table moves it further than that."""
        for row in rows:
            slack = self.known.slack(row)
            if slack < WIDE:
                atoms = self.known.atoms(row)
                if any(one.needs > slack and one.atoms <= atoms for atom in atoms for one in self._of_atom[atom]):
                    return True
        return False

    def _proofs(self, secrets: Iterable[_Secret], new: frozenset[int]) -> list[tuple[Move, Move]] | None:
        found: list[tuple[Move, Move]] = []
        for secret in secrets:
            proof = (self.crosses and self._borrowed(secret, new)) or self._proof(secret, least=secret.needs)
            if proof is None:
                return None
            found.append(proof)
        return found

    def _borrowed(self, secret: _Secret, new: frozenset[int]) -> tuple[Move, Move] | None:
        """A proof made of the moves that prove others, those that keep a new sum."""
        moves: list[Move] = [{}]
        for atom in secret.atoms:
            for other in self._moving[atom].values():
                moves += [move for move in (other.up, other.down) if not _change(new, move)]
        by_change = sorted(moves, key=lambda move: _change(secret.atoms, move))
        if _width(secret.atoms, by_change[-1], by_change[0]) < WIDE:
            return None
        return by_change[-1], by_change[0]

    def _prove(self, secret: _Secret, up: Move, down: Move) -> None:
        for atom in secret.moved():
            self._moving[atom].pop(secret.atoms, None)
        secret.up, secret.down = up, down
        for atom in secret.moved():
            self._moving[atom][secret.atoms] = secret

    def _proof(self, secret: _Secret, *, least: int) -> tuple[Move, Move] | None:
        """Two moves that keep all told sums, the width between them at least ``least``; the widest up to ``WIDE``."""
        up, down = self.known.swaps(secret.atoms, enough=WIDE)
        if _width(secret.atoms, up, down) >= WIDE or not self.crosses:
            return (up, down) if _width(secret.atoms, up, down) >= least else None
        if least and self.solved >= MOST_SOLVED:
            return None
        self.solved += least > 0
        from people.solver import moves  # heavy, and seldom needed

        for up, down in moves(self.known, secret.atoms, enough=WIDE, near=NEAR):
            if _width(secret.atoms, up, down) >= least and all(map(self.known.stands, (up, down))):
                return up, down
        return None


def _change(atoms: Collection[int], move: Move) -> int:
    return sum(by for atom, by in move.items() if atom in atoms)


def _width(atoms: Collection[int], up: Move, down: Move) -> int:
    return _change(atoms, up) - _change(atoms, down)
