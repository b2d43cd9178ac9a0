"""What only a group's contacts and reviews have: guardians, whose turn it is, one student or the whole group."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accompagnement.demo.cast import Cast
from people.models import Guardian
from tests.log.book import Book, only
from tests.log.kinds import CONTACT, FAMILY, GROUP_REVIEW
from tests.log.page import html, opened

pytestmark = pytest.mark.once


@only(FAMILY)
def test_a_family_is_reached_in_two_taps(book: Book) -> None:
    student = book.student()
    assert book.send(opened(book.nadia, book.page) | {"students": [student.pk]}).status_code == 302
    row = book.rows.get()
    assert (row.student, row.channel, row.outcome, row.on) == (student, "phone", "reached", book.today)


@only(FAMILY)
def test_the_person_named_stays_with_the_student_whose_family_they_are_of(book: Book) -> None:
    first, second = book.student(), book.student(1)
    guardian = Guardian.objects.create(board=book.cast.board, student=second, given_name="Rosa", relation="mère")
    refused = book.send(book.typed(students=[first.pk], guardian=guardian.pk))
    assert refused.status_code == 422
    assert "n’est pas de la famille de l’élève choisi" in html(refused)
    assert book.send(book.typed(students=[first.pk, second.pk], guardian=guardian.pk)).status_code == 302
    assert dict(book.rows.values_list("student", "guardian")) == {first.pk: None, second.pk: guardian.pk}
    theirs = book.rows.get(student=second)
    assert book.correct(theirs, student=first.pk, guardian=guardian.pk).status_code == 422


@only(CONTACT, FAMILY)
def test_twelve_students_take_no_more_than_one_but_their_rows(book: Book) -> None:
    def queries(*students: Any, on: Any) -> int:
        said = book.typed() | book.on_other(on) | {"students": [one.pk for one in students]}
        with CaptureQueriesContext(connection) as caught:
            assert book.send(said).status_code == 302
        # What the night's findings write differs with what they find.
        return sum(query["sql"].startswith("SELECT") and "programs_" in query["sql"] for query in caught)

    every = list(book.of.students_on(book.today))
    queries(every[0], on=book.today - timedelta(days=4))
    one = queries(every[0], on=book.today - timedelta(days=5))
    assert len(every) == 12
    assert queries(*every, on=book.today - timedelta(days=6)) == one


@only(GROUP_REVIEW)
def test_the_group_then_a_student_are_looked_back_at(book: Book) -> None:
    student = book.student()
    book.log()
    book.log(about=student.pk, evolution="", intensity="close", tie="De confiance", fit="partly")
    rows = book.rows.order_by("pk")
    assert [(row.student, row.intensity, row.fit) for row in rows] == [(None, "", ""), (student, "close", "partly")]
    empty = book.send(book.typed(evolution=""))
    assert (empty.status_code, "Écrivez au moins une observation." in html(empty)) == (422, True)


@only(CONTACT)
def test_those_without_a_contact_come_first(book: Book) -> None:
    def order() -> list[str]:
        shown: Any = book.nadia.get(book.page).context["form"].fields["students"].choices
        return [value for value, _name in shown]

    before = order()
    book.log(students=[before[0]])
    assert order() == [*before[1:], before[0]]
    assert "1 sur 12 cette étape" in html(book.nadia.get(book.home))


def test_what_each_kind_says_is_on_the_relations_page(cast: Cast, each: list[Book]) -> None:
    """A confidential note is open to who wrote it, not to the manager, who sees that there is a record."""
    for number, book in enumerate(each):
        book.log(note=f"Entretien {number}.", note_level="confidential")
    for relation in {id(book.relation): book for book in each}.values():
        of = [(number, book) for number, book in enumerate(each) if book.relation is relation.relation]
        lead, manager = (html(client.get(relation.home)) for client in (relation.julie, relation.who("alain")))
        for number, book in of:
            assert f"Entretien {number}." in lead
            assert f"Entretien {number}." not in manager or book.kind.all_lead
            assert book.kind.is_meeting or book.kind.words[0].lower() in manager.lower() or book.kind.page == "contact"
