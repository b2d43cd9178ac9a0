"""Below, at, above: for each guideline, cases whose numbers a reader can follow."""

from datetime import date, timedelta

import pytest

from guidelines.tests.stage import YEAR, Stage, week
from mentoring.models import Pause, Training
from programs.models import GroupMember, SchoolDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (date(2026, 12, 14), ("critical", 2, 3)),
        (date(2026, 12, 15), ("warning", 3, 6)),
        (date(2027, 3, 14), ("warning", 5, 6)),
        (date(2027, 3, 15), None),
    ],
)
def test_a_relationship_counts_from_its_first_meeting_to_its_end(
    stage: Stage, ends_on: date, expected: tuple[str, int, int] | None
) -> None:
    dyad = stage.dyad(date(2026, 9, 1), ends_on=ends_on, planned_handover=True)
    stage.meet(dyad, date(2026, 9, 8), channel="phone")
    stage.meet(dyad, date(2026, 9, 15))
    assert stage.finding("dyad-duration-short", on=date(2027, 4, 1)) == expected


def test_an_open_relationship_is_never_short_and_a_past_year_is_past(stage: Stage) -> None:
    dyad = stage.dyad(date(2026, 9, 1), ends_on=date(2026, 10, 1))
    assert stage.finding("dyad-duration-short", on=date(2026, 9, 30)) is None
    assert stage.finding("dyad-duration-short", on=date(2026, 10, 1)) == ("critical", 1, 3)
    dyad.starts_on, dyad.ends_on = date(2026, 6, 1), YEAR[0]
    dyad.save()
    assert stage.finding("dyad-duration-short", on=date(2026, 10, 1)) is None


@pytest.mark.parametrize(
    ("committed_until", "expected"),
    [
        (None, ("warning", None, 6)),
        (date(2027, 2, 27), ("warning", 5, 6)),
        (date(2027, 2, 28), ("info", 6, None)),
        (date(2027, 6, 23), ("info", 9, None)),
        (date(2027, 6, 24), None),
    ],
)
def test_a_commitment_is_for_six_months_and_for_the_year(
    stage: Stage, committed_until: date | None, expected: tuple[str, int | None, int | None] | None
) -> None:
    stage.dyad(date(2026, 8, 31), committed_until=committed_until)
    assert stage.finding("dyad-duration-planned", on=date(2026, 10, 1)) == expected


@pytest.mark.parametrize(
    ("met", "gap", "frequency", "critical_period"),
    [
        ([1, 2, 3, 4], None, None, None),
        ([1, 2, 3], None, None, None),
        ([1, 2], ("warning", 2, 2), ("warning", 2, 2), ("critical", 2, 2)),
        ([1], ("critical", 3, 3), ("critical", 3, 3), ("critical", 2, 2)),
        ([], ("critical", 4, 3), ("critical", 4, 3), ("critical", 2, 2)),
        ([1, 4], None, ("warning", 2, 2), None),
        ([4], None, ("critical", 3, 3), None),
    ],
)
def test_silence_is_counted_in_class_weeks(
    stage: Stage, met: list[int], gap: object, frequency: object, critical_period: object
) -> None:
    dyad = stage.dyad(week(1))
    stage.meet(dyad, *[week(number, weekday=3) for number in met])
    on = week(5, weekday=5)  # the fourth week ended a week ago: its silence is no longer within the grace
    assert stage.finding("dyad-gap", on) == gap
    assert stage.finding("dyad-frequency", on) == frequency
    assert stage.finding("dyad-critical-period", on) == critical_period


def test_the_last_week_has_seven_days_to_be_logged(stage: Stage) -> None:
    stage.dyad(week(1))
    assert stage.finding("dyad-gap", on=week(3, weekday=4)) is None
    assert stage.finding("dyad-gap", on=week(3, weekday=5)) == ("warning", 2, 2)


def test_the_critical_period_ends_at_three_months(stage: Stage) -> None:
    stage.dyad(week(1))  # 7 September
    assert stage.finding("dyad-critical-period", on=date(2026, 12, 6)) == ("critical", 2, 2)
    assert stage.finding("dyad-critical-period", on=date(2026, 12, 7)) is None


