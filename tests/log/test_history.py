"""What a record said before is kept, with who and when, redacted for who may not read its note, and comes back."""

import pytest

from tests.log.book import Book, only
from tests.log.kinds import GROUP_MEETING, SAMPLE
from tests.log.page import restorable, versions, words

pytestmark = pytest.mark.on_postgresql


@only(*SAMPLE)
def test_a_version_is_redacted_for_who_may_not_read_its_note_and_comes_back(book: Book) -> None:
    row = book.log(note="Au grand jour", note_level="ordinary")
    assert book.correct(row, note="Sous le sceau", note_level="confidential").status_code == 302
    page = book.nadia.get(book.history(row))
    assert "Au grand jour → Sous le sceau" in versions(page)[0]
    redacted = words(book.who(book.reader).get(book.history(row)))
    assert "note confidentielle modifiée" in redacted
    assert "Sous le sceau" not in redacted
    assert "Au grand jour" not in redacted, "made confidential, its earlier words are too"
    ((address, said),) = restorable(page)
    assert book.nadia.post(address, said).status_code == 302
    assert book.said(row) == "Au grand jour"


def test_a_plan_and_what_came_in_bulk_have_a_history_too(meetings: Book) -> None:
    row = meetings.planned()
    meetings.nadia.post(f"{meetings.relation.meetings}{row.pk}/tenue/")
    said = words(meetings.nadia.get(meetings.history(row)))
    assert said.index("Consignation") < said.index("Prévision")
    assert "État prévue → tenue" in said
    assert "De façon automatique" in said.split("Prévision")[1]
    came = words(meetings.nadia.get(meetings.history(meetings.rows.filter(status="held").exclude(pk=row.pk)[0])))
    assert "Consignation" in came
    assert "État tenue" in came


@only(GROUP_MEETING)
def test_presences_are_in_the_history_of_a_groups_meeting(book: Book) -> None:
    row, (away, other) = book.planned(), (book.student(place) for place in range(2))
    book.nadia.post(f"{book.relation.meetings}{row.pk}/tenue/")
    book.correct(row, absent=[away.pk])
    book.correct(row, book.julie, absent=[other.pk])
    last, before, first, *_plan = versions(book.nadia.get(book.history(row)))
    assert f"{away} absence → présence" in last
    assert f"{other} présence → absence" in last
    assert f"{away} présence → absence" in before
    assert str(other) not in before
    assert "Présences groupe complet" in first
