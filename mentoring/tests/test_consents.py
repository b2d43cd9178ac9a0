"""Consents: by student to the privacy officer, in numbers to the administrator, on a student’s page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accompagnement.demo.cast import Cast
from people.models import Consent, Student, User
from programs.models import Program

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]


def agree(student: Student, cast: Cast, days: int = 30, withdrawn: int | None = None) -> Consent:
    ended = cast.on - timedelta(days=withdrawn) if withdrawn is not None else None
    said = {"purpose": "outcomes", "giver": "parent", "given_on": cast.on - timedelta(days=days)}
    return Consent.objects.create(student=student, withdrawn_on=ended, **said)


@pytest.mark.on_postgresql
def test_each_state_holds_its_students(cast: Cast, client_of: ClientOf) -> None:
    agree(cast.ines, cast)
    agree(cast.sofia, cast, withdrawn=3)
    agree(cast.other_student, cast)
    lists = {
        state: client_of(cast.line).get(f"{reverse('consents')}?etat={state}").content.decode()
        for state in ("en-vigueur", "retires", "manquants")
    }
    assert [state for state, text in lists.items() if "Benali, Inès" in text] == ["en-vigueur"]
    assert cast.sofia.listed_name in lists["retires"]
    thomas = cast.thomas_nadia.student
    assert [state for state, text in lists.items() if thomas.listed_name in text] == ["manquants"]
    assert all(cast.other_student.listed_name not in text for text in lists.values())
    numbers = client_of(cast.robert).get(reverse("consents")).content.decode()
    assert "moins de cinq" in numbers
    assert "Benali" not in numbers


def test_a_students_page_tells_it_to_those_who_answer_for_them(cast: Cast, client_of: ClientOf) -> None:
    row, page = agree(cast.ines, cast), reverse("student", args=[cast.ines.pk])
    led = client_of(cast.julie).get(page).content.decode()
    led_by = Program.objects.led_by(cast.julie).values_list("pk", flat=True)
    ways = [reverse("program_consent", args=[pk, row.pk]) for pk in led_by]
    (withdraw,) = [way for way in ways if way in led]
    assert client_of(cast.julie).get(withdraw).status_code == 200
    assert "Consentements" not in client_of(cast.marc).get(page).content.decode()
    pk = row.pk
    row.delete()
    led = client_of(cast.julie).get(page).content.decode()
    assert withdraw.replace(f"consentements/{pk}/", "resultats/etape/") in led
    assert "ni l’assiduité ni les résultats ne sont gardés" in led


@pytest.mark.once
def test_queries_do_not_grow(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.line)
    agree(cast.ines, cast)
    client.get(reverse("consents"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("consents")).status_code == 200
        return len(found)

    before = queries()
    for dyad in (cast.loic_sylvie, cast.sofia_etienne, cast.thomas_nadia):
        agree(dyad.student, cast)
    assert queries() == before
