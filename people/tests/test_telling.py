"""Nobody is found again: an attacker who adds and subtracts all that is told, over rows, columns and periods."""

from collections.abc import Collection
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from people.telling import NOW, Path, told_in_places

PLACES: list[Path] = [(1, 1), (1, 2), (1, 3), (2, 4), (2, 5), (3, None)]
MONTHS = 3
ROUNDS = [
    [("september", (0,))],
    [("october", (1, 2))],
    [("term", (0, 1, 2, 3))],
    [("year", (0, 1, 2, 3, 4)), ("november", (3, 4))],
]
"""A term that ends within a month, and a year that ends with one."""
PARTS = range(5)
Cells = dict[tuple[Path, int], int]
counts_of_cells = st.fixed_dictionaries(
    {(place, part): st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 40)) for place in PLACES for part in PARTS}
)


def spanned(equations: list[set[tuple[Path, int]]], atoms: list[tuple[Path, int]]) -> list[list[Fraction]]:
    """The rows of what is known, each reduced by the others."""
    rows = [[Fraction(atom in sums) for atom in atoms] for sums in equations]
    done: list[list[Fraction]] = []
    for row in rows:
        for other in done:
            lead = next(n for n, value in enumerate(other) if value)
            row = [a - row[lead] * b for a, b in zip(row, other, strict=True)]
        if any(row):
            lead = next(n for n, value in enumerate(row) if value)
            row = [value / row[lead] for value in row]
            done = [[a - other[lead] * b for a, b in zip(other, row, strict=True)] for other in done] + [row]
    return done


def is_found(target: Collection[tuple[Path, int]], known: list[list[Fraction]], atoms: list[tuple[Path, int]]) -> bool:
    row = [Fraction(atom in target) for atom in atoms]
    for other in known:
        lead = next(n for n, value in enumerate(other) if value)
        row = [a - row[lead] * b for a, b in zip(row, other, strict=True)]
    return not any(row)


def attacked(counts: Cells, rounds: list) -> None:
    shown = told_in_places(counts, rounds)
    sums = {
        (name, place): {atom for atom in counts if atom[0][: len(place)] == place and atom[1] in parts and counts[atom]}
        for name, parts in (span for spans in rounds for span in spans)
        for place in {path[:depth] for path, _part in counts for depth in range(3)}
    }
    atoms = [atom for atom in counts if counts[atom]]
    known = spanned([sums[key] for key, count in shown.items() if count], atoms)
    for key, count in shown.items():
        true = sum(counts[atom] for atom in sums[key])
        assert count in (None, true)
        assert not (0 < true < 5 and is_found(sums[key], known, atoms)), key
    for atom in atoms:
        assert counts[atom] >= 5 or not is_found([atom], known, atoms), atom


@settings(deadline=None, max_examples=60)
@given(counts_of_cells)
def test_no_small_count_is_found_by_subtraction(counts: Cells) -> None:
    attacked(counts, ROUNDS)
    attacked({cell: count for cell, count in counts.items() if cell[1] == 0}, NOW)


@settings(deadline=None, max_examples=30)
@given(counts_of_cells)
def test_what_was_told_stays_as_it_was_told(counts: Cells) -> None:
    """A file of October is the same in November and in July."""
    whole = told_in_places(counts, ROUNDS)
    early = told_in_places(counts, ROUNDS[:2])
    assert {key: whole[key] for key in early} == early


def shown(*counts: int) -> list[int | None]:
    cells: Cells = {((1, n), 0): count for n, count in enumerate(counts, 1)}
    found = told_in_places(cells, NOW)
    return [found["now", ()], *(found["now", (1, n)] for n in range(1, len(counts) + 1))]


def test_the_whole_is_told_and_as_few_of_its_parts_as_needed_are_not() -> None:
    assert shown(12, 3, 40) == [55, None, None, 40]
    assert shown(12, 5, 40) == [57, 12, 5, 40]
    assert shown(0, 3, 0) == [None, 0, None, 0]
    assert shown(3, 4) == [None, None, None]


def test_a_year_does_not_give_back_the_month_that_was_hidden() -> None:
    months = [[("october", (0,))], [("november", (1,))], [("year", (0, 1))]]
    found = told_in_places({((1, 1), 0): 3, ((1, 1), 1): 8}, months)
    assert found == {
        (name, place): {"october": None, "november": 8, "year": None}[name]
        for (name,) in (("october",), ("november",), ("year",))
        for place in ((), (1,), (1, 1))
    }
