"""One cube for all the tables of a report."""

import pytest

from people.cube import Cube

COUNTS = {
    (3, 1, "open"): 12,
    (3, 2, "open"): 2,
    (3, 2, "ended"): 1,
    (4, 1, "open"): 40,
    (4, 2, "ended"): 30,
    (4, 2, "open"): 0,
}


def asked() -> Cube:
    cube = Cube(("school", "grade", "status"), COUNTS)
    cube.ask()
    cube.ask_each("school")
    cube.ask_each("school", "grade")
    cube.ask(grade=frozenset({1, 2}), school=4)
    cube.tell()
    return cube


def test_sums_are_told_by_the_values_that_they_fix() -> None:
    cube = asked()
    assert cube.number() == 85
    assert (cube.number(school=3), cube.number(school=4)) == (15, 70)
    assert (cube.number(school=3, grade=1), cube.number(school=3, grade=2)) == (None, None)
    assert (cube.number(grade=1, school=4), cube.number(school=4, grade=2)) == (40, 30)
    assert cube.number(school=4, grade=frozenset({1, 2})) == 70
    assert cube.exactly(school=3, grade=2) == 3
    assert cube.values("status") == ["open", "ended"]


def test_what_counts_nobody_is_nought_and_what_was_not_asked_is_an_error() -> None:
    cube = asked()
    assert cube.number(school=5) == 0
    with pytest.raises(KeyError):
        cube.number(grade=1)
    with pytest.raises(TypeError):
        cube.ask(level=1)


def test_what_is_asked_then_changes_nothing_of_what_was_told() -> None:
    cube = Cube(("month",), {(9,): 3, (10,): 8})
    cube.ask(month=10)
    cube.then()
    cube.ask()
    cube.tell()
    assert (cube.number(month=10), cube.number()) == (8, None)
