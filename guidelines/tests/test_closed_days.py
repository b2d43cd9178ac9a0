"""A day that closes afterwards, for snow: its plans go at once, what it touches is excused, and reopening undoes it."""

from datetime import date, timedelta

import pytest

from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.tests.stage import Stage, week
from mentoring.models import Dyad, DyadMeeting, DyadTimetable
from people.models import AuditEntry
from programs.actions.calendar import Changed, change_day, change_range
from programs.actions.planning import plan_ahead
from programs.models import GroupMeeting, GroupTimetable, SchoolDay

pytestmark = pytest.mark.django_db
Kind = SchoolDay.Kind
SNOW, TODAY = week(4), week(4, 2)


@pytest.fixture
def stage(db: None) -> Stage:
    """A group and a dyad that meet on Mondays; on Tuesday nobody has logged the day before."""
    stage = Stage()
    dyad, group = stage.dyad(week(1)), stage.group(5)
    DyadTimetable.objects.create(dyad=dyad, weekday=1, minutes=30)
    GroupTimetable.objects.create(group=group, weekday=1, minutes=40)
    stage.meet(dyad, week(1))
    group.meetings.create(board=stage.board, on=week(1), status="held")
    plan_ahead(board=stage.board, on=SNOW)
    return stage


def close(stage: Stage, kind: Kind = Kind.HOLIDAY, on: date = TODAY) -> Changed:
    return change_day(school=stage.school, day=SNOW, kind=kind, person=None, on=on)


def planned(day: date) -> list[int]:
    return [model.objects.kept().filter(on=day, status="planned").count() for model in (DyadMeeting, GroupMeeting)]


def test_plans_of_the_day_go_at_once_and_return_with_it(stage: Stage) -> None:
    assert planned(SNOW) == [1, 1]
    assert close(stage) == Changed(1, 2, 0)
    assert planned(SNOW) == [0, 0]
    assert planned(SNOW + timedelta(7)) == [1, 1]
    assert close(stage) == Changed()
    assert close(stage, Kind.PEDAGOGICAL) == Changed(1, 0, 0)
    assert close(stage, Kind.CLASS) == Changed(1, 0, 2)
    assert planned(SNOW) == [1, 1]
    reasons = AuditEntry.objects.filter(verb="school_day.changed").order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == [f"{SNOW} holiday", f"{SNOW} pedagogical", f"{SNOW} class"]


def test_what_is_logged_stays_and_a_plan_made_by_hand_returns(stage: Stage) -> None:
    dyad = Dyad.objects.get()
    by_hand = dyad.meetings.create(board=stage.board, on=SNOW, status="planned", starts_at="15:00", planned=True)
    DyadMeeting.objects.filter(on=SNOW, timetable__isnull=False).update(status="held", logged_on=SNOW)
    call = dyad.meetings.create(board=stage.board, on=SNOW, status="planned", channel="phone")
    assert close(stage).taken_away == 2
    assert set(DyadMeeting.objects.kept().filter(on=SNOW).values_list("status", "channel")) == {
        ("held", ""),
        ("planned", "phone"),
    }
    assert close(stage, Kind.CLASS).brought_back == 2
    assert set(DyadMeeting.objects.kept().filter(on=SNOW, status="planned")) == {by_hand, call}


def test_findings_follow_in_the_same_breath(stage: Stage) -> None:
    evaluate_board(stage.board, on=week(5, 6))
    assert Flag.objects.live().filter(guideline="dyad-gap", value=3).exists()
    change_range(school=stage.school, first_on=week(2), last_on=week(2), kind=Kind.HOLIDAY, person=None, on=week(5, 6))
    close(stage, on=week(5, 6))
    assert not Flag.objects.live().filter(guideline="dyad-gap").exists()


def test_a_range_is_its_weekdays_and_the_weekends_that_have_class(stage: Stage) -> None:
    friday, saturday, tuesday = week(2, 5), week(2, 6), week(3, 2)
    SchoolDay.objects.create(school=stage.school, date=saturday, kind="class")
    given = {"first_on": friday, "last_on": tuesday, "kind": Kind.HOLIDAY, "person": None, "on": TODAY}
    assert change_range(school=stage.school, **given).days == 4
    closed = SchoolDay.objects.filter(kind="holiday").order_by("date").values_list("date", flat=True)
    assert list(closed) == [friday, saturday, week(3, 1), tuesday]
    assert AuditEntry.objects.get(verb="school_day.changed").reason == f"{friday} – {tuesday} holiday"
