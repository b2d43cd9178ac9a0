"""How often and how long a group meets: below, at and above each bound."""

from datetime import date

import pytest

from guidelines.tests.group_stage import GroupStage
from guidelines.tests.stage import YEAR, week
from programs.models import GroupMeeting, GroupTimetable

pytestmark = pytest.mark.django_db
ON = week(6, weekday=5)
"""The fifth week ended a week ago: its silence is no longer within the grace; weeks 1 to 5 follow 31 August."""


@pytest.fixture
def stage(db: None) -> GroupStage:
    return GroupStage()


def days(*numbers: int, weekday: int = 1) -> list[date]:
    return [week(number, weekday) for number in numbers]


@pytest.mark.parametrize(
    ("held", "gap"),
    [
        ([1, 2, 3, 4], None),
        ([1, 2, 3], ("warning", 2, 2)),
        ([1, 2], ("warning", 3, 2)),
        ([1], ("critical", 4, 4)),
        ([], ("critical", 6, 4)),
    ],
)
def test_silence_is_counted_in_class_weeks(stage: GroupStage, held: list[int], gap: object) -> None:
    group = stage.new_group(1)
    stage.meets(group, *days(*held))
    assert stage.finding("group-gap", ON) == gap
    assert not stage.is_partial("group-gap", ON)


def test_a_closed_school_excuses_and_an_absent_adult_does_not(stage: GroupStage) -> None:
    group = stage.new_group(1)
    stage.meets(group, *days(1, 2))
    stage.meets(group, *days(4), status="not_held", reason="school_closed")
    stage.meets(group, *days(5), status="not_held", reason="adult_absent")
    assert stage.finding("group-gap", ON) == ("warning", 2, 2)  # weeks 3 and 5
    GroupMeeting.objects.filter(reason="adult_absent").update(reason="school_closed")
    assert stage.finding("group-gap", ON) is None


def test_a_gap_on_meetings_that_nobody_logged_says_so(stage: GroupStage) -> None:
    group = stage.new_group(1)
    stage.meets(group, *days(1, 2, 3))
    stage.meets(group, *days(5), status="planned")
    assert stage.finding("group-gap", ON) == ("warning", 2, 2)
    assert stage.is_partial("group-gap", ON)


@pytest.mark.parametrize(
    ("held", "not_held", "expected"),
    [
        (4, 0, None),
        (3, 1, None),  # 75 per cent
        (5, 2, ("warning", 71, 75)),
        (2, 2, ("warning", 50, 75)),
        (3, 4, ("critical", 42, 50)),
        (0, 4, ("critical", 0, 50)),
    ],
)
def test_planned_meetings_are_held(stage: GroupStage, held: int, not_held: int, expected: object) -> None:
    group = stage.new_group(1)
    slots = [week(number, weekday) for weekday in (1, 3) for number in (2, 3, 4, 5)]
    stage.meets(group, *slots[:held])
    stage.meets(group, *slots[held : held + not_held], status="not_held", reason="other")
    stage.meets(group, *days(1), status="not_held", reason="other")  # before the last four
    assert stage.finding("group-frequency", ON) == expected


def test_what_the_school_cancelled_and_what_was_never_planned_do_not_count(stage: GroupStage) -> None:
    group = stage.new_group(1)
    stage.meets(group, *days(2, 3, 4, 5), planned=False)
    assert stage.finding("group-frequency", ON) is None
    assert stage.lacks("group-frequency", ON)
    stage.meets(group, *days(3, weekday=2), status="not_held", reason="school_closed")
    assert stage.lacks("group-frequency", ON)
    stage.meets(group, *days(3, weekday=3), status="not_held", reason="other")
    assert stage.finding("group-frequency", ON) == ("critical", 0, 50)
    assert not stage.lacks("group-frequency", ON)


def test_there_is_a_week_to_log_before_it_counts(stage: GroupStage) -> None:
    group = stage.new_group(1)
    stage.meets(group, *days(2, 3, 4, 5))
    stage.meets(group, *days(5, weekday=2), *days(5, weekday=3), status="planned")
    assert stage.finding("group-frequency", on=week(6, weekday=4)) is None  # all of four weeks, so far
    assert stage.finding("group-frequency", on=ON) == ("warning", 66, 75)
    assert stage.is_partial("group-frequency", ON)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(9, ("info", 9, 10)), (10, None), (60, None), (61, ("info", 61, 60)), (None, None)]
)
def test_a_day_has_ten_minutes_to_an_hour(stage: GroupStage, minutes: int | None, expected: object) -> None:
    stage.program.minutes = minutes
    stage.program.save()
    stage.new_group(1)
    assert stage.finding("group-meeting-length", ON) == expected
    assert stage.lacks("group-meeting-length", ON) == (minutes is None)


def test_the_timetable_speaks_first_then_the_programme_then_the_log(stage: GroupStage) -> None:
    group = stage.new_group(1)
    stage.meets(group, *days(1, 1, 2), minutes=40)  # 80 minutes, then 40: 60 a day
    assert stage.finding("group-meeting-length", ON) is None
    stage.meets(group, *days(3), minutes=65)
    assert stage.finding("group-meeting-length", ON) == ("info", 61, 60)  # 185 minutes in three days
    stage.program.minutes = 30
    stage.program.save()
    assert stage.finding("group-meeting-length", ON) is None
    for weekday, minutes in [(1, 40), (1, 25), (2, 30), (3, None)]:
        GroupTimetable.objects.create(group=group, weekday=weekday, minutes=minutes)
    assert stage.finding("group-meeting-length", ON) == ("info", 65, 60)
    GroupTimetable.objects.create(group=group, weekday=4, minutes=5)
    assert stage.finding("group-meeting-length", ON) == ("info", 5, 10)  # the shortest is under the floor
    GroupTimetable.objects.update(ends_on=YEAR[0])
    assert stage.finding("group-meeting-length", ON) is None
