"""What is undone is put back for thirty days, whole and once, by those who log it; then it is forgotten."""

from datetime import timedelta
from typing import Any

from mentoring.models import TeacherLiaison
from mentoring.tasks import forget_undone_of
from people.models import AuditEntry
from tests.log.book import Book, only
from tests.log.kinds import CONTACT, FAMILY, GROUP_MEETING, ROUTINE
from tests.log.page import html, restorable, words


def put_back(book: Book) -> Any:
    address, said = restorable(book.nadia.get(book.undone()))[0]
    return book.nadia.post(address, said, follow=True)


def test_undo_takes_a_record_away_once_and_the_same_form_is_heard_again(book: Book) -> None:
    sent = book.typed()
    book.send(sent)
    row, undo = book.rows.get(on=book.free), book.undo()
    assert book.who(book.reader).post(undo).status_code == 403
    assert book.who("other_lead").post(undo).status_code in (403, 404)
    for said in book.kind.taken_back:
        assert book.nadia.post(undo).status_code == 302
        assert said in words(book.nadia.get(book.page))
        assert not book.rows.filter(on=book.free).exists()
    assert book.nadia.get(book.edit(row))["Location"] == book.history(row)
    assert book.send(sent).status_code == 302
    assert book.rows.filter(on=book.free).count() == 1


def test_how_long_a_record_is_undone(book: Book) -> None:
    row, days = book.log(), book.kind.limits.undo_days
    undo, rows = book.undo(), book.kind.model.objects.filter(pk=row.pk)
    rows.update(logged_on=book.today - timedelta(days=(days or 365) + 1))
    book.nadia.post(undo)
    if days is not None:
        assert f"Plus de {days} jours" in words(book.nadia.get(book.page))
        assert rows.kept().exists()
        rows.update(logged_on=book.today - timedelta(days=days))
        book.nadia.post(undo)
    assert not rows.kept().exists()


def test_what_was_undone_is_put_back_once(book: Book) -> None:
    row = book.log(note="Précieuse")
    book.nadia.post(book.undo())
    listed = book.nadia.get(book.undone())
    assert f"Annulation par {row.logged_by}" in words(listed)
    ((address, said),) = restorable(listed)
    for stranger in (book.reader, "other_lead"):
        client = book.who(stranger)
        assert client.post(address, said).status_code == 404
        assert client.get(book.history(row)).status_code == 404
    for _press in range(2):
        assert book.nadia.post(address, said).status_code == 302
        assert "C’est rétabli." in words(book.nadia.get(book.page))
    assert (book.rows.get(on=book.free), book.said(row)) == (row, "Précieuse")
    assert "Rien d’annulé" in words(book.nadia.get(book.undone()))
    assert "Rétablissement" in words(book.nadia.get(book.history(row)))


def test_what_was_logged_again_meanwhile_is_not_doubled(book: Book) -> None:
    book.log(note="Première")
    book.nadia.post(book.undo())
    second = book.log(note="Seconde")
    assert "a été consignée entre-temps" in words(put_back(book))
    assert book.rows.get(on=book.free) == second


def test_after_thirty_days_it_is_forgotten_with_its_history_and_the_audit_knows(book: Book) -> None:
    old, recent = book.log(), book.log(day=book.free - timedelta(days=1))
    for row in (recent, old):
        book.nadia.post(book.undo() if row is recent else book.undo_of(row))
    old.refresh_from_db()
    book.kind.model.objects.filter(pk=old.pk).update(deleted_at=old.deleted_at - timedelta(days=32))
    ((_address, _said),) = restorable(book.nadia.get(book.undone()))
    first, last = (old.history.order_by(order).first().history_id for order in ("history_id", "-history_id"))
    book.nadia.post(f"/entrees/{book.kind.slug}/{old.pk}/retablir/", {"version": first, "vu": last})
    assert "Plus de 30 jours" in words(book.nadia.get(book.page))
    for _night in range(2):
        forget_undone_of(book.cast.board.pk, book.today.isoformat())
    left = book.kind.model.objects.filter(pk__in=(old.pk, recent.pk))
    assert list(left.values_list("pk", flat=True)) == [recent.pk]
    assert not book.kind.model.history.filter(id=old.pk).exists()
    assert list(AuditEntry.objects.filter(verb="record.forgotten").values_list("subject_id", flat=True)) == [old.pk]


def test_an_earlier_version_comes_back_from_the_history(book: Book) -> None:
    row = book.log(note="Longue et juste")
    book.correct(row, note="")
    ((address, said),) = restorable(book.nadia.get(book.history(row)))
    assert book.nadia.post(address, said).status_code == 302
    assert book.said(row) == "Longue et juste"


def test_a_log_taken_back_to_its_plan_is_put_back_whole(meetings: Book) -> None:
    row = meetings.planned()
    away = {"absent": [meetings.student().pk]} if meetings.kind is GROUP_MEETING else {}
    meetings.send(meetings.typed(day=meetings.today, note="Vif", **away))
    meetings.nadia.post(meetings.undo())
    assert (meetings.said(row), row.status) == ("", "planned")
    assert not away or not row.attendances.exists()
    assert "C’est rétabli." in words(put_back(meetings))
    assert (meetings.said(row), row.status, row.minutes, row.logged_by) == ("Vif", "held", 40, meetings.cast.nadia)
    if away:
        assert row.attendances.count() == 12
        assert list(row.attendances.filter(status="absent").values_list("student", flat=True)) == away["absent"]


@only(CONTACT, FAMILY)
def test_what_one_press_took_away_comes_back_together(book: Book) -> None:
    book.send(book.typed(students=[book.student(place).pk for place in range(3)]))
    book.nadia.post(book.undo())
    assert not book.rows.exists()
    assert len(restorable(book.nadia.get(book.undone()))) == 1
    put_back(book)
    assert book.rows.count() == 3


@only(ROUTINE)
def test_a_routine_and_what_a_teacher_said_are_one_entry(book: Book) -> None:
    """Written by one form in two records, they are corrected, undone and put back as one."""
    heard = TeacherLiaison.objects.kept()
    row = book.log(work_heard="on")
    liaison = heard.get()
    assert book.nadia.get(f"/entrees/echange/{liaison.pk}/modifier/")["Location"] == book.edit(row)
    book.nadia.post(book.undo())
    assert not heard.exists()
    put_back(book)
    assert (book.rows.get(), heard.get()) == (row, liaison)
    assert book.correct(row, work_heard=None).status_code == 302
    assert not heard.exists()
    assert book.correct(row, achievement_heard="on").status_code == 302
    assert heard.get().achievement_heard
    nothing = book.correct(row, achievement_heard=None, recognised=None, skill="")
    assert (nothing.status_code, "Cochez au moins un élément" in html(nothing)) == (422, True)
