"""The pages of programmes from outside: opened once, described, their roles read by whom they concern."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accompagnement.demo.cast import Cast
from people.models import AuditEntry, User
from programs.models import ExpectedResult, Program, ProgramActivity, ProgramRole, RoleAcknowledgement

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


def described(**given: Any) -> dict[str, Any]:
    usual = {"name": "Passerelles", "cadence_unit": "week", "logging_grace_days": "7", "forms": ["guidance"]}
    return usual | given


def test_a_manager_opens_a_programme_once(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    sent = described(entry_uuid=str(uuid.uuid4()), school=cast.school.pk, domaine="group", intervention="passage")
    for _ in range(2):
        assert client.post("/programmes/nouveau/", sent).status_code == 302
    row = Program.objects.get(name="Passerelles")
    assert (row.school, row.board, row.domain, row.forms, row.whole_class) == (
        cast.school,
        cast.board,
        "group",
        ["guidance"],
        None,
    )
    assert AuditEntry.objects.filter(verb="program.started", subject_id=row.pk, person=cast.alain).count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Donnez un nom au programme."),
        ({"cadence_unit": "cycle", "cadence_days": "4"}, "Indiquez la longueur du cycle, de 5 à 10 jours de classe."),
        ({"cadence_unit": "cycle"}, "Indiquez la longueur du cycle, de 5 à 10 jours de classe."),
        ({"minutes": "beaucoup"}, "Indiquez une durée de 1 à 300 minutes."),
        ({"logging_grace_days": "40"}, "Indiquez de 0 à 28 jours pour consigner."),
    ],
)
def test_a_programme_that_can_t_be_is_refused(
    cast: Cast, client_of: ClientOf, given: dict[str, Any], sentence: str
) -> None:
    address = f"/programmes/{cast.groups_program.pk}/modifier/"
    response = client_of(cast.julie).post(address, described(**given))
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_the_domain_of_a_programme_stays(cast: Cast, client_of: ClientOf) -> None:
    sent = described(domain="group", mentoring_form="remote", prevents_dropout="yes")
    assert client_of(cast.julie).post(f"/programmes/{cast.mentoring.pk}/modifier/", sent).status_code == 302
    cast.mentoring.refresh_from_db()
    assert (cast.mentoring.domain, cast.mentoring.mentoring_form, cast.mentoring.forms) == ("mentoring", "remote", [])


def test_a_corrected_result_keeps_its_activities(cast: Cast, client_of: ClientOf) -> None:
    client, program = client_of(cast.julie), cast.groups_program
    program.results.all().delete()
    address = f"/programmes/{program.pk}/contenus/"
    client.post(address, {"results": "Persévérance\n\n Entraide \nEntraide"})
    first, second = ExpectedResult.objects.filter(program=program)
    activity = {"name": "Jeux", "content": "game", "theme": "social", "format": "group", "result": second.pk}
    for _ in range(2):
        assert client.post(f"{address}ajouter/", activity).status_code == 302
    client.post(address, {"results": "Persévérance\nEntraide entre élèves"})
    row = ProgramActivity.objects.get(program=program)
    assert row.result is not None
    assert (row.result.text, row.content, row.theme) == ("Entraide entre élèves", "game", "social")
    client.post(address, {"results": "Persévérance"})
    row.refresh_from_db()
    assert (row.result, list(program.results.all())) == (None, [first])
    client.post(f"/contenus/{row.pk}/modifier/", activity | {"name": "Jeux coopératifs", "result": first.pk})
    row.refresh_from_db()
    assert (row.name, row.result) == ("Jeux coopératifs", first)
    client.post(f"/contenus/{row.pk}/retirer/")
    assert not ProgramActivity.objects.filter(program=program).exists()


def test_a_role_is_read_by_whom_it_concerns_and_again_when_it_changes(cast: Cast, client_of: ClientOf) -> None:
    lead, teacher, program = client_of(cast.julie), client_of(cast.nadia), cast.groups_program
    texts = {"teacher-role": "Accompagne le groupe.", "teacher-limits": "Ne remplace pas les services."}
    lead.post(f"/programmes/{program.pk}/roles/", texts)
    role = ProgramRole.objects.get(program=program)
    assert "J’en ai pris connaissance" in teacher.get(f"/programmes/{program.pk}/").content.decode()
    assert "J’en ai pris connaissance" not in lead.get(f"/programmes/{program.pk}/").content.decode()
    for _ in range(2):
        assert teacher.post(f"/roles/{role.pk}/prendre-connaissance/").status_code == 302
    row = RoleAcknowledgement.objects.get()
    assert (row.person, row.role, row.acknowledged_on) == (cast.nadia, role, cast.on)
    assert lead.post(f"/roles/{role.pk}/prendre-connaissance/").status_code == 403
    assert str(cast.nadia) in lead.get(f"/programmes/{program.pk}/").content.decode()
    lead.post(f"/programmes/{program.pk}/roles/", texts)
    assert RoleAcknowledgement.objects.exists()
    lead.post(f"/programmes/{program.pk}/roles/", texts | {"teacher-limits": "Réfère aux services."})
    assert not RoleAcknowledgement.objects.exists()
    lead.post(f"/programmes/{program.pk}/roles/", {})
    assert not ProgramRole.objects.filter(program=program).exists()


def test_a_mentor_reads_the_role_of_mentors(cast: Cast, client_of: ClientOf) -> None:
    role = ProgramRole.objects.create(
        board=cast.board, program=cast.mentoring, actor="mentor", role="Rencontre.", limits="Ne soigne pas."
    )
    assert client_of(cast.marc).post(f"/roles/{role.pk}/prendre-connaissance/").status_code == 302
    assert RoleAcknowledgement.objects.filter(role=role, person=cast.marc).exists()


def test_nobody_leads_for_now_then_somebody_does(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.julie), f"/groupes/{cast.tremplin.pk}/responsable/"
    gone = {"nobody": "on", "starts_on": cast.on.isoformat(), "reason": "left"}
    assert client.post(address, gone | {"reason": ""}).status_code == 422
    assert client.post(address, gone).status_code == 302
    assert not cast.tremplin.leads.active_on(cast.on).exists()
    taken = {"lead": cast.karim.pk, "starts_on": cast.on.isoformat()}
    assert client.post(address, taken).status_code == 302
    assert cast.tremplin.leads.active_on(cast.on).get().person == cast.karim


def test_a_list_of_thirty_programmes_costs_what_a_list_of_two_does(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast.alain)
    with django_assert_max_num_queries(13):
        assert len(client.get("/programmes/").context["listed"]) == 2
    for number in range(30):
        Program.objects.create(board=cast.board, school=cast.school, name=f"Programme {number}", domain="group")
    with django_assert_max_num_queries(13):
        assert len(client.get("/programmes/").context["listed"]) == 25