def test_a_holiday_a_pause_and_an_absent_student_are_no_silence(stage: Stage) -> None:
    dyad = stage.dyad(week(1))
    stage.meet(dyad, week(1))
    SchoolDay.objects.filter(date__range=(week(2), week(2, 5))).update(kind="holiday")
    Pause.objects.create(dyad=dyad, starts_on=week(3), ends_on=week(3, 4))
    Pause.objects.create(dyad=dyad, starts_on=week(3, 3), ends_on=week(3, 6))
    stage.meet(dyad, week(4), status="not_held", reason="student_absent")
    assert stage.finding("dyad-frequency", on=week(8)) == ("warning", 2, 2)  # weeks 5 and 6 alone
    stage.meet(dyad, week(5), channel="phone")
    stage.meet(dyad, week(6), status="not_held", reason="adult_absent")
    assert stage.finding("dyad-frequency", on=week(8)) == ("warning", 2, 2)


def test_one_week_missed_alone_says_nothing(stage: Stage) -> None:
    stage.dyad(week(1))
    assert stage.finding("dyad-frequency", on=week(2, 5)) is None
    assert stage.finding("dyad-critical-period", on=week(2, 5)) is None


@pytest.mark.parametrize(
    ("cadence", "expected"), [(0, ("critical", 6, 3)), (10, ("critical", 3, 3)), (9, ("critical", 3, 3))]
)
def test_a_cycle_replaces_the_week(stage: Stage, cadence: int, expected: tuple[str, int, int]) -> None:
    if cadence:
        stage.program.cadence_unit, stage.program.cadence_days = "cycle", cadence
        stage.program.save()
    stage.dyad(YEAR[0])
    assert stage.finding("dyad-gap", on=week(7)) == expected


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ({"ends_on": date(2026, 12, 1)}, ("warning", None, None)),
        ({"ends_on": date(2026, 12, 1), "planned_handover": True}, None),
        ({"ends_on": date(2027, 2, 28), "committed_until": date(2027, 2, 1)}, None),
        ({"ends_on": date(2027, 2, 28)}, ("warning", None, None)),  # six months, but before the committed end
        ({"ends_on": date(2027, 3, 1)}, ("warning", None, None)),  # its last day is the eve of the new one
        ({"ends_on": date(2027, 3, 2)}, None),  # overlaps the new one
    ],
)
def test_a_new_match_after_an_early_end_asks_for_care(
    stage: Stage, earlier: dict[str, object], expected: object
) -> None:
    stage.dyad(date(2026, 8, 31), key="D0", mentor=stage.new_mentor("M0", minutes=120), **earlier)
    stage.dyad(date(2027, 3, 1))
    assert stage.finding("student-rematch", on=date(2027, 3, 1)) == expected
    assert stage.finding("student-rematch", on=date(2027, 8, 31)) == expected
    assert stage.finding("student-rematch", on=date(2027, 9, 1)) is None


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, ("critical", 0, 0)), (119, ("warning", 119, 120)), (120, None), (150, None)]
)
def test_two_hours_of_training_are_enough(stage: Stage, minutes: int, expected: object) -> None:
    stage.dyad(date(2026, 9, 1), mentor=stage.new_mentor("M1", minutes=minutes))
    assert stage.finding("mentor-training", on=date(2026, 10, 1)) == expected


def test_training_counts_once_done_and_when_initial(stage: Stage) -> None:
    mentor = stage.new_mentor("M1", minutes=0)
    stage.dyad(date(2026, 9, 1), mentor=mentor)
    Training.objects.create(person=mentor.person, kind="ongoing", completed_on=date(2026, 9, 1), minutes=300)
    Training.objects.create(person=mentor.person, kind="initial", completed_on=date(2026, 10, 2), minutes=120)
    assert stage.finding("mentor-training", on=date(2026, 10, 1)) == ("critical", 0, 0)
    assert stage.finding("mentor-training", on=date(2026, 10, 2)) is None


@pytest.mark.parametrize(
    ("members", "large", "small"),
    [
        (0, None, None),
        (1, None, ("info", 1, 5)),
        (4, None, ("info", 4, 5)),
        (5, None, None),
        (12, None, None),
        (13, ("warning", 13, 12), None),
        (15, ("warning", 15, 12), None),
        (16, ("critical", 16, 15), None),
    ],
)
def test_a_group_has_five_to_twelve_members(stage: Stage, members: int, large: object, small: object) -> None:
    group = stage.group(members)
    if members:  # someone who left that very day no longer counts, nor does a student twice
        gone, twice = stage.new_student("gone"), group.members.all()[0]
        GroupMember.objects.create(group=group, student=gone, starts_on=YEAR[0], ends_on=date(2026, 10, 1))
        GroupMember.objects.create(group=group, student=twice.student, starts_on=YEAR[0] + timedelta(days=1))
    assert stage.finding("group-too-large", on=date(2026, 10, 1)) == large
    assert stage.finding("group-too-small", on=date(2026, 10, 1)) == small
