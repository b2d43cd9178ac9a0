"""Shares of the meetings of the last eight weeks: four meetings to count, the unknown left out."""

from typing import Any

import pytest

from guidelines.tests.stage import Stage, week

pytestmark = pytest.mark.django_db

ON = week(5, 5)
TOGETHER = {"activity": "shared_activity", "structured": True}
LOOSELY = {"activity": "shared_activity", "structured": False}
TALK = {"activity": "discussion"}
HOMEWORK = {"activity": "problem_solving", "topic": "school"}
A_CONFLICT = {"activity": "problem_solving", "topic": "social"}
ALONE, IN_GROUP = {"setting": "individual"}, {"setting": "group"}
FACE_TO_FACE, BY_VIDEO = {"channel": "in_person"}, {"channel": "video"}
BY_STUDENT, BY_MENTOR = {"chosen_by": "student"}, {"chosen_by": "mentor"}
UNKNOWN: dict[str, Any] = {"channel": ""}


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


def met(stage: Stage, *meetings: dict[str, Any]) -> None:
    """A dyad that meets each week from the first on, as said."""
    dyad = stage.dyad(week(1))
    for number, said in enumerate(meetings, start=1):
        stage.meet(dyad, week(number), **said)


@pytest.mark.parametrize(
    ("code", "such", "other", "expected"),
    [
        ("dyad-individual-share", ALONE, IN_GROUP, [("warning", 0, 50), ("warning", 25, 50), None, None, None]),
        ("dyad-remote-share", BY_VIDEO, FACE_TO_FACE, [None, None, None, ("info", 75, 50), ("info", 100, 50)]),
        ("dyad-shared-activity", TOGETHER, LOOSELY, [("warning", 0, 0), None, None, None, None]),
        ("dyad-shared-activity", TOGETHER, TALK, [("warning", 0, 0), None, None, None, None]),
        ("dyad-student-choice", BY_STUDENT, BY_MENTOR, [("info", 0, 0), None, None, None, None]),
        ("dyad-homework-heavy", HOMEWORK, A_CONFLICT, [None, None, None, ("info", 75, 50), ("info", 100, 50)]),
        ("dyad-homework-heavy", HOMEWORK, TALK, [None, None, None, ("info", 75, 50), ("info", 100, 50)]),
    ],
)
@pytest.mark.parametrize("count", range(5))
def test_so_many_of_four_meetings(
    stage: Stage, code: str, such: dict[str, Any], other: dict[str, Any], expected: list[object], count: int
) -> None:
    met(stage, *[such] * count, *[other] * (4 - count))
    assert stage.finding(code, ON) == expected[count]


@pytest.mark.parametrize(
    ("code", "known", "unknown", "least"),
    [
        ("dyad-individual-share", IN_GROUP, UNKNOWN, 4),
        ("dyad-remote-share", BY_VIDEO, UNKNOWN, 4),
        ("dyad-shared-activity", TALK, {"activity": "shared_activity"}, 4),
        ("dyad-student-choice", BY_MENTOR, UNKNOWN, 3),
        ("dyad-homework-heavy", HOMEWORK, {"activity": "problem_solving"}, 4),
    ],
)
def test_below_the_least_that_is_known_nothing_is_said(
    stage: Stage, code: str, known: dict[str, Any], unknown: dict[str, Any], least: int
) -> None:
    met(stage, *[known] * (least - 1), unknown)
    assert stage.finding(code, ON) is None
    assert stage.lacks(code, ON)
    stage.set_number(code, "least", least - 1, program=stage.program)
    assert stage.finding(code, ON) is not None
    assert not stage.lacks(code, ON)


def test_chosen_together_is_chosen_with_the_student(stage: Stage) -> None:
    met(stage, BY_MENTOR, BY_MENTOR, {"chosen_by": "programme"}, {"chosen_by": "together"})
    assert stage.finding("dyad-student-choice", ON) is None


def test_the_ninth_week_back_no_longer_counts(stage: Stage) -> None:
    met(stage, TOGETHER, *[TALK] * 8)
    assert stage.finding("dyad-shared-activity", on=week(8)) is None
    assert stage.finding("dyad-shared-activity", on=week(9)) == ("warning", 0, 0)
    stage.set_number("dyad-shared-activity", "weeks", 9)
    assert stage.finding("dyad-shared-activity", on=week(9)) is None


def test_contacts_and_meetings_not_held_are_not_meetings(stage: Stage) -> None:
    met(stage, *[FACE_TO_FACE] * 4)
    dyad = stage.dyad(week(1), key="D2", mentor=stage.new_mentor("M2", minutes=120))
    stage.meet(dyad, *[week(n) for n in range(1, 5)], channel="video", status="not_held")
    stage.meet(dyad, *[week(n) for n in range(1, 5)], channel="phone")
    assert stage.finding("dyad-remote-share", ON) is None


def test_a_share_is_compared_before_it_is_rounded(stage: Stage) -> None:
    met(stage, BY_VIDEO, BY_VIDEO, *[FACE_TO_FACE] * 4)
    stage.set_number("dyad-remote-share", "info", 33)
    assert stage.finding("dyad-remote-share", on=week(6)) == ("info", 33, 33)  # a third is more than 33 %
