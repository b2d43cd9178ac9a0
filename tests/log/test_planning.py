"""Plans stay four weeks ahead of the timetables: on class days, once, and only where a meeting is expected."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.models import Pause
from people.models import AuditEntry
from programs.actions.planning import plan_ahead
from programs.models import Program, SchoolDay, SchoolYear
from tests.log.book import Book, only
from tests.log.kinds import DYAD_MEETING
from tests.log.page import html

WEDNESDAYS = [date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9), date(2026, 12, 16)]
DAY = timedelta(days=1)


def slot(book: Book, **given: Any) -> Any:
    """One more slot, on Wednesdays at 12:10 when nothing else is said."""
    said = {"weekday": 3, "starts_at": time(12, 10), "minutes": 25} | given
    return book.relation.timetable.objects.create(**{book.relation.name: book.of}, **said)


def on_wednesdays(book: Book) -> Book:
    """No slot but that of Wednesdays, and nothing planned yet."""
    book.rows.filter(on__gte=book.today).delete()
    book.of.timetables.all().delete()
    slot(book)
    return book


@pytest.fixture
def weekly(meetings: Book) -> Book:
    return on_wednesdays(meetings)


def days(book: Book) -> list[date]:
    return sorted(book.rows.filter(on__gte=book.today, status="planned").values_list("on", flat=True))


def class_days(book: Book, since: date) -> list[date]:
    rows = SchoolDay.objects.class_days().filter(school=book.cast.school, date__gte=since).order_by("date")
    return list(rows.values_list("date", flat=True))


def test_each_class_day_of_the_weekday_once(weekly: Book) -> None:
    weekly.plan()
    before = list(weekly.rows.values_list("pk", "on", "saved_at"))
    weekly.plan()
    assert days(weekly) == WEDNESDAYS
    assert list(weekly.rows.values_list("pk", "on", "saved_at")) == before
    row = weekly.planned(WEDNESDAYS[0])
    assert (row.starts_at, row.minutes, row.planned) == (time(12, 10), 25, True)
    weekly.kind.model.objects.filter(pk=row.pk).update(deleted_at="2026-11-23T12:00:00Z")
    weekly.plan()
    assert days(weekly) == WEDNESDAYS[1:], "what a person set aside does not come back"


def test_no_plan_on_a_holiday_nor_outside_the_relation_and_the_slots_dates(weekly: Book) -> None:
    holiday = SchoolDay.objects.filter(school=weekly.cast.school, date=WEDNESDAYS[0])
    weekly.plan()
    holiday.update(kind="pedagogical")
    weekly.plan()
    assert days(weekly) == WEDNESDAYS[1:], "what was planned of that day goes"
    holiday.update(kind="class")
    weekly.of.timetables.update(starts_on=WEDNESDAYS[1])
    weekly.relation.end(weekly.of, WEDNESDAYS[3])
    weekly.rows.filter(on__gt=weekly.today).delete()
    weekly.plan()
    assert days(weekly) == WEDNESDAYS[1:3]


def test_the_fourth_week_ends_before_the_same_weekday(weekly: Book) -> None:
    last, after = weekly.today + 27 * DAY, weekly.today + 28 * DAY
    for day in (last, after):
        SchoolDay.objects.update_or_create(school=weekly.cast.school, date=day, defaults={"kind": "class"})
        slot(weekly, weekday=day.isoweekday(), starts_at=time(7, 0))
    weekly.plan()
    assert max(days(weekly)) == last
    plan_ahead(board=weekly.cast.board, on=weekly.today + DAY)
    assert max(days(weekly)) == after


def test_a_changed_timetable_moves_what_nobody_touched(weekly: Book) -> None:
    weekly.plan()
    touched = weekly.planned(WEDNESDAYS[0])
    weekly.kind.model.objects.filter(pk=touched.pk).update(status="not_held", reason="other")
    weekly.of.timetables.update(weekday=4, starts_at=time(9, 0))
    weekly.plan()
    assert days(weekly) == [day + DAY for day in WEDNESDAYS]
    assert set(weekly.rows.filter(on__gt=weekly.today, status="planned").values_list("starts_at", flat=True)) == {
        time(9, 0)
    }
    touched.refresh_from_db()
    assert touched.status == "not_held"


def test_what_a_person_planned_or_logged_is_not_doubled(weekly: Book) -> None:
    planned, held, at_any_hour = (weekly.plan_on(day) for day in WEDNESDAYS[:3])
    rows = weekly.kind.model.objects
    rows.filter(pk=planned.pk).update(starts_at=time(12, 10))
    rows.filter(pk=held.pk).update(status="held")
    slot(weekly)  # the same one twice
    weekly.plan()
    assert weekly.rows.get(on=WEDNESDAYS[0]) == planned
    assert weekly.rows.get(on=WEDNESDAYS[1]) == held
    assert weekly.rows.get(on=WEDNESDAYS[2]) == at_any_hour
    assert weekly.rows.filter(on=WEDNESDAYS[3]).count() == 1


def test_a_meeting_taken_back_does_not_come_back(meetings: Book) -> None:
    row = meetings.planned()
    meetings.kind.model.objects.filter(pk=row.pk).update(status="held", planned=False)
    meetings.nadia.post(meetings.undo_of(row))
    meetings.plan()
    assert not meetings.rows.filter(on=meetings.today).exists()


def test_a_day_of_the_cycle_is_counted_from_the_school_years_first_class_day(weekly: Book) -> None:
    Program.objects.filter(pk=weekly.of.program_id).update(cadence_unit="cycle", cadence_days=9)
    weekly.of.timetables.update(weekday=None, cycle_day=4)
    weekly.plan()
    year = SchoolYear.objects.of(weekly.cast.board, weekly.today)
    assert year is not None
    fourth = class_days(weekly, year.starts_on)[3::9]
    assert days(weekly) == [day for day in fourth if weekly.today <= day < weekly.today + 28 * DAY] != []


def test_the_other_boards_plan_is_left_alone(meetings: Book) -> None:
    theirs = meetings.kind.model.objects.filter(board=meetings.cast.other_board, on__gte=meetings.today)
    theirs.delete()
    meetings.plan()
    assert not theirs.exists()


@pytest.mark.once
def test_the_queries_do_not_grow_with_the_slots(weekly: Book) -> None:
    def count() -> int:
        weekly.kind.model.objects.filter(on__gte=weekly.today).delete()
        with CaptureQueriesContext(connection) as caught:
            weekly.plan()
        # The insert goes in as many batches as the database's limits ask for.
        return sum(not query["sql"].startswith("INSERT") for query in caught)

    one = count()
    for number in range(30):
        slot(weekly, weekday=1 + number % 5, starts_at=time(8, number), minutes=10)
    assert count() == one


@only(DYAD_MEETING)
def test_no_plan_while_a_dyad_is_paused_and_a_contact_is_no_meeting(book: Book) -> None:
    on_wednesdays(book)
    Pause.objects.create(dyad=book.of, starts_on=WEDNESDAYS[1], ends_on=WEDNESDAYS[1] + DAY)
    called = book.plan_on(WEDNESDAYS[2])
    book.kind.model.objects.filter(pk=called.pk).update(status="held", channel="phone")
    book.plan()
    assert days(book) == [WEDNESDAYS[0], *WEDNESDAYS[2:]]


PLAN = {
    "entry_uuid": "0d2d4d7e-3f5b-4f53-8a6f-5a4f1d0f7f11",
    "day": "2026-11-24",
    "starts_at": "08:10",
    "minutes": "25",
    "repeat": "once",
}


@only(DYAD_MEETING)
def test_plan_one_or_every_week_from_a_dyads_page(book: Book) -> None:
    on_wednesdays(book)
    address = f"{book.home}planifier/"
    for _time in range(2):
        assert book.nadia.post(address, PLAN).status_code == 302
    assert days(book) == [date(2026, 11, 24)]
    weekly = PLAN | {"day": "2026-11-26", "repeat": "weekly", "place": "Local C-1"}
    for _time in range(2):
        assert book.nadia.post(address, weekly).status_code == 302
    assert [one.weekday for one in book.of.timetables.order_by("weekday")] == [3, 4]
    assert date(2026, 12, 3) in days(book)
    assert AuditEntry.objects.get(verb=book.relation.slot_audited[0]).person == book.cast.nadia


@only(DYAD_MEETING)
def test_a_plan_in_the_past_or_on_a_weekday_without_class_is_refused(book: Book) -> None:
    on_wednesdays(book)
    address, saturday = f"{book.home}planifier/", {"day": "2026-11-28", "repeat": "weekly"}
    refused = {
        "Cette heure n’existe pas": {"entry_uuid": "x", "starts_at": "25:00", "minutes": "0", "repeat": "never"},
        "Ce jour est passé": {"day": "2026-11-20"},
        "Il n’y a jamais de classe ce jour de la semaine": saturday,
    }
    for sentence, changes in refused.items():
        reply = book.nadia.post(address, PLAN | changes)
        assert (reply.status_code, sentence in html(reply)) == (422, True), sentence
    assert [one.weekday for one in book.of.timetables.all()] == [3]
    assert book.nadia.post(address, PLAN | saturday | {"repeat": "once"}).status_code == 302
    assert days(book) == [date(2026, 11, 28)]
    SchoolDay.objects.filter(school=book.cast.school).delete()
    assert book.nadia.post(address, PLAN | saturday).status_code == 422
    assert book.nadia.post(address, PLAN | {"day": "2026-11-26", "repeat": "weekly"}).status_code == 302
