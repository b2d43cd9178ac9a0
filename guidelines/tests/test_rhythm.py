"""How regularly, and for how many minutes: eight weeks, four weeks, numbers to count on one's fingers."""

from datetime import date

import pytest

from guidelines.tests.stage import Stage, week

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


@pytest.mark.parametrize(("met", "expected"), [(5, ("warning", 62, 75)), (6, None), (7, None), (0, ("warning", 0, 75))])
def test_three_quarters_of_the_weeks_of_a_relationship_that_ended(stage: Stage, met: int, expected: object) -> None:
    dyad = stage.dyad(week(1), ends_on=week(9))
    stage.meet(dyad, *[week(number) for number in range(1, met + 1)])
    assert stage.finding("dyad-regularity", on=week(12)) == expected
    assert stage.finding("dyad-regularity", on=date(2027, 10, 1)) == expected  # the same school year, without another


def test_an_open_one_is_asked_from_six_months_on(stage: Stage) -> None:
    stage.meet(stage.dyad(week(1)), week(1), week(2))
    assert stage.finding("dyad-regularity", on=date(2027, 3, 6)) is None
    assert not stage.lacks("dyad-regularity", on=date(2027, 3, 6))
    assert stage.finding("dyad-regularity", on=date(2027, 3, 7)) == ("warning", 8, 75)  # 2 weeks of 25


def test_seven_weeks_are_too_few_to_tell(stage: Stage) -> None:
    stage.dyad(week(1), ends_on=week(8))
    assert stage.finding("dyad-regularity", on=week(12)) is None
    assert stage.lacks("dyad-regularity", on=week(12))
    stage.set_number("dyad-regularity", "least", 7)
    assert stage.finding("dyad-regularity", on=week(12)) == ("warning", 0, 75)


def test_what_is_not_logged_makes_regularity_partial(stage: Stage) -> None:
    dyad = stage.dyad(week(1), ends_on=week(9))
    stage.meet(dyad, week(1), week(2), status="planned")
    stage.meet(dyad, week(1))
    assert stage.confidence("dyad-regularity", on=week(12)) == "partial"
    dyad.meetings.filter(on=week(2)).delete()
    assert stage.confidence("dyad-regularity", on=week(12)) == "complete"  # the first week is met all the same


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([15, 15, 15, 14], ("info", 14, 15)),  # 59 minutes in four weeks
        ([15, 15, 15, 15], None),
        ([20, 20, 20, 20], None),
        ([30, 29, 0, 0], ("info", 14, 15)),
        ([60, 0, 0, 0], None),  # one hour, then three weeks missed
    ],
)
def test_a_quarter_of_an_hour_each_week(stage: Stage, minutes: list[int], expected: object) -> None:
    dyad = stage.dyad(week(1))
    for number, length in enumerate(minutes, start=1):
        if length:
            stage.meet(dyad, week(number), minutes=length)
    assert stage.finding("dyad-weekly-minutes", on=week(5, 5)) == expected


def test_minutes_look_at_the_last_four_weeks_whose_meetings_all_have_some(stage: Stage) -> None:
    dyad = stage.dyad(week(1))
    assert stage.lacks("dyad-weekly-minutes", on=week(1, 3))
    stage.meet(dyad, week(1), minutes=300)
    stage.meet(dyad, week(2), week(3), week(4), week(5), minutes=10)
    assert stage.finding("dyad-weekly-minutes", on=week(5)) == ("info", 10, 15)
    stage.meet(dyad, week(4, 2))
    assert stage.finding("dyad-weekly-minutes", on=week(5)) is None
    assert stage.lacks("dyad-weekly-minutes", on=week(5))
    stage.set_number("dyad-weekly-minutes", "weeks", 1, program=stage.program)
    assert stage.finding("dyad-weekly-minutes", on=week(5)) == ("info", 10, 15)
