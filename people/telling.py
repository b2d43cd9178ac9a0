"""Sums of people that may be told together: from none of them, nor from all, is a small one found by subtraction."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from people.disclosure import Reader
from people.suppression import FEWEST

Key = TypeVar("Key", bound=Hashable)
Atom = TypeVar("Atom", bound=Hashable)


def told(
    rounds: Iterable[Sequence[tuple[Key, Collection[Atom]]]],
    counts: Mapping[Atom, int],
    *,
    known: Sequence[Collection[Atom]] = (),
    kept: Sequence[Collection[Atom]] = (),
) -> dict[Key, int | None]:
    """Each sum in words of numbers, None when it is not to be told.

    A sum is named by its key and tells of some atoms, the smallest counts that any sum is made of. Sums are told in the
    order given: one of 1 to 4 never is, nor one that would leave such a one narrower than ``WIDE`` beside all that was
    told before. A round is what is told at one time: what it hides binds itself and the rounds after it, and changes
    none before. Whoever reads is taken to know already which atoms are of nobody. See ``disclosure.Reader``.

    Of atoms of somebody: ``known`` are sums that are out already; ``kept``, those that were hidden beside them.
    """
    shown: dict[Key, int | None] = {}
    reader = Reader(counts)
    reader.learn(known)
    reader.keep_from(kept)
    for sums in rounds:
        some = [(key, [atom for atom in atoms if counts.get(atom)]) for key, atoms in sums]
        reader.keep_from(atoms for _key, atoms in some)
        large = []
        for key, atoms in some:
            count = sum(counts[atom] for atom in atoms)
            shown[key] = None if count else 0
            if count >= FEWEST:
                large.append((key, atoms, count))
        for (key, _atoms, count), is_learnt in zip(
            large, reader.learn([atoms for _key, atoms, _n in large]), strict=True
        ):
            shown[key] = count if is_learnt else None
    return shown


def told_parts(counts: Sequence[int]) -> tuple[list[int | None], int | None]:
    """The parts of a whole, and their total, which comes first; the largest part first. None is not to be told."""
    whole: tuple[str, int] = ("total", 0)
    parts = sorted(range(len(counts)), key=lambda part: -counts[part])
    atoms = dict(enumerate(counts))
    shown = told([[(whole, list(atoms)), *((("part", part), [part]) for part in parts)]], atoms)
    return [shown["part", part] for part in range(len(counts))], shown[whole]


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
