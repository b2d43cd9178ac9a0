"""What is undone is put back for thirty days, whole and once, by those who log it; then it is forgotten."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.models import TeacherLiaison
from mentoring.tasks import forget_undone_of
from people.models import AuditEntry
from tests.log.book import Book, only
from tests.log.kinds import CONTACT, FAMILY, GROUP_MEETING, KINDS, LIAISON, ROUTINE, SAMPLE
from tests.log.page import html, restorable, told, words

pytestmark = pytest.mark.on_postgresql


def test_undo_takes_a_record_away_once_and_the_same_form_is_heard_again(book: Book) -> None:
    sent = book.typed()
    book.send(sent)
    undo = book.undo()
    assert book.who(book.reader).post(undo).status_code == book.kind.refused
    for said in book.kind.taken_back:
        assert said in told(book.nadia.post(undo))
        assert not book.rows.filter(on=book.free).exists()
    assert book.send(sent).status_code == 302
    assert book.rows.filter(on=book.free).count() == 1


@only(*(kind for kind in KINDS if not kind.is_meeting))
def test_the_relations_page_takes_a_record_back_too(book: Book) -> None:
    row = book.log()
    undo = f'action="{book.undo_of(row)}"'
    assert undo not in html(book.who(book.reader).get(book.home)), "who may change nothing is not offered it"
    book.nadia.get(book.home)
    assert undo in html(book.nadia.get(book.home)), "once the banner is gone"


@only(*SAMPLE)
def test_what_was_undone_is_put_back_once_unless_it_was_logged_again(book: Book) -> None:
    row = book.log(note="Précieuse")
    book.nadia.post(book.undo())
    listed = book.nadia.get(book.undone())
    assert f"Annulation par {row.logged_by}" in words(listed)
    ((address, said),) = restorable(listed)
    for name in (book.reader, "other_lead"):
        assert book.who(name).post(address, said).status_code == 404
    for _press in range(2):
        assert told(book.nadia.post(address, said)) == "C’est rétabli."
        assert (book.rows.get(on=book.free), book.said(row)) == (row, "Précieuse")

    book.nadia.post(book.undo_of(row))
    second = book.log(note="Seconde")
    said["vu"] = row.history.first().history_id
    assert "a été consignée entre-temps" in told(book.nadia.post(address, said))
    assert book.rows.get(on=book.free) == second


def test_a_record_is_undone_however_old(book: Book) -> None:
    row, undo = book.log(), book.undo()
    rows = book.kind.model.objects.filter(pk=row.pk)
    rows.update(logged_on=book.today - timedelta(days=400))
    book.nadia.post(undo)
    assert not rows.kept().exists()


def test_a_record_of_any_kind_is_listed_once_undone_and_put_back(each: list[Book]) -> None:
    rows = {}
    for book in each:
        row = rows[book.kind.slug, book.log(book.julie).pk] = book
        book.julie.post(row.undo())
        assert not book.rows.filter(on=book.free).exists()
    for address, said in restorable(each[0].julie.get("/annulees/")):
        assert told(each[0].julie.post(address, said)) == "C’est rétabli."
    for (_slug, pk), book in rows.items():
        assert [row.pk for row in book.rows.filter(on=book.free)] == [pk]


def test_after_thirty_days_a_record_of_any_kind_is_forgotten_with_its_history(each: list[Book]) -> None:
    """The audit knows; what was undone since, or was not, stays."""
    gone = {}
    for book in each:
        row = gone[book.kind.slug] = book.log()
        for other in (row, book.kind.model.objects.get(pk=row.pk)):
            if other is not row:
                other.pk, other.key, other.entry_uuid = None, uuid.uuid4(), uuid.uuid4()
            other.deleted_at = timezone.now() - timedelta(days=32 if other is row else 29)
            other.save()
        past = {"version": row.history.last().history_id, "vu": row.history.first().history_id}
        late = book.nadia.post(f"/entrees/{book.kind.slug}/{row.pk}/retablir/", past)
        assert "Plus de 30 jours" in told(late)
    before = {book: book.kind.model.objects.count() for book in each}
    for _night in range(2):
        forget_undone_of(each[0].cast.board.pk, each[0].today.isoformat())
    for book, count in before.items():
        row = gone[book.kind.slug]
        assert book.kind.model.objects.count() == count - 1
        assert not book.kind.model.objects.filter(pk=row.pk).exists()
        assert not book.kind.model.history.filter(id=row.pk).exists()
    forgotten = AuditEntry.objects.filter(verb="record.forgotten")
    assert sorted(forgotten.values_list("subject_id", flat=True)) == sorted(row.pk for row in gone.values())


def test_a_log_taken_back_to_its_plan_is_put_back_whole(meetings: Book) -> None:
    row = meetings.planned()
    away = {"absent": [meetings.student().pk]} if meetings.kind is GROUP_MEETING else {}
    meetings.send(meetings.typed(day=meetings.today, note="Vif", **away))
    meetings.nadia.post(meetings.undo())
    assert (meetings.said(row), row.status) == ("", "planned")
    assert not away or not row.attendances.exists()
    meetings.put_back()
    assert (meetings.said(row), row.status, row.minutes, row.logged_by) == ("Vif", "held", 40, meetings.cast.nadia)
    if away:
        assert row.attendances.count() == 12
        assert list(row.attendances.filter(status="absent").values_list("student", flat=True)) == away["absent"]


@only(CONTACT, FAMILY)
def test_what_one_press_took_away_comes_back_together(book: Book) -> None:
    book.send(book.typed(students=[book.student(place).pk for place in range(3)]))
    book.nadia.post(book.undo())
    assert not book.rows.exists()
    book.put_back()
    assert book.rows.count() == 3
    assert "Rétablissement" in words(book.nadia.get(book.history(book.rows[0])))


@only(ROUTINE)
def test_a_routine_and_what_a_teacher_said_are_one_entry(book: Book) -> None:
    """Written by one form in two records, they are corrected, undone and put back as one."""
    heard = TeacherLiaison.objects.kept()
    row = book.log(work_heard="on")
    liaison = heard.get()
    assert book.nadia.get(f"/entrees/echange/{liaison.pk}/modifier/")["Location"] == book.edit(row)
    book.nadia.post(book.undo())
    assert not heard.exists()
    book.put_back()
    assert (book.rows.get(), heard.get()) == (row, liaison)
    assert book.correct(row).status_code == 302
    assert not heard.exists()
    assert book.correct(row, achievement_heard="on").status_code == 302
    assert heard.get().achievement_heard
    nothing = book.correct(row, recognised=None, skill="")
    assert (nothing.status_code, "Cochez au moins un élément" in html(nothing)) == (422, True)


@only(LIAISON)
def test_the_lists_take_the_same_queries_for_one_and_for_thirty(book: Book) -> None:
    def undone(number: int) -> None:
        for _n in range(number):
            row = book.kind.model.objects.create(board=book.cast.board, dyad=book.of, on=book.today, channel="phone")
            row.deleted_at = timezone.now()
            row.save()

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert book.nadia.get(address).status_code == 200
        return len(caught)

    undone(1)
    book.nadia.get("/annulees/")
    row = book.kind.model.objects.get()
    book.nadia.get(book.history(row))  # the day's first opening is kept in the journal
    one, short = queries("/annulees/"), queries(book.history(row))
    undone(29)
    for number in range(29):
        row.subject = f"Matière {number}"
        row.save()
    assert queries("/annulees/") == one <= 32
    assert queries(book.history(row)) == short <= 16
