"""Two students of one name, in one group and with one mentor: every list that shows both tells them apart."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidelines.digest import digest_letter
from mentoring.models import Dyad, DyadMeeting
from people.models import Student, User
from programs.models import GroupMember
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]
FIRST, SECOND = "Inès Benali (sec. 1)", "Inès Benali (sec. 2)"


@pytest.fixture
def twins(cast: Cast) -> Cast:
    """Inès Benali of the first year has a namesake in the second, in the same group and with the same mentor."""
    first, dyad = cast.ines_marc.student, cast.ines_marc
    first.grade = 1
    first.save()
    Student.objects.filter(pk=first.pk).update(grade=1)
    second = Student.objects.create(
        board=cast.board, school=first.school, given_name="Ines", family_name="BENALI", grade=2, key="namesake"
    )
    Dyad.objects.create(
        board=cast.board, program=dyad.program, mentor=dyad.mentor, student=second, starts_on=dyad.starts_on
    )
    for student in (first, second):
        start = cast.tremplin.starts_on
        GroupMember.objects.get_or_create(group=cast.tremplin, student=student, defaults={"starts_on": start})
    call_command("evaluate", on=cast.on.isoformat(), board=cast.board.key)
    return cast


def text(response: Any) -> str:
    body = response.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body[body.find("<main") :])))


PLACES = [
    ("julie", "/dyades/nouvelle/"),
    ("julie", "/dyades/"),
    ("julie", "/vigilance/"),
    ("nadia", "/groupes/{group}/consigner/"),
    ("nadia", "/groupes/{group}/contact/"),
    ("nadia", "/groupes/{group}/famille/"),
    ("nadia", "/groupes/{group}/bilan/"),
    ("nadia", "/groupes/{group}/"),
    ("marc", "/consigner/"),
    ("marc", "/semaine/"),
]


@pytest.mark.parametrize(("who", "address"), PLACES)
def test_both_are_told_apart_where_they_are_read_or_chosen(
    twins: Cast, client_of: ClientOf, who: str, address: str
) -> None:
    said = text(client_of(getattr(twins, who)).get(address.format(group=twins.tremplin.pk)))
    assert FIRST in said
    assert "Ines BENALI (sec. 2)" in said


def test_the_page_of_a_dyad_and_that_of_a_student_say_that_a_namesake_exists(twins: Cast, client_of: ClientOf) -> None:
    dyad = twins.ines_marc
    pages = [(twins.julie, f"/dyades/{dyad.pk}/"), (twins.alain, reverse("student_edit", args=[dyad.student_id]))]
    for who, address in pages:
        said = text(client_of(who).get(address))
        assert "Une autre personne porte ce nom : Ines BENALI (sec. 2). Ici, il s’agit de Inès Benali (sec. 1)." in said
        assert "sous deux numéros" not in said
    stranger = Dyad.objects.exclude(student__family_name__iexact="benali").filter(program=dyad.program)[0]
    assert "porte ce nom" not in text(client_of(twins.julie).get(f"/dyades/{stranger.pk}/"))


def test_one_name_and_one_birth_date_under_two_numbers_is_pointed_out(twins: Cast, client_of: ClientOf) -> None:
    both = Student.objects.filter(family_name__iexact="benali")
    both.update(birth_date="2013-03-04")
    for who, address in [
        (twins.julie, "/dyades/nouvelle/"),
        (twins.nadia, f"/groupes/{twins.tremplin.pk}/"),
        (twins.alain, "/personnes/?liste=eleves"),
    ]:
        said = text(client_of(who).get(address))
        for listed in ("(sec. 1, même date de naissance)", "(sec. 2, même date de naissance)"):
            assert listed in said, address
    dyad = text(client_of(twins.julie).get(f"/dyades/{twins.ines_marc.pk}/"))
    assert "C’est peut-être une seule personne, inscrite sous deux numéros" in dyad
    letter = digest_letter(twins.julie, on=twins.on)
    assert letter is not None
    assert "naissance" not in letter.text


def test_a_search_tells_them_apart(twins: Cast, client_of: ClientOf) -> None:
    for client, address, fields, times in (
        (client_of(twins.julie), "/recherche/", {"q": "benali"}, 2),  # the student, and the dyad
        (client_of(twins.alain), "/personnes/", {"liste": "eleves", "q": "benali"}, 1),
    ):
        said = text(client.post(address, fields))
        assert said.count("(sec. 1)") == times
        assert said.count("(sec. 2)") == times


def test_an_e_mail_tells_them_apart_by_what_it_may_say(twins: Cast) -> None:
    letter = digest_letter(twins.julie, on=twins.on)
    assert letter is not None
    assert "Inès B. (sec. 1)" in letter.text
    assert "Ines B. (sec. 2)" in letter.text


def test_the_picture_of_weeks_tells_them_apart(twins: Cast, client_of: ClientOf) -> None:
    said = text(client_of(twins.julie).get("/tableau-de-bord/semaines/"))
    assert "Inès B. (sec. 1)" in said
    assert "Ines B. (sec. 2)" in said


def test_telling_apart_asks_nothing_more(cast: Cast, client_of: ClientOf) -> None:
    julie = client_of(cast.julie)

    def queries() -> int:
        julie.get("/dyades/nouvelle/")
        with CaptureQueriesContext(connection) as asked:
            julie.get("/dyades/nouvelle/")
        return len(asked)

    before = queries()
    for number in range(6):
        Student.objects.create(
            board=cast.board, school=cast.school, given_name="Zoé", family_name="Roy", key=f"z{number}", grade=1
        )
    assert queries() == before


@pytest.mark.parametrize("name", ["meetings", "findings", "endings"])
def test_a_file_tells_them_apart_with_as_many_queries(twins: Cast, client_of: ClientOf, name: str) -> None:
    dyads = Dyad.objects.filter(mentor=twins.ines_marc.mentor, student__family_name__iexact="benali")
    for dyad in dyads:
        DyadMeeting.objects.create(board=twins.board, dyad=dyad, on=twins.on, status="held", minutes=30)
    other = twins.sylvie_mentor.person
    User.objects.filter(pk=other.pk).update(
        given_name=twins.marc.given_name.upper(), family_name=twins.marc.family_name
    )
    dyads.update(ends_on=twins.on)
    Dyad.objects.filter(mentor=twins.sylvie_mentor).update(ends_on=twins.on)
    period = {"start": twins.on - timedelta(days=200), "end": twins.on, "reason": "Comité de suivi"}
    with CaptureQueriesContext(connection) as queries:
        said = b"".join(client_of(twins.julie).post(reverse(f"report_{name}_csv"), period)).decode()
    assert FIRST in said
    assert "Ines BENALI (sec. 2)" in said
    assert name == "findings" or f"{twins.marc} ({twins.marc.email})" in said
    assert sum("people_student" in one["sql"] for one in queries) <= 4
