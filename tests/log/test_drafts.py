"""What is typed in a correction comes back to its author, until it is saved (a first log: ``test_first``)."""

from typing import Any

import pytest
from django.utils import timezone

from tests.log.book import Book, only
from tests.log.kinds import SAMPLE
from tests.log.page import Sent, opened, told

pytestmark = pytest.mark.once
NOTE = "Il a parlé du déménagement, à voix basse."


def same(form: Sent) -> Sent:
    return {name: value for name, value in form.items() if name not in {"opened_by", "note"}}


@only(*SAMPLE)
def test_a_correction_takes_up_what_was_typed_also_when_the_record_was_undone_meanwhile(book: Book) -> None:
    row = book.log()
    edit, rows = book.edit(row), book.kind.model.objects.filter(pk=row.pk)
    form = opened(book.nadia, edit)
    rows.update(deleted_at=timezone.now())
    away = book.nadia.post(edit, form | {"note": NOTE})
    assert (away.status_code, away["Location"]) == (302, book.history(row))
    said = "Cette entrée a été annulée. Rétablissez-la pour la modifier. Votre saisie est gardée."
    assert told(away) == said
    rows.update(deleted_at=None)
    again = opened(book.nadia, edit)
    assert (again["note"], same(again)) == (NOTE, same(form))


def test_why_it_was_not_held_is_taken_up_too(meetings: Book) -> None:
    address = f"{meetings.relation.meetings}{meetings.planned().pk}/non-tenue/"
    form: Any = opened(meetings.nadia, address)
    meetings.nadia.post("/brouillons/", form | {"note": NOTE})
    assert opened(meetings.nadia, address)["note"] == NOTE
    assert meetings.nadia.get(f"{meetings.relation.meetings}999999/modifier/").status_code == 404
