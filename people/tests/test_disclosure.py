"""A reader who has a solver finds no small number closer than promised: random cubes against a programme of its own."""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from people import disclosure
from people.cube import Cube
from people.disclosure import WIDE
from people.telling import told

CUBES = 1000
Cell = tuple[int, ...]
SHEETS = {
    2: [((), (0,), (1,), (0, 1)), ((0, 1), (1,), ()), ((), (0,), (0, 1))],
    3: [((), (0,), (1,), (0, 1), (0, 2)), ((), (0, 1), (2,)), ((0,), (1,), (2,), ()), ((), (0,), (1, 2), (0, 1, 2))],
}


def cubes() -> Iterator[tuple[dict[Cell, int], list[list[tuple[tuple, list[Cell]]]]]]:
    """Counts, and the sums that are asked, in one round or in two."""
    for seed in range(CUBES):
        chance = random.Random(seed)
        depth = chance.choice((2, 2, 3))
        sizes = [chance.randint(2, 3 if depth == 3 else 4) for _dimension in range(depth)]
        most, empty = chance.choice((4, 9, 30)), chance.choice((0, 0.3, 0.5))
        counts = {
            cell: 0 if chance.random() < empty else chance.randint(1, most)
            for cell in np.ndindex(*sizes)
            if chance.random() < 0.9
        }
        sheets = chance.choice(SHEETS[depth])
        sums = [
            ((kept, values), [cell for cell in counts if tuple(cell[n] for n in kept) == values])
            for kept in sheets
            for values in sorted({tuple(cell[n] for n in kept) for cell in counts})
        ]
        cut = chance.randint(1, len(sums)) if chance.random() < 0.3 and sums else len(sums)
        yield counts, [sums[:cut], sums[cut:]]


def narrowest(counts: dict[Cell, int], shown: list[list[Cell]], secrets: list[list[Cell]]) -> float:
    """The least width of what these sums may be, for somebody who knows the shown ones: one programme for all."""
    cells = [cell for cell, count in counts.items() if count]
    rows = np.array([[cell in known for cell in cells] for known in map(set, shown)], dtype=float).reshape(
        -1, len(cells)
    )
    asked = np.array([[cell in secret for cell in cells] for secret in secrets], dtype=float)
    size, n = len(cells), 2 * len(secrets)
    found = milp(
        np.concatenate([asked, -asked]).ravel(),
        constraints=[LinearConstraint(np.kron(np.eye(n), rows), *[np.tile(rows @ [counts[c] for c in cells], n)] * 2)]
        if len(shown)
        else [],
        bounds=Bounds(1, 200),
        integrality=np.ones(n * size),
    )
    tables = found.x.reshape(n, size)
    return min(asked[k] @ (tables[k + len(secrets)] - tables[k]) for k in range(len(secrets)))


def small(counts: dict[Cell, int], sums: list[tuple[tuple, list[Cell]]]) -> list[list[Cell]]:
    cells = {cell: [cell] for _key, atoms in sums for cell in atoms}
    every = [[cell for cell in atoms if counts[cell]] for atoms in (*(atoms for _key, atoms in sums), *cells.values())]
    return [atoms for atoms in every if 0 < sum(counts[cell] for cell in atoms) < 5]


def faults(some: Iterator) -> tuple[int, float]:
    """How many cubes give something closer than promised, and the share told of what is not small itself."""
    found, told_ones, tellable = 0, 0, 0
    for counts, rounds in some:
        shown = told(rounds, counts)
        sums = [one for asked in rounds for one in asked]
        for key, atoms in sums:
            true = sum(counts[cell] for cell in atoms)
            assert shown[key] in (None, true)
            assert not 0 < (shown[key] or 0) < 5
            told_ones += true >= 5 and shown[key] is not None
            tellable += true >= 5
        first = small(counts, rounds[0])
        if not first and not small(counts, sums):
            assert None not in shown.values(), "nothing is hidden for nothing"
        if first:
            known = [[cell for cell in atoms if counts[cell]] for key, atoms in sums if shown[key]]
            found += narrowest(counts, known, first) < WIDE
    return found, told_ones / tellable


def test_no_small_number_is_closer_than_promised() -> None:
    found, share = faults(cubes())
    assert found == 0
    assert share > 0.6, "less would be hiding nearly all"


def test_without_proofs_small_numbers_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure.Reader, "_may_learn", lambda self, new: True)
    found, _share = faults(one for one, _n in zip(cubes(), range(60), strict=False))
    assert found > 20


def test_what_came_out_first_does_not_depend_on_what_follows() -> None:
    for (counts, rounds), _n in zip(cubes(), range(60), strict=False):
        whole, early = told(rounds, counts), told(rounds[:1], counts)
        assert {key: whole[key] for key in early} == early


def test_what_a_cube_by_fewer_dimensions_hid_stays_hidden_beside_those_that_follow_it() -> None:
    """And is the same, whatever they tell further: what they know of their own cells, of nobody or not, aside."""
    found = 0
    for (counts, _rounds), _n in zip(cubes(), range(300), strict=False):
        names = "abc"[: len(next(iter(counts)))]
        first, last = Counter[Cell](), Cube(tuple(names), counts)
        for cell, count in counts.items():
            first[cell[:-1]] += count
        earlier = Cube(tuple(names[:-1]), first)
        for by in ((), "a", names[:-1]):
            earlier.ask_each(*by)
        for by in ((), "a", names[:-1]):
            last.ask_each(*by, **{names[-1]: 0})
        earlier.tell()
        last.follow(earlier)
        last.tell()
        assert {key: last._told[key] for key in earlier._told} == earlier._told
        rows = {key: last._of(dict(key)) for key in last._told}
        out, of_both = ([rows[key] for key, number in cube._told.items() if number] for cube in (earlier, last))
        for key in earlier._told:
            if 0 < sum(counts[cell] for cell in rows[key]) < 5:
                before, after = (narrowest(counts, known, [rows[key]]) for known in (out, of_both))
                assert after >= min(WIDE, before)
                found += 1
    assert found > 200


def test_sums_inside_each_other_need_no_solver() -> None:
    """Pages of a board are drawn in a request: the solver is heavy to load."""
    said = (
        "import sys; from people.cube import Cube\n"
        "cube = Cube(('school', 'grade'), {(s, g): 2 + s * g for s in range(9) for g in range(4)})\n"
        "cube.ask(); cube.ask_each('school'); cube.ask_each('school', 'grade'); cube.tell()\n"
        "assert None in cube._told.values(); assert 'scipy' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", said], check=True)


def test_a_table_with_both_totals() -> None:
    """A small count in each row and column, and the totals: it was found exactly in half of such tables."""
    cube = Cube(("row", "column"), {(0, 0): 3, (0, 1): 12, (1, 0): 9, (1, 1): 30, (1, 2): 40, (0, 2): 25})
    cube.ask()
    cube.ask_each("row")
    cube.ask_each("column")
    cube.ask_each("row", "column")
    cube.tell()
    assert [cube.number(row=row) for row in (0, 1)] == [40, 79]
    assert [cube.number(row=row, column=column) for row in (0, 1) for column in range(3)] == [
        None,
        None,
        25,
        None,
        None,
        40,
    ]
