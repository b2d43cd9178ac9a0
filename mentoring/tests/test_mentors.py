"""What is recorded of a mentor: by whom, read by whom, and never twice."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.models import Mentor, MentorApproach, StyleSelfAssessment, Training
from people.models import AuditEntry, User
from tests.cast import Cast

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


@pytest.fixture
def training() -> dict[str, Any]:
    return {
        "entry_uuid": str(uuid.uuid4()),
        "kind": "initial",
        "day": "2026-11-23",
        "minutes": "120",
        "title": "Les bases",
    }


def test_a_training_is_counted_once(cast: Cast, client_of: ClientOf, training: dict[str, Any]) -> None:
    address = f"/mentors/{cast.etienne_mentor.pk}/formation/"
    chantal = client_of(cast.chantal)
    assert chantal.post(address, training).status_code == 302
    again = chantal.post(address, training, follow=True)
    assert again.redirect_chain == [(f"/mentors/{cast.etienne_mentor.pk}/", 302)]
    assert "Cette formation est déjà inscrite" in again.content.decode()
    row = Training.objects.get(person=cast.etienne)
    assert (row.kind, row.completed_on, row.minutes, row.title) == ("initial", cast.on, 120, "Les bases")
    assert AuditEntry.objects.filter(verb="mentor.trained").count() == 1
    assert "120 min sur 120" in chantal.get(f"/mentors/{cast.etienne_mentor.pk}/").content.decode()
    other = training | {"title": "", "minutes": "other", "other_minutes": "45"}
    assert chantal.post(address, other).status_code == 302


def test_an_impossible_training_is_refused(cast: Cast, julie: Client, training: dict[str, Any]) -> None:
    refused = [
        ({"day": "2026-12-01"}, "ne peut pas être dans le futur"),
        ({"minutes": "other", "other_minutes": "0"}, "La durée va de 1"),
        ({"minutes": "other"}, "Indiquez la durée"),
        ({"kind": ""}, "Choisissez la nature"),
    ]
    for change, sentence in refused:
        reply = julie.post(f"/mentors/{cast.etienne_mentor.pk}/formation/", training | change)
        assert (reply.status_code, sentence in reply.content.decode()) == (422, True), change
    assert not Training.objects.filter(person=cast.etienne).exists()


def test_the_list_is_for_who_supports_mentors_in_constant_queries(cast: Cast, client_of: ClientOf) -> None:
    chantal = client_of(cast.chantal)

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert chantal.get("/mentors/").status_code == 200
        return len(caught)

    shown = chantal.get("/mentors/").content.decode()
    assert str(cast.etienne) in shown
    assert str(cast.ines) not in shown
    assert str(cast.other_mentor) not in shown
    few = count()
    people = User.objects.bulk_create(
        User(board=cast.board, school=cast.school, given_name=f"Personne{n}", family_name="Nombre") for n in range(30)
    )
    Mentor.objects.bulk_create(Mentor(person=person, kind="teacher") for person in people)
    Training.objects.bulk_create(
        Training(person=person, kind="initial", completed_on=cast.on, minutes=60) for person in people
    )
    assert count() == few


def test_a_trainer_sees_no_student(cast: Cast, client_of: ClientOf) -> None:
    address = f"/mentors/{cast.marc_mentor.pk}/"
    assert str(cast.ines) not in client_of(cast.chantal).get(address).content.decode()
    assert str(cast.ines) in client_of(cast.julie).get(address).content.decode()
    assert str(cast.ines) in client_of(cast.marc).get(address).content.decode()


def test_a_style_is_ones_own_and_its_trainers(cast: Cast, client_of: ClientOf) -> None:
    marc = client_of(cast.marc)
    for chosen in (["change", "trust"], ["trust", "needs", "means"]):
        assert marc.post("/mon-style/", {"markers": chosen}).status_code == 302
    style = StyleSelfAssessment.objects.get(mentor=cast.marc_mentor, on=cast.on)
    assert (style.markers, style.developmental, style.prescriptive) == (["trust", "needs", "means"], 2, 1)
    refused = marc.post("/mon-style/", {})
    assert refused.status_code == 422
    assert "Cochez au moins une phrase" in refused.content.decode()
    assert marc.post("/mon-style/", {"markers": ["rank"]}).status_code == 422
    said = "Les besoins de l’élève sont au centre."
    readers = {cast.marc: True, cast.chantal: True, cast.julie: False, cast.alain: False}
    for person, reads in readers.items():
        shown = client_of(person).get(f"/mentors/{cast.marc_mentor.pk}/").content.decode()
        assert (said in shown) == reads, person
    assert client_of(cast.julie).get("/mon-style/").status_code == 403


def test_an_approach_is_stated_in_ones_own_words(cast: Cast, client_of: ClientOf) -> None:
    marc = client_of(cast.marc)
    assert marc.post("/mon-approche/", {"beliefs": " "}).status_code == 422
    for beliefs in ("Tous ont des forces", "Chaque jeune a des forces"):
        assert marc.post("/mon-approche/", {"beliefs": beliefs, "style": "Souple"}).status_code == 302
    approach = MentorApproach.objects.get(mentor=cast.marc_mentor, on=cast.on)
    assert (approach.beliefs, approach.attitudes, approach.style) == ("Chaque jeune a des forces", "", "Souple")
    assert "Chaque jeune a des forces" in marc.get("/mon-approche/").content.decode()


def test_who_answers_for_a_mentor_says_who_they_are(cast: Cast, julie: Client, client_of: ClientOf) -> None:
    address = f"/mentors/{cast.marc_mentor.pk}/modifier/"
    born = f"student_{cast.ines.pk}"
    form = {"kind": "older_peer", "birth_date": "1961-05-04", born: "2013-02-03"}
    for client in (client_of(cast.marc), client_of(cast.chantal)):
        assert client.post(address, form).status_code == 403
    for _time in range(2):
        assert julie.post(address, form).status_code == 302
    cast.marc_mentor.refresh_from_db()
    cast.ines.refresh_from_db()
    assert (cast.marc_mentor.kind, cast.marc_mentor.birth_date) == ("older_peer", date(1961, 5, 4))
    assert cast.ines.birth_date == date(2013, 2, 3)
    assert AuditEntry.objects.filter(verb__endswith=".corrected").count() == 2
    foreign = {f"student_{cast.kim.pk}": "2013-02-03"}
    assert julie.post(address, form | foreign).status_code == 302
    cast.kim.refresh_from_db()
    assert cast.kim.birth_date != date(2013, 2, 3), "not a student of this mentor"
    for change in ({"birth_date": "2030-01-01"}, {born: "2030-01-01"}, {"kind": ""}, {"birth_date": "12"}):
        assert julie.post(address, form | change).status_code == 422, change


def test_another_boards_mentor_is_nowhere(cast: Cast, julie: Client) -> None:
    for name in ("", "formation/", "modifier/"):
        assert julie.get(f"/mentors/{cast.other_mentor_row.pk}/{name}").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "20261123"])
def test_a_chip_takes_no_day_that_the_date_field_refuses(
    cast: Cast, client_of: ClientOf, training: dict[str, Any], day: str
) -> None:
    reply = client_of(cast.julie).post(f"/mentors/{cast.etienne_mentor.pk}/formation/", training | {"day": day})
    assert reply.status_code == 422
    assert "Cette date n’existe pas" in reply.content.decode()
    time = {"entry_uuid": str(uuid.uuid4()), "day": day, "function": "services", "minutes": "45"}
    assert client_of(cast.nadia).post("/mon-temps/", time).status_code == 422
