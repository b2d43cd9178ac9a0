"""Silence beside the missed weeks: no first meeting yet, no news since; and what is too little to say."""

from datetime import date

import pytest
from django.utils import timezone

from guidelines.tests.stage import Stage, week
from mentoring.models import Pause
from programs.models import SchoolDay

pytestmark = pytest.mark.django_db

START = date(2026, 9, 7)
TENTH = date(2026, 9, 21)
"""The tenth class day after Monday 7 September: four of that week, five of the next, and a Monday."""
ELEVENTH = date(2026, 9, 22)


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 9, 18), None), (TENTH, None), (ELEVENTH, ("warning", 11, 10))]
)
def test_a_first_meeting_is_awaited_for_ten_class_days(stage: Stage, on: date, expected: object) -> None:
    dyad = stage.dyad(START)
    stage.meet(dyad, START, channel="phone")
    Pause.objects.create(dyad=dyad, starts_on=START, ends_on=week(2))  # the count takes no pause out
    assert stage.finding("dyad-first-meeting", on) == expected
    stage.meet(dyad, ELEVENTH)
    assert stage.finding("dyad-first-meeting", ELEVENTH) is None


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 9, 18), None), (TENTH, None), (ELEVENTH, ("warning", 11, 10))]
)
@pytest.mark.parametrize("channel", ["in_person", "phone", "message"])
def test_any_channel_keeps_in_touch_for_ten_class_days(stage: Stage, channel: str, on: date, expected: object) -> None:
    stage.meet(stage.dyad(date(2026, 8, 31)), START, channel=channel)
    assert stage.finding("dyad-no-contact", on) == expected


def test_without_any_contact_the_days_count_from_the_start(stage: Stage) -> None:
    dyad = stage.dyad(START)
    stage.meet(dyad, week(2), status="planned", channel="phone")
    assert stage.finding("dyad-no-contact", ELEVENTH) == ("warning", 11, 10)
    stage.meet(dyad, week(2), deleted_at=timezone.now())
    assert stage.finding("dyad-no-contact", ELEVENTH) == ("warning", 11, 10)
    assert stage.finding("dyad-no-contact", TENTH) is None


def test_paused_class_days_and_holidays_are_no_silence(stage: Stage) -> None:
    dyad = stage.dyad(START)
    Pause.objects.create(dyad=dyad, starts_on=week(2, 1), ends_on=week(2, 3))  # Monday and Tuesday
    Pause.objects.create(dyad=dyad, starts_on=week(2, 2), ends_on=week(2, 3))  # Tuesday again
    assert stage.finding("dyad-no-contact", date(2026, 9, 23)) is None  # 12 class days, 2 of them paused
    assert stage.finding("dyad-no-contact", date(2026, 9, 24)) == ("warning", 11, 10)
    SchoolDay.objects.filter(date=date(2026, 9, 18)).update(kind="pedagogical")
    assert stage.finding("dyad-no-contact", date(2026, 9, 24)) is None


def test_meetings_that_nobody_logged_make_both_partial(stage: Stage) -> None:
    dyad = stage.dyad(START)
    assert stage.confidence("dyad-first-meeting", ELEVENTH) == "complete"
    stage.meet(dyad, date(2026, 9, 23), status="planned")
    assert stage.confidence("dyad-no-contact", ELEVENTH) == "complete"  # it is still to come
    stage.meet(dyad, week(2), status="planned")
    assert stage.confidence("dyad-first-meeting", ELEVENTH) == "partial"
    assert stage.confidence("dyad-no-contact", ELEVENTH) == "partial"


def test_too_little_to_say_is_not_conforming(stage: Stage) -> None:
    stage.dyad(START)
    for code in ("dyad-gap", "dyad-frequency", "dyad-critical-period"):
        assert stage.lacks(code, on=week(3, 4)), code  # the first week alone is assessable
        assert not stage.lacks(code, on=week(3, 5)), code
    assert not stage.lacks("dyad-first-meeting", on=week(2))
    SchoolDay.objects.all().delete()
    for code in ("dyad-gap", "dyad-frequency", "dyad-critical-period", "dyad-first-meeting", "dyad-no-contact"):
        assert stage.lacks(code, on=week(5)), code
    assert not stage.lacks("dyad-critical-period", on=date(2026, 12, 7))  # three months old: it no longer concerns it


def test_numbers_are_those_of_the_programme_else_of_the_board(stage: Stage) -> None:
    stage.dyad(START)
    stage.set_number("dyad-first-meeting", "warning", 5)
    assert stage.finding("dyad-first-meeting", week(2)) is None
    assert stage.finding("dyad-first-meeting", week(2, 2)) == ("warning", 6, 5)
    stage.set_number("dyad-first-meeting", "warning", 20, program=stage.program)
    assert stage.finding("dyad-first-meeting", ELEVENTH) is None

    stage.set_number("dyad-frequency", "weeks", 6, program=stage.program)
    assert stage.finding("dyad-frequency", on=week(8)) == ("critical", 6, 3)
    stage.set_number("dyad-critical-period", "critical", 4, program=stage.program)
    assert stage.finding("dyad-critical-period", on=week(5)) is None
    assert stage.finding("dyad-critical-period", on=week(6)) == ("critical", 4, 4)
    stage.set_number("dyad-critical-period", "months", 1)
    assert stage.finding("dyad-critical-period", on=date(2026, 10, 12)) is None
