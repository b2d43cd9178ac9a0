"""The page of people: whose names a manager reads, and what an administrator reads instead."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from people.models import Student, User
from people.telling import told_parts
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


def text(client: Client, **fields: str) -> str:
    return client.post("/personnes/", fields).content.decode()


def test_a_manager_reads_the_people_of_the_school(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    assert "Benali, Inès" in text(client, liste="eleves", q="ines") or "Benali, Inès" in text(
        client, liste="eleves", q="Inès"
    )
    assert "Ferhat, Nadia" in text(client, liste="adultes", q="ferhat")
    elsewhere = Student.objects.filter(school=cast.second_school)
    assert elsewhere
    assert not any(
        f"{s.family_name}, {s.given_name}" in text(client, liste="eleves", q=s.family_name) for s in elsewhere[:3]
    )


def test_an_administrator_reads_no_student_name(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.robert)
    pages = [client.get(f"/personnes/?liste={tab}").content.decode() for tab in ("adultes", "effectifs", "eleves")]
    assert "Ferhat, Nadia" in pages[0]
    assert "École du Boisé" in pages[1]
    for student in Student.objects.all()[:40]:
        assert not any(f"{student.family_name}, {student.given_name}" in page for page in pages)
    assert cast.other_school.name not in pages[1]


def test_the_others_are_refused(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.nadia, cast.marc, cast.julie, cast.chantal, cast.line):
        assert client_of(person).get("/personnes/").status_code == 403


@pytest.mark.parametrize("tab", ["eleves", "adultes"])
def test_queries_do_not_grow_with_people(cast: Cast, client_of: ClientOf, tab: str) -> None:
    client = client_of(cast.alain)
    before = _count(client, tab)
    for n in range(30):
        User.objects.create_user(None, board=cast.board, school=cast.school, family_name=f"Nouveau {n}")
        Student.objects.create(board=cast.board, school=cast.school, given_name="A", family_name=f"Nouvelle {n}")
    assert _count(client, tab) == before


def _count(client: Client, tab: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/personnes/?liste={tab}")
    return len(queries)


def test_a_search_has_pages_and_no_name_in_an_address(cast: Cast, client_of: ClientOf) -> None:
    for n in range(60):
        Student.objects.create(board=cast.board, school=cast.school, given_name="Zoé", family_name=f"Zzz {n:02}")
    client = client_of(cast.alain)
    first, second = text(client, liste="eleves", q="zoé zzz"), text(client, liste="eleves", q="zoé zzz", page="2")
    assert "Zzz 00" in first
    assert "Zzz 59" not in first
    assert "Zzz 59" in second
    assert "Zzz 00" not in second
    assert "q=" not in second


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_no_small_count_is_shown_nor_found_by_subtraction(counts: list[int]) -> None:
    shown, total = told_parts(counts)
    hidden = [count for count, value in zip(counts, shown, strict=True) if value is None]
    assert not any(value is not None and 0 < value < 5 for value in shown)
    assert total in (None, sum(counts))
    if hidden and total is not None:
        # What is left of the total is shared between the hidden: a small one may be from one to nine of it, or more.
        assert len(hidden) > 1
        assert sum(hidden) - (len(hidden) - 1) >= 9
