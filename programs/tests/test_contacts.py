"""Contacts and reviews from outside: one record however often the form is sent, taken back, and who may."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from people.models import Guardian, User
from programs.models import FamilyContact, GroupReview, StudentContact

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


def sent(cast: Cast, **given: Any) -> dict[str, Any]:
    return {"entry_uuid": str(uuid.uuid4()), "day": cast.on.isoformat(), "channel": "in_person"} | given


def students(cast: Cast, number: int) -> list[int]:
    return list(cast.tremplin.members.values_list("student", flat=True)[:number])


def test_one_form_logs_several_students_once(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.nadia), f"/groupes/{cast.tremplin.pk}/contact/"
    met = students(cast, 3)
    form = sent(cast, students=met, minutes="other", other_minutes="7", note="Entretien.", note_level="confidential")
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    rows = StudentContact.objects.filter(group=cast.tremplin)
    assert {row.student_id for row in rows} == set(met)
    assert len(rows) == 3
    assert {(row.minutes, row.logged_by, row.logged_on, row.note_level) for row in rows} == {
        (7, cast.nadia, cast.on, "confidential")
    }
    assert "Entretien." in client.get(f"/groupes/{cast.tremplin.pk}/").content.decode()
    assert "Entretien." not in client_of(cast.alain).get(f"/groupes/{cast.tremplin.pk}/").content.decode()


def test_what_a_form_wrote_is_taken_back_at_once_and_may_be_sent_again(cast: Cast, client_of: ClientOf) -> None:
    client, form = client_of(cast.nadia), sent(cast, students=students(cast, 2))
    client.post(f"/groupes/{cast.tremplin.pk}/contact/", form)
    undo = f"/groupes/{cast.tremplin.pk}/entrees/{form['entry_uuid']}/annuler/"
    for _ in range(2):
        assert client.post(undo).status_code == 302
    assert not StudentContact.objects.kept().filter(group=cast.tremplin).exists()
    client.post(f"/groupes/{cast.tremplin.pk}/contact/", form)
    assert StudentContact.objects.kept().filter(group=cast.tremplin).count() == 2
    assert client_of(cast.alain).post(undo).status_code == 403


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"students": []}, "Choisissez au moins un élève."),
        ({"day": "other", "other_on": ""}, "Indiquez la date."),
        ({"day": "other", "other_on": "2026-11-24"}, "La date ne peut pas être dans le futur."),
        ({"minutes": "other", "other_minutes": "500"}, "Indiquez une durée de 1 à 300 minutes."),
        ({"students": ["999999"]}, "n’est pas du groupe à cette date"),
    ],
)
def test_a_contact_that_can_t_be_is_refused_with_what_to_do(
    cast: Cast, client_of: ClientOf, given: dict[str, Any], sentence: str
) -> None:
    form = sent(cast, students=students(cast, 1), note="À garder") | given
    response = client_of(cast.nadia).post(f"/groupes/{cast.tremplin.pk}/contact/", form)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "À garder" in response.content.decode()
    assert not StudentContact.objects.filter(group=cast.tremplin).exists()


def test_a_family_is_reached_in_two_taps(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.nadia), f"/groupes/{cast.tremplin.pk}/famille/"
    student = students(cast, 1)[0]
    page = client.get(address)
    usual = page.context["form"].initial  # what stands checked when the page opens
    form = {name: str(usual[name]) for name in ("entry_uuid", "day", "channel", "outcome")} | {"students": [student]}
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    row = FamilyContact.objects.get(group=cast.tremplin)
    assert (row.student_id, row.channel, row.outcome, row.on) == (student, "phone", "reached", cast.on)


def test_a_guardian_of_another_family_is_refused(cast: Cast, client_of: ClientOf) -> None:
    first, second = students(cast, 2)
    guardian = Guardian.objects.create(board=cast.board, student_id=second, given_name="Rosa", relation="mère")
    form = sent(cast, students=[first], guardian=guardian.pk, channel="phone", outcome="reached")
    client, address = client_of(cast.nadia), f"/groupes/{cast.tremplin.pk}/famille/"
    response = client.post(address, form)
    assert response.status_code == 422
    assert "n’est pas de la famille de l’élève choisi" in response.content.decode()
    # One word to two families is a record each, once; the person named stays with the student whose family they are of.
    for _time in range(2):
        assert client.post(address, form | {"students": [first, second]}).status_code == 302
    kept = FamilyContact.objects.kept().filter(group=cast.tremplin)
    assert dict(kept.values_list("student", "guardian")) == {first: None, second: guardian.pk}
    client.post(f"/groupes/{cast.tremplin.pk}/entrees/{form['entry_uuid']}/annuler/")
    assert not kept.exists()


def test_the_group_then_a_student_are_looked_back_at(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.nadia), f"/groupes/{cast.tremplin.pk}/bilan/"
    student = students(cast, 1)[0]
    whole = sent(cast, about="group", evolution="Le groupe s’écoute davantage.")
    for form in (whole, whole, sent(cast, about=student, intensity="close", tie="De confiance", fit="partly")):
        assert client.post(address, form).status_code == 302
    rows = GroupReview.objects.filter(group=cast.tremplin).order_by("pk")
    assert [(row.student_id, row.intensity, row.fit) for row in rows] == [(None, "", ""), (student, "close", "partly")]
    empty = client.post(address, sent(cast, about="group"))
    assert (empty.status_code, "Écrivez au moins une observation." in empty.content.decode()) == (422, True)


def test_those_without_a_contact_come_first(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.nadia), f"/groupes/{cast.tremplin.pk}/contact/"
    before = [value for value, _name in client.get(address).context["form"].fields["students"].choices]
    client.post(address, sent(cast, students=[before[0]], day=(cast.on - timedelta(days=3)).isoformat()))
    after = [value for value, _name in client.get(address).context["form"].fields["students"].choices]
    assert after == [*before[1:], before[0]]
    page = client.get(f"/groupes/{cast.tremplin.pk}/").content.decode()
    assert "1 sur 12 cette étape" in page


@pytest.mark.parametrize("kind", ["famille", "contact"])
def test_another_contact_of_the_day_by_the_same_means_is_said_to_be_one(
    cast: Cast, client_of: ClientOf, kind: str
) -> None:
    model: Any = {"famille": FamilyContact, "contact": StudentContact}[kind]
    client, (one, other) = client_of(cast.nadia), cast.tremplin.members.select_related("student")[:2]

    def send(*chosen: Any, **given: Any) -> Any:
        """As the page stands when it opens, and each time anew: the key is fresh."""
        address = f"/groupes/{cast.tremplin.pk}/{kind}/?eleve={chosen[0].student_id}"
        initial = client.get(address).context["form"].initial
        usual = {name: initial[name] for name in ("entry_uuid", "day", "channel", "outcome") if name in initial}
        return client.post(address, usual | {"students": [row.student_id for row in chosen]} | given)

    assert send(one).status_code == 302
    again = send(one, other, note="À garder")
    assert again.status_code == 422
    page = again.content.decode()
    assert f"déjà consigné ce jour-là\u00a0: {one.student}. Confirmez" in page, "only whom it doubles"
    assert 'name="second"' in page
    assert "À garder" in page
    assert model.objects.count() == 1
    assert send(one, other, second="on").status_code == 302
    assert model.objects.count() == 3
    assert send(one, channel="video").status_code == 302, "by other means it is another"


def test_the_same_review_sent_by_the_back_button_is_one(cast: Cast, client_of: ClientOf) -> None:
    for _time in range(2):
        form = sent(cast, about="group", evolution="Le groupe s’écoute davantage.")
        assert client_of(cast.nadia).post(f"/groupes/{cast.tremplin.pk}/bilan/", form).status_code == 302
    assert GroupReview.objects.filter(group=cast.tremplin).count() == 1
