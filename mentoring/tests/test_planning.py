"""Plans stay four weeks ahead of the timetables: on class days, once, and only where a meeting is expected."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.actions import plan_ahead
from mentoring.models import Dyad, DyadMeeting, DyadTimetable, Pause
from people.models import AuditEntry
from programs.models import Program, SchoolDay, SchoolYear
from tests.cast import Cast


@pytest.fixture
def dyad(cast: Cast) -> Dyad:
    """Kim and Nadia, with one slot on Wednesdays at 12:10, and nothing planned yet."""
    plan = DyadMeeting.objects.filter(dyad=cast.kim_nadia, on__gte=cast.on)
    plan.delete()
    cast.kim_nadia.timetables.all().delete()
    DyadTimetable.objects.create(dyad=cast.kim_nadia, weekday=3, starts_at=time(12, 10), minutes=25)
    return cast.kim_nadia


def days(dyad: Dyad, on: date) -> list[date]:
    rows = DyadMeeting.objects.kept().filter(dyad=dyad, on__gte=on, status="planned")
    return sorted(rows.values_list("on", flat=True))


def test_each_class_day_of_the_weekday_once(cast: Cast, dyad: Dyad) -> None:
    expected = [date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16)]
    for _time in range(2):
        plan_ahead(board=cast.board, on=cast.on)
        assert days(dyad, cast.on) == expected
    row = DyadMeeting.objects.get(dyad=dyad, on=expected[0])
    assert (row.starts_at, row.minutes, row.planned, row.status) == (time(12, 10), 25, True, "planned")


def test_holidays_pauses_and_ends_have_no_plan(cast: Cast, dyad: Dyad) -> None:
    SchoolDay.objects.filter(school=cast.school, date=date(2026, 11, 25)).update(kind="pedagogical")
    Pause.objects.create(dyad=dyad, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 3))
    dyad.ends_on = date(2026, 12, 16)
    dyad.save()
    plan_ahead(board=cast.board, on=cast.on)
    assert days(dyad, cast.on) == [date(2026, 12, 9)]


def test_a_changed_timetable_moves_what_nobody_touched(cast: Cast, dyad: Dyad) -> None:
    plan_ahead(board=cast.board, on=cast.on)
    touched = DyadMeeting.objects.get(dyad=dyad, on=date(2026, 11, 25))
    DyadMeeting.objects.filter(pk=touched.pk).update(status="not_held", reason="other")
    dyad.timetables.update(weekday=4)
    plan_ahead(board=cast.board, on=cast.on)
    assert days(dyad, cast.on) == [date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10), date(2026, 12, 17)]
    touched.refresh_from_db()
    assert touched.status == "not_held"


def test_what_a_person_planned_or_logged_is_not_doubled(cast: Cast, dyad: Dyad) -> None:
    common = {"board": cast.board, "dyad": dyad, "planned": True}
    DyadMeeting.objects.create(**common, on=date(2026, 11, 25), starts_at=time(12, 10), status="planned")
    DyadMeeting.objects.create(**common, on=date(2026, 12, 2), status="held")
    DyadMeeting.objects.create(**common, on=date(2026, 12, 9), status="held", channel="phone")
    plan_ahead(board=cast.board, on=cast.on)
    rows = DyadMeeting.objects.filter(dyad=dyad, on__gte=cast.on).order_by("on", "pk")
    assert [(row.on.day, row.status) for row in rows] == [
        (25, "planned"),
        (2, "held"),
        (9, "held"),
        (9, "planned"),
        (16, "planned"),
    ]


def test_a_plan_set_aside_by_a_person_does_not_come_back(cast: Cast, dyad: Dyad) -> None:
    plan_ahead(board=cast.board, on=cast.on)
    DyadMeeting.objects.filter(dyad=dyad, on=date(2026, 11, 25)).update(deleted_at="2026-11-23T12:00:00Z")
    plan_ahead(board=cast.board, on=cast.on)
    assert date(2026, 11, 25) not in days(dyad, cast.on)


def test_a_day_of_the_cycle_is_counted_from_the_school_years_first_class_day(cast: Cast, dyad: Dyad) -> None:
    Program.objects.filter(pk=dyad.program_id).update(cadence_unit="cycle", cadence_days=9)
    dyad.timetables.update(weekday=None, cycle_day=4)
    plan_ahead(board=cast.board, on=cast.on)
    year = SchoolYear.objects.of(cast.board, cast.on)
    assert year is not None
    rows = SchoolDay.objects.class_days().filter(school=cast.school, date__gte=year.starts_on).order_by("date")
    class_days = list(rows.values_list("date", flat=True))
    until = cast.on + timedelta(weeks=4)
    assert days(dyad, cast.on) == [day for day in class_days[3::9] if cast.on <= day < until]
    assert days(dyad, cast.on)


def test_the_other_boards_plan_is_left_alone(cast: Cast, dyad: Dyad) -> None:
    DyadMeeting.objects.filter(board=cast.other_board, on__gte=cast.on).delete()
    plan_ahead(board=cast.board, on=cast.on)
    assert not DyadMeeting.objects.filter(board=cast.other_board, on__gte=cast.on).exists()


@pytest.mark.once
def test_queries_do_not_grow_with_the_dyads(cast: Cast, dyad: Dyad) -> None:
    def count() -> int:
        DyadMeeting.objects.filter(on__gte=cast.on).delete()
        with CaptureQueriesContext(connection) as caught:
            plan_ahead(board=cast.board, on=cast.on)
        # The insert goes in as many batches as the database's limits ask for.
        return sum(not query["sql"].startswith("INSERT") for query in caught)

    one = count()
    DyadTimetable.objects.bulk_create(
        DyadTimetable(dyad=dyad, weekday=1 + n % 5, starts_at=time(8, n), minutes=10) for n in range(30)
    )
    assert count() == one


def test_plan_one_or_every_week_from_the_page(cast: Cast, dyad: Dyad, nadia: Client) -> None:
    address = f"/dyades/{dyad.pk}/planifier/"
    key = "0d2d4d7e-3f5b-4f53-8a6f-5a4f1d0f7f11"
    said = {"entry_uuid": key, "day": "2026-11-24", "starts_at": "08:10", "minutes": "25", "repeat": "once"}
    for _time in range(2):
        assert nadia.post(address, said).status_code == 302
    assert days(dyad, cast.on) == [date(2026, 11, 24)]
    weekly = said | {"day": "2026-11-26", "repeat": "weekly", "place": "Local C-1"}
    for _time in range(2):
        assert nadia.post(address, weekly).status_code == 302
    assert [slot.weekday for slot in dyad.timetables.order_by("weekday")] == [3, 4]
    assert date(2026, 12, 3) in days(dyad, cast.on)
    assert AuditEntry.objects.get(verb="dyad.slot_added").person == cast.nadia


def test_the_fourth_week_ends_before_the_same_weekday(cast: Cast, dyad: Dyad) -> None:
    last, after = cast.on + timedelta(days=27), cast.on + timedelta(days=28)
    for day in (last, after):
        SchoolDay.objects.update_or_create(school=cast.school, date=day, defaults={"kind": "class"})
        DyadTimetable.objects.create(dyad=dyad, weekday=day.isoweekday(), starts_at=time(7, 0))
    plan_ahead(board=cast.board, on=cast.on)
    assert max(days(dyad, cast.on)) == last
    plan_ahead(board=cast.board, on=cast.on + timedelta(days=1))
    assert max(days(dyad, cast.on)) == after


def test_a_plan_in_the_past_or_outside_is_refused(dyad: Dyad, nadia: Client) -> None:
    said = {"entry_uuid": "x", "day": "2026-11-20", "starts_at": "25:00", "minutes": "0", "repeat": "never"}
    page = nadia.post(f"/dyades/{dyad.pk}/planifier/", said)
    assert page.status_code == 422
    assert "Cette heure n’existe pas" in page.content.decode()
    right = {"entry_uuid": "0d2d4d7e-3f5b-4f53-8a6f-5a4f1d0f7f12", "starts_at": "08:10", "minutes": "25"}
    past = nadia.post(f"/dyades/{dyad.pk}/planifier/", right | {"day": "2026-11-20", "repeat": "once"})
    assert past.status_code == 422
    assert "Ce jour est passé" in past.content.decode()


def test_a_weekly_plan_on_a_weekday_without_class_is_refused(cast: Cast, dyad: Dyad, nadia: Client) -> None:
    address, key = f"/dyades/{dyad.pk}/planifier/", "0d2d4d7e-3f5b-4f53-8a6f-5a4f1d0f7f13"
    saturday = {"entry_uuid": key, "day": "2026-11-28", "starts_at": "10:00", "minutes": "25"}
    refused = nadia.post(address, saturday | {"repeat": "weekly"})
    assert refused.status_code == 422
    assert "Il n’y a jamais de classe ce jour de la semaine" in refused.content.decode()
    assert [slot.weekday for slot in dyad.timetables.all()] == [3]
    assert nadia.post(address, saturday | {"repeat": "once"}).status_code == 302
    assert days(dyad, cast.on) == [date(2026, 11, 28)]
    SchoolDay.objects.filter(school=cast.school).delete()
    assert nadia.post(address, saturday | {"repeat": "weekly"}).status_code == 422
    assert nadia.post(address, saturday | {"day": "2026-11-26", "repeat": "weekly"}).status_code == 302
