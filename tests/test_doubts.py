"""« J’ai un doute »: two taps, read by those who answer for the programme and by nobody else."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from mentoring.models import Doubt, Dyad
from people.models import AuditEntry, Notification, User
from programs.models import Program

ClientOf = Callable[[User], Client]
WORDS = "Thomas évite le local."
ANSWER = "Vu avec la direction."
pytestmark = pytest.mark.once


@pytest.fixture
def dyad(cast: Cast) -> Dyad:
    Program.objects.filter(domain="mentoring").update(support_calls_from=cast.on)
    return Dyad.objects.get(pk=cast.thomas_nadia.pk)


def raised(client: Client, dyad: Dyad, words: str = WORDS) -> Doubt:
    client.post(f"/dyades/{dyad.pk}/doute/", {"entry_uuid": str(uuid.uuid4()), "words": words})
    return Doubt.objects.latest("pk")


def html(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def deeds() -> list[str]:
    return list(AuditEntry.objects.filter(verb__startswith="doubt.").order_by("pk").values_list("verb", flat=True))


def test_it_takes_two_taps_and_no_words(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    nadia, address = client_of(cast.nadia), f"/dyades/{dyad.pk}/doute/"
    assert f'href="{address}"' in html(nadia, f"/dyades/{dyad.pk}/")
    sent = {"entry_uuid": re.findall(r'name="entry_uuid" value="([^"]+)"', html(nadia, address))[0], "words": ""}
    assert [nadia.post(address, sent).status_code for _twice in range(2)] == [302, 302]
    assert Doubt.objects.count() == 1
    assert deeds() == ["doubt.raised"]
    assert nadia.post(address, {"entry_uuid": str(uuid.uuid4()), "words": "x" * 1001}).status_code == 422


def test_those_who_answer_for_the_programme_read_it_and_nobody_else(
    cast: Cast, dyad: Dyad, client_of: ClientOf
) -> None:
    week = timedelta(weeks=1)
    dyad.substitutes.create(person=cast.sylvie, starts_on=cast.on - week, ends_on=cast.on + week)
    doubt = raised(client_of(cast.nadia), dyad)
    home, hear = f"/dyades/{dyad.pk}/", f"/doutes/{doubt.pk}/entendre/"
    for person in (cast.julie, cast.alain):
        client = client_of(person)
        assert WORDS in html(client, home)
        assert WORDS in html(client, "/appels/")
        assert WORDS in html(client, hear)
    others = (cast.sylvie, cast.marc, cast.karim, cast.chantal, cast.robert, cast.line, cast.other_lead)
    for person in others:
        client = client_of(person)
        pages = (home, "/appels/", hear, "/semaine/", "/vigilance/", "/notifications/", "/messages/")
        assert not [path for path in pages if WORDS in html(client, path)]
        assert client.get(hear).status_code == 404
        assert client.post(hear, {"answer": "Non."}).status_code == 404
    assert "Votre doute du" not in html(client_of(cast.sylvie), home), "who stands in doesn't know of it either"
    doubt.refresh_from_db()
    assert doubt.heard_on is None


def test_it_is_no_finding_and_in_no_message(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    def findings() -> set[tuple[str, int | None]]:
        evaluate_board(cast.board, on=cast.on)
        return set(Flag.objects.values_list("guideline", "dyad"))

    before = findings()
    Notification.objects.all().delete()
    raised(client_of(cast.nadia), dyad)
    assert findings() == before
    assert not Notification.objects.exists()
    assert not mail.outbox


def test_who_raised_it_learns_that_it_was_heard_and_no_more(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    nadia, julie = client_of(cast.nadia), client_of(cast.julie)
    doubt = raised(nadia, dyad)
    home, hear = f"/dyades/{dyad.pk}/", f"/doutes/{doubt.pk}/entendre/"
    assert "Votre doute du 23 novembre est reçu." in html(nadia, home)
    assert julie.post(hear, {"answer": ""}).status_code == 422
    assert [julie.post(hear, {"answer": ANSWER}).status_code for _twice in range(2)] == [302, 302]
    assert "a été entendu le 23 novembre" in html(nadia, home)
    assert ANSWER not in html(nadia, home)
    assert nadia.get(hear).status_code == 403
    assert ANSWER in html(julie, home)
    assert WORDS not in html(julie, "/appels/")
    nadia.post(f"/doutes/{doubt.pk}/retirer/")
    assert Doubt.objects.exists(), "what was heard stays"
    julie.post(f"/doutes/{doubt.pk}/rouvrir/")
    assert WORDS in html(julie, "/appels/")
    assert deeds() == ["doubt.raised", "doubt.heard", "doubt.reopened"]


def test_until_it_is_heard_it_is_taken_back_words_and_all(cast: Cast, dyad: Dyad, client_of: ClientOf) -> None:
    nadia = client_of(cast.nadia)
    doubt = raised(nadia, dyad)
    assert client_of(cast.julie).post(f"/doutes/{doubt.pk}/retirer/").status_code == 403
    assert nadia.post(f"/doutes/{doubt.pk}/retirer/").status_code == 302
    assert not Doubt.objects.exists()
    assert deeds() == ["doubt.raised", "doubt.withdrawn"]
