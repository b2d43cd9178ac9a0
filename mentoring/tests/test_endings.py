"""An early end says what led to it; the last talk that was foreseen is asked about until it has its answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from mentoring.models import Dyad
from people.models import AuditEntry, User
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
SAID = {"reason": "Déménagement", "ended_by": "family", "closure_talk": "planned", "confirm": "on"}
ASKED = "Le dernier échange a-t-il eu lieu?"


@pytest.fixture
def ended(cast: Cast) -> Dyad:
    """Olivia and Sylvie parted two weeks ago; their last talk was to come."""
    assert cast.olivia_sylvie.closure_talk == "planned"
    return cast.olivia_sylvie


def told(reply: object) -> str:
    return reply.content.decode().replace("\u00a0", " ")  # type: ignore[attr-defined]


def test_an_early_end_says_by_a_code_what_led_to_it(cast: Cast, julie: Client) -> None:
    dyad = cast.loic_sylvie
    address, said = f"/dyades/{dyad.pk}/terminer/", SAID | {"last_day": cast.on.isoformat()}
    assert "dites-le maintenant, ou à la revue" in told(julie.get(address))
    assert julie.post(address, said | {"end_code": "mentor_none"}).status_code == 422
    assert julie.post(address, said | {"end_code": "student_left"}).status_code == 302
    assert "L’élève change d’école ou déménage." in told(julie.get(f"/dyades/{dyad.pk}/"))


@pytest.mark.parametrize("why", ["committed end", "hand-over", "six months"])
def test_an_end_in_its_time_asks_for_no_code(cast: Cast, julie: Client, why: str) -> None:
    dyad = cast.loic_sylvie
    until = {"committed end": cast.on + timedelta(days=1), "six months": None}.get(why, dyad.committed_until)
    Dyad.objects.filter(pk=dyad.pk).update(committed_until=until)  # as imported, without a version
    if why == "six months":
        dyad.meetings.all().delete()
        Dyad.objects.filter(pk=dyad.pk).update(starts_on=cast.on - timedelta(days=190))
    said = SAID | {"last_day": cast.on.isoformat()} | ({"planned_handover": "on"} if why == "hand-over" else {})
    assert julie.post(f"/dyades/{dyad.pk}/terminer/", said).status_code == 302


def test_the_talk_is_asked_of_its_mentor_and_its_lead_and_of_nobody_else(
    cast: Cast, client_of: ClientOf, ended: Dyad
) -> None:
    for person, asked in ((cast.sylvie, True), (cast.julie, True), (cast.nadia, False), (cast.marc, False)):
        page = told(client_of(person).get("/semaine/"))
        assert (ASKED in page, f"/dyades/{ended.pk}/dernier-echange/" in page) == (asked, asked), person


def test_it_was_held_and_the_question_goes(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    sylvie, address = client_of(cast.sylvie), f"/dyades/{ended.pk}/dernier-echange/"
    assert f'value="{cast.on}"' in told(sylvie.get(address)), "today is proposed"
    day = (cast.on + timedelta(days=1)).isoformat()
    for said, sentence in (
        ({"talk": "held", "day": day}, "ne peut pas être dans le futur"),
        ({"talk": "held", "day": ""}, "Indiquez le jour"),
        ({"talk": "held", "day": "2020-01-06"}, "a commencé le"),
        ({"talk": "planned", "day": ""}, ""),
    ):
        refused = sylvie.post(address, said)
        assert (refused.status_code, sentence in told(refused)) == (422, True), said
    said = {"talk": "held", "day": "2026-11-20"}
    for _time in range(2):
        assert sylvie.post(address + "?retour=semaine", said).status_code == 302
    assert ASKED not in told(sylvie.get("/semaine/"))
    assert "a eu lieu le 20 novembre 2026" in told(sylvie.get(f"/dyades/{ended.pk}/"))
    assert AuditEntry.objects.filter(verb="dyad.farewell_answered", person=cast.sylvie).count() == 1


def test_it_is_not_possible_in_one_press_and_undone_in_another(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    julie, address = client_of(cast.julie), f"/dyades/{ended.pk}/dernier-echange/"
    page = told(julie.post(address + "?retour=semaine", {"talk": "not_possible"}, follow=True))
    assert ASKED not in page
    undo = page.split('action="' + address + "annuler/")[1].split('"')[0]
    for asked in (True, True):
        assert julie.post(f"{address}annuler/{undo}").status_code == 302
        assert (ASKED in told(julie.get("/semaine/"))) == asked
    ended.refresh_from_db()
    assert (ended.closure_talk, ended.closure_talk_on) == ("planned", None)


def test_an_old_undo_leaves_what_was_said_since(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    julie, address = client_of(cast.julie), f"/dyades/{ended.pk}/dernier-echange/"
    page = told(julie.post(address, {"talk": "not_possible"}, follow=True))
    undo = page.split('action="' + address + "annuler/")[1].split('"')[0]
    ended.refresh_from_db()
    ended.end_reason = "Déménagement à Gatineau"
    ended.save()
    julie.post(f"{address}annuler/{undo}")
    ended.refresh_from_db()
    assert ended.closure_talk == "not_possible"
