"""A record is corrected on the page that logged it; of two who do it at once, the second sees both versions."""

from datetime import timedelta

import pytest

from tests.log.book import Book, only
from tests.log.kinds import GROUP_MEETING, MEETINGS, SAMPLE
from tests.log.page import but, comparison, edit_in, form_in, html, opened, undo_in, versions, words

pytestmark = pytest.mark.on_postgresql


def test_a_correction_is_kept_once_and_its_undo_takes_it_back_once(book: Book) -> None:
    """The history says who, when and what, newest first."""
    row = book.log(note="Avant")
    edit = edit_in(book.saved)
    assert edit == book.edit(row)
    form = but(opened(book.nadia, edit), note="Après", **book.kind.change)
    for _time in range(2):
        assert book.correct(row, since=form).status_code == 302
    assert book.said(row) == "Après"
    assert row.history.count() == 2
    undo = book.undo()
    newest, first = versions(book.nadia.get(book.history(row)))
    assert all(said.startswith(str(row.logged_by)) for said in (newest, first))
    assert all("lundi 23 novembre 2026, 9 h" in said for said in (newest, first))
    assert all(" → ".join(said) in newest for said in (book.kind.words, ("Avant", "Après")))
    assert all(said in first for said in (book.kind.words[0], "Avant"))
    for _press in range(2):
        assert book.nadia.post(undo).status_code == 302
        assert book.said(row) == "Avant"
    assert (book.rows.get(on=book.free), row.history.count()) == (row, 3)


def test_the_second_of_two_sees_both_versions_and_overwrites_nothing(book: Book) -> None:
    row = book.log(note="Premier jet")
    seen = opened(book.julie, book.edit(row))
    undo = undo_in(book.correct(row, note="De Nadia", **book.kind.change))
    clash = book.correct(row, book.julie, since=seen, note="De Julie")
    assert clash.status_code == 422
    assert "Deux versions de la même entrée" in html(clash)
    assert f"{row.logged_by} l’a enregistrée à 9 h" in words(clash)
    beside, (first, second) = comparison(clash), book.kind.words
    assert beside["Note"] == ("De Julie", "De Nadia")
    assert any(first in yours and second in theirs for yours, theirs in beside.values())
    assert book.said(row) == "De Nadia"

    assert book.correct(row, book.julie, since=seen, choice="theirs").status_code == 302
    assert book.said(row) == "De Nadia"
    assert book.correct(row, book.julie, since=form_in(clash)).status_code == 302
    book.nadia.post(undo)
    assert book.said(row) == "De Julie", "and an old undo leaves what was corrected since"
    assert (row.logged_by_id, row.history.count()) == (row.history.last().logged_by_id, 3)


@only(*SAMPLE)
def test_a_correction_that_can_t_be_keeps_what_was_typed_and_the_version_that_it_saw(book: Book) -> None:
    row = book.log()
    seen = opened(book.nadia, book.edit(row))
    refused = book.correct(row, since=seen, note="Gardez ceci", **book.on_other(""))
    assert (refused.status_code, "Indiquez la date" in html(refused)) == (422, True)
    again = form_in(refused)
    assert (again["note"], again["saved_at"]) == ("Gardez ceci", seen["saved_at"])
    assert book.correct(row, book.who(book.reader)).status_code == book.kind.refused


@only(*MEETINGS)
def test_a_move_onto_a_day_that_has_a_meeting_asks_whether_it_was_another(book: Book) -> None:
    earlier = book.free - timedelta(days=1)
    book.log(day=earlier)
    row = book.log()
    asked = book.correct(row, day=earlier)
    assert (asked.status_code, 'name="second"' in html(asked)) == (422, True)
    assert book.correct(row, day=earlier, second="on").status_code == 302
    assert book.rows.filter(on=earlier).count() == 2
    assert book.correct(row, minutes="10").status_code == 302, "the day stays: there is nothing to ask"


@only(*MEETINGS)
def test_a_logged_plan_that_moves_leaves_its_slot(book: Book) -> None:
    planned, earlier = book.planned(), book.today - timedelta(days=7)
    book.send(book.typed(day=book.today))
    undo = undo_in(book.correct(planned, day=earlier, second="on"))
    planned.refresh_from_db()
    assert (planned.on, planned.status, planned.timetable) == (earlier, "held", None)
    book.plan()
    assert book.nadia.post(undo).status_code == 302
    assert [row.pk for row in book.rows.filter(on=book.today)] == [planned.pk]


@only(GROUP_MEETING)
def test_two_editors_of_a_groups_meeting_see_both_with_the_presences(book: Book) -> None:
    row, away = book.log(), book.student()
    seen = opened(book.julie, book.edit(row))
    book.correct(row, activities=["schoolwork"], absent=[away.pk])
    beside = comparison(book.correct(row, book.julie, since=seen, minutes="60"))
    assert beside["Activités"] == ("Jeu", "Travaux")
    assert beside[str(away)] == ("présence", "absence")
    assert beside["Durée"] == ("60 min", "40 min")


@only(*MEETINGS)
def test_the_reason_of_a_late_entry_is_among_the_words_that_are_compared(book: Book) -> None:
    row = book.log(late_reason="Congé de maladie", **book.on_other(book.today - timedelta(days=40)))
    seen = opened(book.julie, book.edit(row))
    assert book.correct(row, since=opened(book.nadia, book.edit(row)), note="On a relu.").status_code == 302
    clash = book.correct(row, book.julie, since=seen, note="On a relu.", late_reason="Oubli")
    assert clash.status_code == 422, "all the rest is the same, and it still says something else"
    assert all(said in words(clash) for said in ("Oubli", "Congé de maladie"))
