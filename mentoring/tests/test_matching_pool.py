"""The whole pool at once: as good as every other way, on random small pools; no gate is ever passed; fast."""

from collections import Counter
from datetime import date
from itertools import permutations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.gate import Readiness
from mentoring.matching.assignment import assign, best
from mentoring.matching.gates import PLACES, closed
from mentoring.matching.pool import Offer, Pool, Waiting
from mentoring.matching.reasons import lightness, weight
from mentoring.models import Mentor, Referral
from mentoring.models.wishes import TIMES, Interest, Language
from people.models import Student, User
from programs.models import Program

ON = date(2026, 11, 23)
Worth = list[list[int | None]]


def some(values: Any, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


WISHES = st.fixed_dictionaries(
    {
        "interests": some(Interest.values[:4], 3),
        "languages": some(Language.values[:3], 2),
        "times": some(TIMES[:4], 2),
    }
)
NOW_AND_THEN = st.sampled_from([False, False, False, True])
MINUTES = st.sampled_from([120, 120, 120, 0])
SCHOOLS = st.sampled_from([{1}, {1, 2}, {1}, {2}])
"""Most gates are open, so that there is something to weigh."""
BORN = st.sampled_from([None, date(2009, 1, 1), date(2013, 1, 1)])


@st.composite
def waiting(draw: st.DrawFn) -> Waiting:
    kind = draw(st.sampled_from(["", *Mentor.Kind.values]))
    student = Student(birth_date=draw(BORN))
    return Waiting(Referral(student=student, wished_kind=kind, **draw(WISHES)), draw(st.integers(0, 20)))


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    kind = draw(st.sampled_from(Mentor.Kind.values))
    mentor = Mentor(person=User(), kind=kind, birth_date=draw(BORN), **draw(WISHES))
    ready = Readiness(mentor, draw(NOW_AND_THEN), draw(st.booleans()), None, draw(MINUTES), 120)
    schools = frozenset(draw(SCHOOLS))
    return Offer(ready, draw(st.integers(0, 3)), draw(st.integers(0, 4)), schools)


def pool_of(students: list[Waiting], mentors: list[Offer]) -> Pool:
    return Pool(Program(school_id=1), ON, students, mentors, numbers=None)  # type: ignore[arg-type]


def worth_of(pool: Pool, chosen: tuple[int | None, ...]) -> tuple[int, int] | None:
    """How many are matched and what it is worth; None where a gate is passed or a mentor has too many."""
    given_to: Counter[int] = Counter()
    total = 0
    for one, place in zip(pool.waiting, chosen, strict=True):
        if place is None:
            continue
        offer = pool.offers[place]
        if closed(pool, one, offer, besides=(PLACES,)) or given_to[place] >= offer.free:
            return None
        total += weight(one, offer) + lightness(offer.load + given_to[place])
        given_to[place] += 1
    return sum(given_to.values()), total


@settings(max_examples=150, deadline=None)
@given(st.lists(waiting(), max_size=4), st.lists(offers(), max_size=3))
def test_no_other_way_is_better(students: list[Waiting], mentors: list[Offer]) -> None:
    pool = pool_of(students, mentors)
    found = assign(pool)
    places = tuple(None if one is None else next(n for n, it in enumerate(mentors) if it is one) for one in found)
    every = (worth_of(pool, way) for way in product([None, *range(len(mentors))], repeat=len(students)))
    assert worth_of(pool, places) == max(way for way in every if way is not None)


@settings(max_examples=150, deadline=None)
@given(st.lists(waiting(), max_size=12), st.lists(offers(), max_size=9), st.data())
def test_no_gate_is_ever_passed(students: list[Waiting], mentors: list[Offer], data: st.DataObject) -> None:
    pool = pool_of(students, mentors)
    taken = [data.draw(st.integers(0, 3)) for _one in mentors]
    found = assign(pool, taken=taken)
    for one, offer in zip(students, found, strict=True):
        assert offer is None or not closed(pool, one, offer)
    for place, offer in enumerate(mentors):
        assert sum(one is offer for one in found) <= max(0, offer.free - taken[place])
    assert assign(pool, taken=taken) == found


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda wide: st.lists(
            st.lists(st.none() | st.integers(0, 9), min_size=wide, max_size=wide), min_size=1, max_size=4
        )
    )
)
def test_as_many_as_can_be_then_the_highest_sum(worth: Worth) -> None:
    wide = len(worth[0])
    columns = [*range(wide), *[None] * len(worth)]

    def told(way: tuple[int | None, ...]) -> tuple[int, int]:
        values = [line[column] for line, column in zip(worth, way, strict=True) if column is not None]
        return len([one for one in values if one is not None]), sum(one or 0 for one in values)

    assert told(tuple(best(worth))) == max(map(told, set(permutations(columns, len(worth)))))


def test_nobody_waits_or_nobody_mentors() -> None:
    assert best([]) == []
    assert best([[], []]) == [None, None]


def test_of_two_who_suit_alike_the_one_who_keeps_fewer_dyads_is_proposed() -> None:
    student = Waiting(Referral(student=Student()), 1)
    busy, light = (
        Offer(Readiness(Mentor(person=User(), kind="teacher"), False, False, None, 120, 120), load, 3, frozenset({1}))
        for load in (1, 0)
    )
    assert assign(pool_of([student], [busy, light])) == [light]
    assert assign(pool_of([student], [busy, light]), taken=[0, 2]) == [busy]
