"""The six pages that people open most (those of ``bench.pages``) take twelve statements at most, all year."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accompagnement.demo.cast import Cast
from bench.pages import MOST_QUERIES
from guidelines.evaluation import evaluate_board
from mentoring.models import Agreement, DyadMeeting
from people.actions.accounts import close_accounts
from people.models import Student, User
from tests.test_turn_of_a_year import noon, open_next

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ClientOf = Callable[[User], Client]
WINTER = date(2027, 2, 15)
TURNS = [date(2027, month, 15) for month in range(5, 11)]
"""From May to October, when years are turned."""


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """A year is to be turned; a dyad and a group wait for a decision, since an adult and a student left."""
    open_next(cast)
    close_accounts(people=[cast.marc, cast.etienne], person=cast.alain, at=timezone.now())
    Student.objects.filter(pk=cast.olivia_sylvie.student_id).update(left_on=cast.on)
    dyad = cast.thomas_nadia
    given, family = dyad.student.given_name, dyad.student.family_name
    Student.objects.create(board=cast.board, school=cast.school, given_name=given, family_name=family)
    Agreement.objects.create(dyad=dyad, signed_on=dyad.starts_on, objectives=["Lire"], tasks=["Se voir"])
    for on in (date(2027, 2, 22), *TURNS, date(2027, 10, 25)):
        DyadMeeting.objects.create(board=cast.board, dyad=dyad, on=on, status="planned")
    return cast


def pages(cast: Cast) -> Iterator[tuple[User, str]]:
    yield cast.julie, "/tableau-de-bord/"
    yield cast.julie, "/semaine/"
    yield cast.julie, f"/dyades/{cast.thomas_nadia.pk}/"
    yield cast.julie, "/vigilance/"
    yield cast.nadia, "/semaine/"
    yield cast.julie, "/dyades/"


@pytest.mark.parametrize("day", [WINTER, *TURNS], ids=str)
def test_the_pages_of_every_day_take_twelve_statements_at_most(busy: Cast, client_of: ClientOf, day: date) -> None:
    with noon(day):
        evaluate_board(busy.board, on=day)
        taken = {}
        for person, path in pages(busy):
            client = client_of(person)
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                page = client.get(path).content.decode()
            taken[person.given_name, path] = len(asked)
            if path == f"/dyades/{busy.thomas_nadia.pk}/":
                assert "porte ce nom" in page
            if path == "/vigilance/":
                assert "À décider" in page
        assert {name: number for name, number in taken.items() if number > MOST_QUERIES} == {}
