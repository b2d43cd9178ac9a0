"""A confidential note is its author's and the programme's leads': neither shown to another nor replaced by them."""

from datetime import timedelta

import pytest

from tests.log.book import Book, only
from tests.log.kinds import SAMPLE
from tests.log.page import but, html, opened, restorable, words

pytestmark = pytest.mark.on_postgresql

SECRET = "Elle ne dort plus depuis dimanche."
SEALED = {"note": SECRET, "note_level": "confidential"}


@only(*SAMPLE)
def test_anothers_confidence_is_neither_shown_nor_replaced_nor_an_imported_one(book: Book) -> None:
    row = book.log(book.julie, **SEALED)
    for page in (book.edit(row), book.home):
        assert SECRET not in html(book.nadia.get(page))
    sent = but(opened(book.nadia, book.edit(row)), note="", note_level="ordinary", **book.kind.change)
    assert book.nadia.post(book.edit(row), sent).status_code == 302
    assert book.said(row) == SECRET
    assert (row.note_level, row.logged_by, row.history.count()) == ("confidential", book.cast.julie, 2)
    book.kind.model.objects.filter(pk=row.pk).update(logged_by=None)  # as an import leaves it
    assert book.correct(row, note=None, note_level=None).status_code == 302
    assert book.said(row) == SECRET
    assert SECRET not in html(book.nadia.get(book.edit(row))), "correcting it opens it to nobody"


@only(*SAMPLE)
def test_who_adds_the_note_reads_it_whoever_logged_the_record(book: Book) -> None:
    row = book.log(book.julie, note="")
    assert book.correct(row, **SEALED).status_code == 302
    assert book.said(row) == SECRET
    assert (row.logged_by, row.note_by) == (book.cast.julie, book.cast.nadia)
    for client in (book.nadia, book.julie):
        assert SECRET in html(client.get(book.edit(row)))
    book.kind.model.objects.filter(pk=row.pk).update(logged_by=book.cast.nadia, note_by=book.cast.karim)
    assert SECRET not in html(book.nadia.get(book.edit(row)))
    # Corrected by the programme's lead, it is still its author's.
    assert book.correct(row, book.julie, note=f"{SECRET} Suivi.").status_code == 302
    assert (book.said(row), row.note_by) == (f"{SECRET} Suivi.", book.cast.karim)


@only(*SAMPLE)
def test_words_typed_for_a_note_that_became_a_confidence_are_kept_on_the_page(book: Book) -> None:
    row = book.log()
    seen = opened(book.nadia, book.edit(row))
    assert book.correct(row, book.julie, **SEALED).status_code == 302
    refused = book.correct(row, since=seen, note="Mes mots")
    assert refused.status_code == 422
    assert all(said in html(refused) for said in ("a rendu la note confidentielle", ">\nMes mots</textarea>"))
    assert SECRET not in html(refused)
    beside = book.correct(row, since=seen, note="", **book.kind.change)
    assert (beside.status_code, "Garder ma version" in html(beside)) == (422, True)
    assert SECRET not in html(beside)
    assert book.said(row) == SECRET


def test_a_reason_keeps_a_confidence_and_the_words_typed_meanwhile(meetings: Book) -> None:
    row = meetings.planned()
    address = f"{meetings.relation.meetings}{row.pk}/non-tenue/"
    meetings.kind.model.objects.filter(pk=row.pk).update(logged_by=meetings.cast.julie, **SEALED)
    assert SECRET not in html(meetings.nadia.get(address))
    typed = meetings.nadia.post(address, {"reason": "other", "note": "Mes mots"})
    assert typed.status_code == 422
    assert all(said in html(typed) for said in ("a rendu la note confidentielle", ">\nMes mots</textarea>"))
    assert meetings.nadia.post(address, {"reason": "other", "note": ""}).status_code == 302
    assert (meetings.said(row), row.status, row.note_level) == (SECRET, "not_held", "confidential")


def test_a_note_that_came_with_the_plan_stays_when_nothing_is_typed(meetings: Book) -> None:
    row = meetings.planned()
    meetings.kind.model.objects.filter(pk=row.pk).update(**SEALED)
    meetings.send(meetings.typed(day=meetings.today, note="", note_level="ordinary"))
    assert (meetings.said(row), row.status, row.note_level) == (SECRET, "held", "confidential")
    undo = meetings.undo()
    assert SECRET not in words(meetings.nadia.get(meetings.home))
    meetings.nadia.post(undo)
    assert (meetings.said(row), row.status, row.note_level) == (SECRET, "planned", "confidential")
    meetings.nadia.post(f"{meetings.relation.meetings}{row.pk}/tenue/")
    assert (meetings.said(row), row.status) == (SECRET, "held")
    assert SECRET not in words(meetings.nadia.get(meetings.home)), "one tap opens it to nobody"


def test_a_version_that_the_history_hides_gives_no_note_back(meetings: Book) -> None:
    """An ordinary note, made a confidence, then emptied: to who may not read that one, no version says it again."""
    row = meetings.log(note=SECRET)
    for change in ({"note_level": "confidential"}, {"note": "", "note_level": "ordinary"}):
        assert meetings.correct(row, **change).status_code == 302
    helper, until = meetings.who("karim"), meetings.today + timedelta(days=5)
    at = {meetings.relation.name: meetings.of, "starts_on": row.on, "ends_on": until}
    type(meetings.of).substitute_model().objects.create(person=meetings.cast.karim, **at)
    assert SECRET not in html(helper.get(meetings.history(row)))
    address, said = restorable(helper.get(meetings.history(row)))[-1]
    assert helper.post(address, said).status_code == 302
    assert SECRET not in html(helper.get(meetings.history(row)))
    assert SECRET not in html(helper.get(meetings.home))
    address, said = restorable(meetings.nadia.get(meetings.history(row)))[-1]
    meetings.nadia.post(address, said)
    assert meetings.said(row) == SECRET, "its author has it back"
