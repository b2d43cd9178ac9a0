"""Before the first contact: a volunteer is verified, or an exception is named; nothing else holds a match back."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from mentoring.models import Dyad, Mentor
from people.models import AuditEntry, Student, User, Verification
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


def match(client: Client, cast: Cast, mentor: Mentor, **more: str) -> tuple[int, str, Dyad | None]:
    student = Student.objects.filter(school=cast.school).exclude(dyads__isnull=False)[0]
    said = {"program": cast.mentoring.pk, "student": student.pk, "mentor": mentor.pk, "starts_on": "2026-11-23"}
    answer = client.post("/dyades/nouvelle/", {**said, "entry_uuid": str(uuid.uuid4()), **more})
    return answer.status_code, answer.content.decode(), Dyad.objects.filter(student=student).first()


@pytest.mark.parametrize(
    ("kind", "born", "asked"),
    [
        ("teacher", None, False),
        ("school_volunteer", None, True),
        ("community_volunteer", None, True),
        ("older_peer", None, False),
        ("older_peer", date(2008, 11, 24), False),
        ("older_peer", date(2008, 11, 23), True),
    ],
)
def test_who_must_be_verified(cast: Cast, client_of: ClientOf, kind: str, born: date | None, asked: bool) -> None:
    mentor = Mentor.objects.create(person=cast.karim, kind=kind, birth_date=born)
    status, page, dyad = match(client_of(cast.julie), cast, mentor)
    assert (status, dyad is None) == ((422, True) if asked else (302, False))
    assert ('name="unverified_reason"' in page) is asked


@pytest.mark.parametrize(
    ("made", "until", "counts"),
    [
        ("2026-11-23", None, True),
        ("2026-11-24", None, False),
        ("2023-11-01", "2026-11-23", False),
        ("2023-11-01", "2026-11-24", True),
    ],
)
def test_a_verification_counts_on_the_day_that_the_relation_begins(
    cast: Cast, client_of: ClientOf, made: str, until: str | None, counts: bool
) -> None:
    mentor = Mentor.objects.create(person=cast.karim, kind="community_volunteer")
    Verification.objects.create(person=cast.karim, kind="references", verified_on="2026-01-01")
    Verification.objects.create(person=cast.karim, kind="judicial", verified_on=made, valid_until=until)
    assert match(client_of(cast.julie), cast, mentor)[0] == (302 if counts else 422)


def test_an_exception_is_named_and_kept_in_the_journal(cast: Cast, client_of: ClientOf) -> None:
    mentor = Mentor.objects.create(person=cast.karim, kind="community_volunteer")
    words = "Le résultat arrive demain; rencontres à la bibliothèque."
    status, _page, dyad = match(client_of(cast.julie), cast, mentor, unverified_reason=words)
    assert status == 302
    assert dyad is not None
    entry = AuditEntry.objects.get(verb="dyad.started_unverified", subject_id=dyad.pk)
    assert (entry.person, entry.reason) == (cast.julie, words)


def test_the_page_says_who_is_ready_in_a_constant_number_of_queries(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = client_of(cast.julie)
    for n in range(30):
        person = User.objects.create_user(None, board=cast.board, school=cast.school, family_name=f"Bénévole {n}")
        Mentor.objects.create(person=person, kind="school_volunteer")
    with django_assert_max_num_queries(28):  # type: ignore[attr-defined]
        page = client.get("/dyades/nouvelle/").content.decode()
    assert page.index("Marc-Olivier") < page.index("Bénévole 3")
    assert "à faire" in page
