"""What a record said before is kept, with who and when, redacted for who may not read its note, and comes back."""

import re

from tests.log.book import Book, only
from tests.log.kinds import GROUP_MEETING
from tests.log.page import restorable, words


def test_the_history_says_who_when_and_what_newest_first_and_gives_it_back(book: Book) -> None:
    row = book.log(note="Au grand jour", note_level="ordinary")
    assert book.correct(row, book.julie, **book.kind.change).status_code == 302
    assert book.correct(row, note="Sous le sceau", note_level="confidential", **book.kind.change).status_code == 302
    page, author = book.nadia.get(book.history(row)), row.logged_by
    newest, middle, first = re.split(r"Modification (?=[A-Z])|Consignation (?=[A-Z])", words(page))[1:4]
    for version, who in ((newest, author), (middle, book.cast.julie), (first, author)):
        assert version.startswith(str(who))
        assert "lundi 23 novembre 2026, 9 h" in version
    assert "Au grand jour → Sous le sceau" in newest
    assert " → ".join(book.kind.words) in middle
    assert book.kind.words[0] in first
    if not book.kind.all_lead:
        redacted = words(book.who(book.reader).get(book.history(row)))
        assert "note confidentielle modifiée" in redacted
        assert "Sous le sceau" not in redacted
        assert "Au grand jour" not in redacted, "made confidential, its earlier words are too"
    address, said = restorable(page)[-1]
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
    said = words(book.nadia.get(book.history(row)))
    last, before, first = re.split(r"Modification (?=[A-Z])|Consignation (?=[A-Z])", said)[1:4]
    assert f"{away} absence → présence" in last
    assert f"{other} présence → absence" in last
    assert f"{away} présence → absence" in before
    assert str(other) not in before
    assert "Présences groupe complet" in first
