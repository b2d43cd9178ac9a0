"""Mentors: when they were taught, what they state, how old a peer is, how many they accompany."""

from datetime import date

import pytest

from guidelines.tests.stage import Stage
from mentoring.models import Mentor, MentorApproach, StyleSelfAssessment, Training

pytestmark = pytest.mark.django_db

START = date(2026, 9, 1)
ON = date(2026, 10, 1)


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


def taught(mentor: Mentor, *sessions: tuple[int, int]) -> Mentor:
    """Initial sessions of September: (day, minutes)."""
    for day, minutes in sessions:
        Training.objects.create(person=mentor.person, kind="initial", completed_on=date(2026, 9, day), minutes=minutes)
    return mentor


@pytest.mark.parametrize(
    ("first_met", "expected"), [(9, ("info", 60, 120)), (10, None), (11, None), (2, ("info", 0, 120)), (None, None)]
)
def test_two_hours_come_before_the_first_meeting(stage: Stage, first_met: int | None, expected: object) -> None:
    mentor = taught(stage.new_mentor("M1", minutes=0), (3, 60), (10, 60))
    dyad = stage.dyad(START, mentor=mentor)
    if first_met:
        stage.meet(dyad, date(2026, 9, first_met), date(2026, 9, 20))
        stage.meet(dyad, START, channel="phone")
    assert stage.finding("mentor-training-late", ON) == expected


def test_too_little_training_is_another_matter(stage: Stage) -> None:
    mentor = taught(stage.new_mentor("M1", minutes=0), (10, 119))
    stage.meet(stage.dyad(START, mentor=mentor), START)
    assert stage.finding("mentor-training-late", ON) is None
    assert stage.finding("mentor-training", ON) == ("warning", 119, 120)


@pytest.mark.parametrize(
    ("developmental", "prescriptive", "expected"),
    [(2, 3, ("info", None, None)), (3, 3, None), (3, 2, None), (0, 0, None)],
)
def test_the_last_self_assessment_tells_the_style(
    stage: Stage, developmental: int, prescriptive: int, expected: object
) -> None:
    stage.dyad(START)
    assert stage.lacks("mentor-style", ON)
    for on, counts in {
        date(2026, 9, 5): (1, 4),
        ON: (developmental, prescriptive),
        date(2026, 10, 2): (0, 4),
    }.items():
        StyleSelfAssessment.objects.create(
            board=stage.board, mentor=stage.mentor, on=on, developmental=counts[0], prescriptive=counts[1]
        )
    assert stage.finding("mentor-style", ON) == expected
    assert not stage.lacks("mentor-style", ON)


@pytest.mark.parametrize(
    ("filled", "expected"), [(0, ("info", 0, 4)), (3, ("info", 3, 4)), (4, None), (None, ("info", 0, 4))]
)
def test_an_approach_has_four_parts(stage: Stage, filled: int | None, expected: object) -> None:
    stage.dyad(START)
    parts = ("style", "behaviours", "attitudes", "beliefs")
    everything = dict.fromkeys(parts, "…")
    MentorApproach.objects.create(board=stage.board, mentor=stage.mentor, on=date(2026, 10, 2), **everything)
    if filled is not None:
        said = dict.fromkeys(parts[:filled], "…")
        MentorApproach.objects.create(board=stage.board, mentor=stage.mentor, on=ON, **said)
    assert stage.finding("mentor-approach", ON) == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2011, 5, 3), ("warning", None, None)),
        (date(2011, 5, 4), ("warning", None, None)),
        (date(2011, 5, 5), None),
    ],
)
def test_an_older_peer_is_older(stage: Stage, born: date, expected: object) -> None:
    peer = stage.new_mentor("M1", minutes=120)
    peer.kind = "older_peer"
    peer.save()
    stage.dyad(START, mentor=peer)
    assert stage.lacks("mentor-peer-age", ON)
    stage.student.birth_date = born
    stage.student.save()
    assert stage.lacks("mentor-peer-age", ON)
    peer.birth_date = date(2011, 5, 4)
    peer.save()
    assert not stage.lacks("mentor-peer-age", ON)
    assert stage.finding("mentor-peer-age", ON) == expected
    peer.kind = "teacher"
    peer.save()
    assert stage.finding("mentor-peer-age", ON) is None


@pytest.mark.parametrize(("dyads", "expected"), [(4, None), (5, None), (6, ("info", 6, 5))])
def test_five_dyads_are_enough(stage: Stage, dyads: int, expected: object) -> None:
    for number in range(dyads):
        stage.dyad(START, key=f"D{number}")
    stage.dyad(START, key="over", ends_on=ON)
    assert stage.finding("mentor-load", ON) == expected
