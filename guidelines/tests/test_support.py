"""Engagement, agreement, liaisons, follow-up, support and reviews: dates on, before and after each bound."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from guidelines.tests.stage import Stage
from mentoring.models import Agreement, DifficultEvent, Dyad, FollowUp, RelationshipReview, TeacherLiaison

pytestmark = pytest.mark.django_db

START = date(2026, 9, 7)
TERM = (date(2026, 8, 31), date(2026, 11, 7))
AFTER = date(2026, 11, 10)


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


def record(model: type[Any], dyad: Dyad, on: date, **said: object) -> None:
    model.objects.create(board=dyad.board, dyad=dyad, on=on, **said)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), ("info", None, None)),
        (date(2026, 12, 1), ("info", None, None)),
    ],
)
def test_a_commitment_that_is_over_asks_for_another(stage: Stage, on: date, expected: object) -> None:
    dyad = stage.dyad(START, committed_until=date(2026, 11, 1))
    assert stage.finding("dyad-commitment-expired", on) == expected
    dyad.ends_on = date(2026, 10, 15)
    dyad.save()
    assert stage.finding("dyad-commitment-expired", on) is None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 9, 20), None),
        (date(2026, 9, 21), ("warning", 14, 14)),
        (date(2026, 9, 22), ("warning", 15, 14)),
    ],
)
def test_an_agreement_is_signed_within_two_weeks(stage: Stage, on: date, expected: object) -> None:
    dyad = stage.dyad(START)
    Agreement.objects.create(dyad=dyad, signed_on=START, objectives=["Parler à son enseignante"], tasks=[])
    Agreement.objects.create(dyad=dyad, signed_on=START, objectives=[], tasks=["Se voir le mardi"])
    assert stage.finding("dyad-agreement", on) == expected
    Agreement.objects.create(dyad=dyad, signed_on=on, objectives=["Lire"], tasks=["Choisir un livre"])
    assert stage.finding("dyad-agreement", on) is None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 8, 30), ("info", 0, 0)),
        (date(2026, 8, 31), None),
        (date(2026, 11, 6), None),
        (date(2026, 11, 7), ("info", 0, 0)),
    ],
)
def test_a_teacher_is_heard_within_the_term(stage: Stage, on: date, expected: object) -> None:
    stage.term(*TERM)
    record(TeacherLiaison, stage.dyad(START), on)
    assert stage.finding("dyad-teacher-liaison", AFTER) == expected
    TeacherLiaison.objects.update(deleted_at=timezone.now())
    assert stage.finding("dyad-teacher-liaison", AFTER) == ("info", 0, 0)


@pytest.mark.parametrize("code", ["dyad-teacher-liaison", "dyad-systematic-followup"])
def test_a_term_concerns_those_who_were_there_for_four_weeks_of_it(stage: Stage, code: str) -> None:
    dyad = stage.dyad(date(2026, 10, 11))  # 27 days before the end of the term
    assert stage.lacks(code, AFTER)  # no term has ended
    stage.term(*TERM)
    assert not stage.lacks(code, AFTER)
    assert stage.lacks(code, date(2026, 11, 6))
    assert stage.finding(code, AFTER) is None
    dyad.starts_on = date(2026, 10, 10)
    dyad.save()
    assert stage.finding(code, AFTER) is not None
    stage.set_number(code, "presence_days", 29, program=stage.program)
    assert stage.finding(code, AFTER) is None


@pytest.mark.parametrize(
    ("reviewed", "expected"),
    [
        ([], ("info", 3, 0)),
        ([{"lates_reviewed": True}], ("info", 2, 0)),
        ([{"lates_reviewed": True, "results_reviewed": True}, {"results_reviewed": True}], ("info", 1, 0)),
        ([{"lates_reviewed": True, "results_reviewed": True}, {"discipline_reviewed": True}], None),
    ],
)
def test_lates_discipline_and_results_are_reviewed_each_term(
    stage: Stage, reviewed: list[dict[str, bool]], expected: object
) -> None:
    stage.term(*TERM)
    dyad = stage.dyad(START)
    for said in reviewed:
        record(FollowUp, dyad, date(2026, 10, 1), **said)
    record(FollowUp, dyad, TERM[1], lates_reviewed=True, discipline_reviewed=True, results_reviewed=True)
    assert stage.finding("dyad-systematic-followup", AFTER) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 10, 14), None), (date(2026, 10, 15), ("info", 14, 14)), (date(2026, 10, 16), ("info", 15, 14))],
)
def test_support_follows_a_hard_event_within_two_weeks(stage: Stage, on: date, expected: object) -> None:
    dyad = stage.dyad(START)
    record(DifficultEvent, dyad, date(2026, 9, 10), kind="failure", supported_on=date(2026, 10, 1))
    record(DifficultEvent, dyad, date(2026, 10, 1), kind="conflict", supported_on=date(2026, 10, 20))
    record(DifficultEvent, dyad, date(2026, 10, 10), kind="family")
    assert stage.finding("dyad-support-after-event", on) == expected
    assert stage.finding("dyad-support-after-event", date(2026, 10, 20)) is None  # late, and settled


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 10, 6), None), (date(2026, 10, 7), ("info", None, None)), (date(2026, 10, 8), ("info", None, None))],
)
def test_a_relationship_is_reviewed_in_its_first_month(stage: Stage, on: date, expected: object) -> None:
    dyad = stage.dyad(START)
    record(RelationshipReview, dyad, date(2026, 9, 6))  # before it began
    assert stage.finding("dyad-review", on) == expected
    record(RelationshipReview, dyad, on)
    assert stage.finding("dyad-review", on) is None


def test_then_in_each_term(stage: Stage) -> None:
    dyad = stage.dyad(START)
    record(RelationshipReview, dyad, date(2026, 9, 10))
    stage.term(*TERM)
    assert stage.finding("dyad-review", AFTER) is None
    stage.term(TERM[1], date(2027, 2, 1))
    assert stage.finding("dyad-review", date(2027, 1, 31)) is None
    assert stage.finding("dyad-review", date(2027, 2, 1)) == ("info", None, None)
    record(RelationshipReview, dyad, date(2027, 1, 31))
    assert stage.finding("dyad-review", date(2027, 2, 1)) is None
