"""Planned meetings follow the timetables, and only them: class days, four weeks, nothing twice."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accompagnement.demo.cast import Cast
from programs.actions import plan_ahead, undo
from programs.models import GroupMeeting, GroupTimetable, Program, SchoolDay, SupportGroup

Status = GroupMeeting.Status


def planned_days(group: SupportGroup, on: date) -> list[date]:
    return list(group.meetings.filter(status=Status.PLANNED, on__gte=on).values_list("on", flat=True))


def class_days(cast: Cast, since: date, until: date) -> list[date]:
    days = SchoolDay.objects.class_days().filter(school=cast.school, date__range=(since, until))
    return list(days.values_list("date", flat=True))


def test_every_class_day_of_the_slot_within_four_weeks(cast: Cast) -> None:
    plan_ahead(board=cast.board, on=cast.on)
    mondays = [day for day in class_days(cast, cast.on, cast.on + timedelta(days=27)) if day.isoweekday() == 1]
    assert len(mondays) == 4
    assert planned_days(cast.tremplin, cast.on) == mondays


def test_the_fourth_week_ends_before_the_same_weekday(cast: Cast) -> None:
    last, after = cast.on + timedelta(days=27), cast.on + timedelta(days=28)
    for day in (last, after):
        SchoolDay.objects.update_or_create(school=cast.school, date=day, defaults={"kind": SchoolDay.Kind.CLASS})
        GroupTimetable.objects.create(group=cast.tremplin, weekday=day.isoweekday(), starts_at=time(7, 0))
    plan_ahead(board=cast.board, on=cast.on)
    assert max(planned_days(cast.tremplin, cast.on)) == last
    plan_ahead(board=cast.board, on=cast.on + timedelta(days=1))
    assert max(planned_days(cast.tremplin, cast.on)) == after


def test_twice_changes_nothing(cast: Cast) -> None:
    plan_ahead(board=cast.board, on=cast.on)
    before = list(GroupMeeting.objects.values_list("pk", "on", "saved_at"))
    assert plan_ahead(board=cast.board, on=cast.on) == 0
    assert list(GroupMeeting.objects.values_list("pk", "on", "saved_at")) == before


def test_a_day_that_is_no_class_day_any_more_loses_its_untouched_row(cast: Cast) -> None:
    plan_ahead(board=cast.board, on=cast.on)
    day = planned_days(cast.tremplin, cast.on + timedelta(days=1))[0]
    SchoolDay.objects.filter(school=cast.school, date=day).update(kind=SchoolDay.Kind.PEDAGOGICAL)
    plan_ahead(board=cast.board, on=cast.on)
    assert day not in planned_days(cast.tremplin, cast.on)
    SchoolDay.objects.filter(school=cast.school, date=day).update(kind=SchoolDay.Kind.CLASS)
    plan_ahead(board=cast.board, on=cast.on)
    assert day in planned_days(cast.tremplin, cast.on)


def test_another_hour_replaces_the_untouched_rows_and_leaves_the_logged_ones(cast: Cast, planned: GroupMeeting) -> None:
    GroupMeeting.objects.filter(pk=planned.pk).update(status=Status.HELD)
    cast.tremplin.timetables.update(starts_at=time(9, 0))
    plan_ahead(board=cast.board, on=cast.on)
    assert cast.tremplin.meetings.filter(on=cast.on).get() == planned
    later = cast.tremplin.meetings.filter(on__gt=cast.on)
    assert set(later.values_list("starts_at", flat=True)) == {time(9, 0)}


def test_a_row_of_that_group_date_and_hour_is_never_doubled(cast: Cast) -> None:
    day = cast.on + timedelta(weeks=3)
    hand_made = cast.tremplin.meetings.create(board=cast.board, on=day, status=Status.PLANNED, starts_at=time(14, 30))
    twin = cast.tremplin.timetables.get()
    GroupTimetable.objects.create(group=cast.tremplin, weekday=twin.weekday, starts_at=twin.starts_at)
    plan_ahead(board=cast.board, on=cast.on)
    assert cast.tremplin.meetings.get(on=day) == hand_made
    per_day = planned_days(cast.tremplin, cast.on)
    assert len(per_day) == len(set(per_day))


def test_a_meeting_put_aside_does_not_come_back(cast: Cast, planned: GroupMeeting) -> None:
    GroupMeeting.objects.filter(pk=planned.pk).update(status=Status.HELD, planned=False)
    undo(meeting=planned, person=cast.nadia, on=cast.on)
    plan_ahead(board=cast.board, on=cast.on)
    assert not cast.tremplin.meetings.kept().filter(on=cast.on).exists()


def test_a_day_of_the_cycle_is_counted_from_the_years_first_class_day(cast: Cast) -> None:
    program = cast.groups_program
    program.cadence_unit, program.cadence_days = Program.CadenceUnit.CYCLE, 9
    program.save()
    cast.horizon.timetables.update(weekday=None, cycle_day=4)
    plan_ahead(board=cast.board, on=cast.on)
    year = cast.calendar.current
    numbered = enumerate(class_days(cast, year.starts_on, cast.on + timedelta(weeks=4)))
    fourth = [day for place, day in numbered if place % 9 == 3 and cast.on <= day < cast.on + timedelta(weeks=4)]
    assert fourth
    assert planned_days(cast.horizon, cast.on) == fourth


def test_nothing_outside_the_groups_and_the_slots_dates(cast: Cast) -> None:
    cast.tremplin.ends_on = cast.on + timedelta(weeks=1)
    cast.tremplin.save()
    cast.boussole.timetables.update(starts_on=cast.on + timedelta(weeks=2))
    plan_ahead(board=cast.board, on=cast.on)
    assert planned_days(cast.tremplin, cast.on) == [cast.on]
    assert min(planned_days(cast.boussole, cast.on)) == cast.on + timedelta(weeks=2)
    assert not cast.other_group.meetings.filter(on__gt=cast.on + timedelta(weeks=3)).exists()  # another board


@pytest.mark.once
def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    def cost() -> int:
        GroupMeeting.objects.filter(on__gt=cast.on).delete()
        with CaptureQueriesContext(connection) as queries:
            plan_ahead(board=cast.board, on=cast.on)
        # SQLite takes the rows to insert by the fifty; everything else is one query, whatever the size.
        return len([query for query in queries if not query["sql"].startswith("INSERT")])

    few = cost()
    for place in range(30):
        group = SupportGroup.objects.create(
            board=cast.board, program=cast.groups_program, name=f"G{place}", starts_on=cast.on
        )
        GroupTimetable.objects.create(group=group, weekday=3, starts_at=time(9, 0))
    assert cost() == few
