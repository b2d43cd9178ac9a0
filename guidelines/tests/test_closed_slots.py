"""A timetable whose days have no class that week can't be missed."""

from datetime import date

import pytest

from guidelines.tests.stage import Stage, week
from mentoring.models import DyadTimetable
from mentoring.weeks import strips
from programs.calendars.periods import WeekState
from programs.models import GroupTimetable, SchoolDay

pytestmark = pytest.mark.django_db
MONDAYS, WEDNESDAY = (week(2), week(3), week(4)), 3


@pytest.fixture
def stage(db: None) -> Stage:
    """Three Mondays in a row without class, met in the weeks before and after; nothing said in between."""
    stage = Stage()
    SchoolDay.objects.filter(date__in=MONDAYS).update(kind="holiday")
    return stage


@pytest.mark.parametrize(
    ("slots", "late"),
    [
        ([{"weekday": 1}], False),
        ([], True),
        ([{"weekday": 1}, {"weekday": WEDNESDAY}], True),
        ([{"weekday": 1}, {"weekday": WEDNESDAY, "ends_on": week(2)}], False),  # no longer in force that Wednesday
        ([{"weekday": 1, "starts_on": week(3, 2)}], True),  # in force from the Tuesday
        ([{"weekday": 6}], False),  # no Saturday has class
        ([{"cycle_day": 1}], True),
    ],
)
def test_weeks_whose_slots_all_fall_on_days_without_class(stage: Stage, slots: list[dict], late: bool) -> None:
    dyad, group = stage.dyad(week(1)), stage.group(5)
    for model, owner in ((DyadTimetable, {"dyad": dyad}), (GroupTimetable, {"group": group})):
        for slot in slots:
            model.objects.create(**owner, **slot)
    stage.meet(dyad, week(1))
    group.meetings.create(board=stage.board, on=week(1), status="held")
    on = week(5, 2)
    found = [stage.finding(code, on) is not None for code in ("dyad-frequency", "dyad-gap", "group-gap")]
    assert found == [late] * 3
    states = [cell.state for cell in strips([dyad.pk], on=on, since=week(1), until=week(4, 7))[dyad.pk]]
    expected = [WeekState.MET] + [WeekState.MISSED if late else WeekState.EXCUSED] * 2
    assert states[:3] == expected


def test_the_week_says_why(stage: Stage) -> None:
    dyad = stage.dyad(week(1))
    DyadTimetable.objects.create(dyad=dyad, weekday=1)
    cells = strips([dyad.pk], on=date(2026, 12, 1), since=week(1), until=week(6))[dyad.pk]
    assert [cell.closed_weekdays for cell in cells] == [(), (1,), (1,), (1,), ()]
    stage.meet(dyad, week(2, 3))
    cells = strips([dyad.pk], on=date(2026, 12, 1), since=week(1), until=week(6))[dyad.pk]
    assert cells[1].state == WeekState.MET, "a meeting on another day meets the week"
