"""Who was there, at a group's meeting: nobody absent in one tap, finer words when one wants them."""

import re
from datetime import timedelta
from typing import Any

import pytest

from accompagnement.demo.cast import Cast
from tests.log.book import Book
from tests.log.kinds import GROUP, GROUP_MEETING
from tests.log.page import Sent, comparison, form_in, html, opened, undo_in

pytestmark = pytest.mark.on_postgresql


@pytest.fixture
def book(cast: Cast, client_of: Any) -> Book:
    return Book(cast, GROUP, GROUP_MEETING, client_of)


def noted(row: Any) -> dict[int, str]:
    return dict(row.attendances.values_list("student", "status"))


def test_one_tap_says_that_all_who_belonged_that_day_were_there(book: Book) -> None:
    row, (left, joined) = book.planned(), book.of.members.all()[:2]
    left.ends_on = book.today  # the first day that no longer counts
    left.save()
    joined.starts_on = book.today + timedelta(days=1)
    joined.save()
    book.nadia.post(f"{GROUP.meetings}{row.pk}/tenue/")
    assert set(noted(row).values()) == {"present"}
    assert len(noted(row)) == 10
    assert not {left.student_id, joined.student_id} & noted(row).keys()


def test_late_and_excused_are_finer_words_that_a_correction_shows_and_keeps(book: Book) -> None:
    late, excused, absent = (book.student(place).pk for place in range(3))
    said = {"absent": [absent, excused], "late": [late], "excused": [excused]}
    both = book.send(book.typed(absent=[late], late=[late]))
    assert both.status_code == 422
    assert "Une personne est notée absente et arrivée après le début" in html(both)
    row = book.log(**said)
    for minutes in ("40", "60"):
        words = noted(row)
        assert (words.pop(late), words.pop(excused), words.pop(absent)) == ("late", "excused", "absent")
        assert set(words.values()) == {"present"}
        shown = opened(book.nadia, book.edit(row))
        assert [shown[name] for name in ("late", "excused")] == [str(late), str(excused)]
        assert set(shown["absent"]) == {str(absent), str(excused)}
        assert book.correct(row, since=shown, minutes=minutes).status_code == 302


@pytest.mark.parametrize("changes", [{"absent": ["9" * 21]}, {"activities": ["ga\x00me"]}])
def test_an_unknown_student_or_activity_is_refused(book: Book, changes: Sent) -> None:
    reply = book.send(book.typed(note="Gardez ceci", **changes))
    assert (reply.status_code, "Gardez ceci" in html(reply)) == (422, True)
    assert "absent" not in changes or "n’est pas du groupe à cette date" in html(reply)


def test_not_held_over_a_log_shows_who_was_away_and_can_be_taken_back(book: Book) -> None:
    row, away = book.planned(), book.student()
    address = f"{GROUP.meetings}{row.pk}/non-tenue/"
    sent = opened(book.nadia, address) | {"reason": "school_closed"}
    book.send(book.typed(day=book.today, absent=[away.pk]), book.julie)
    clash = book.nadia.post(address, sent)
    assert comparison(clash)[str(away)] == ("–", "absence")
    assert re.search("Enregistrer efface ses présences", html(clash))
    knowingly = book.nadia.post(address, form_in(clash))
    row.refresh_from_db()
    assert (row.status, noted(row)) == ("not_held", {})
    assert book.nadia.post(undo_in(knowingly)).status_code == 302
    row.refresh_from_db()
    assert (row.status, noted(row)[away.pk]) == ("held", "absent")
