"""What follows an ending: last words, next step, three letters, and the day of the last talk."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client

from guidelines.mailing import letter_of
from mentoring.models import Dyad, Parting, Referral
from mentoring.numbers import REMATCH_DAYS
from people.models import AuditEntry, Message, User
from people.outbox import deliver
from programs.numbers import in_force
from tests.cast import Cast
from tests.printed import faults_of

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)


@pytest.fixture
def julie(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.julie)


@pytest.fixture
def ended(cast: Cast) -> Dyad:
    """Olivia and Sylvie parted two weeks ago; their last talk was to come."""
    return cast.olivia_sylvie


def told(reply: object) -> str:
    return reply.content.decode().replace("\u00a0", " ")  # type: ignore[attr-defined]


def letters(reply: object) -> dict[str, str]:
    """What a person sends again, by field."""
    parts = unescape(reply.content.decode()).split("<textarea")[1:]  # type: ignore[attr-defined]
    return {
        part.split('name="')[1].split('"')[0]: part.split(">", 1)[1].split("</textarea")[0].strip() for part in parts
    }


def test_the_letters_are_told_from_the_facts_until_somebody_adapts_them(cast: Cast, julie: Client, ended: Dyad) -> None:
    at = f"/dyades/{ended.pk}/lettres/"
    first = letters(julie.get(at))
    assert "Olivia" in first["student_letter"]
    assert "Sylvie" in first["student_letter"]
    assert "Merci" in first["mentor_letter"]
    assert not any("échec" in words.lower() or "raison" in words.lower() for words in first.values())
    julie.post(f"/dyades/{ended.pk}/suites/", {"next_step": "other", "next_words": "Un groupe"})
    second = letters(julie.get(at))
    assert "Un autre soutien est prévu" in second["family_letter"], "the facts have moved"
    assert julie.post(at, second | {"student_letter": "Salut Olivia, merci!"}).status_code == 302
    julie.post(f"/dyades/{ended.pk}/suites/", {"next_step": "nothing"})
    third = letters(julie.get(at))
    assert third["student_letter"] == "Salut Olivia, merci!"
    assert "Un autre soutien est prévu" not in third["family_letter"]
    assert julie.post(at, third | {"family_letter": " "}).status_code == 422
    assert "Salut Olivia" in told(julie.get(f"{at}eleve/"))
    assert julie.get(f"{at}voisin/").status_code == 404


@pytest.mark.parametrize("to", ["eleve", "famille", "mentorat"])
def test_a_letter_is_a_file_that_everybody_reads(julie: Client, ended: Dyad, to: str) -> None:
    reply = julie.get(f"/dyades/{ended.pk}/lettres/{to}/pdf/")
    assert faults_of(reply.content) == []
    assert "Olivia" not in reply["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="dyad.letter_downloaded", subject_id=ended.pk).count() == 1


def test_the_mentors_letter_leaves_once_with_the_words_of_the_day(cast: Cast, julie: Client, ended: Dyad) -> None:
    at = f"/dyades/{ended.pk}/lettres/"
    for _time in range(2):
        assert julie.post(f"{at}envoyer/").status_code == 302
    message = Message.objects.get(kind="farewell")
    assert (message.person, message.target) == (cast.sylvie, ended.pk)
    assert AuditEntry.objects.filter(verb="dyad.letter_sent").count() == 1
    shown = letters(julie.get(at))
    julie.post(at, shown | {"mentor_letter": "Chère Sylvie,\n\nmille mercis."})
    deliver(message.pk, letter_of=lambda one: letter_of(one, today=cast.on), now=message.created_at)
    assert "mille mercis" in mail.outbox[0].body
    assert "envoyé" in told(julie.get(at))


def test_an_end_that_is_taken_back_tells_nobody_anything(cast: Cast, julie: Client, ended: Dyad) -> None:
    julie.post(f"/dyades/{ended.pk}/lettres/envoyer/")
    Dyad.objects.filter(pk=ended.pk).update(ends_on=None)
    assert letter_of(Message.objects.get(kind="farewell"), today=cast.on) is None
    for at in ("suites", "lettres"):
        assert "n’a pas pris fin" in told(julie.get(f"/dyades/{ended.pk}/{at}/", follow=True))


def test_confidential_last_words_are_for_who_noted_them_and_for_the_lead(
    cast: Cast, client_of: ClientOf, ended: Dyad
) -> None:
    said = {"student_words": "Elle va me manquer", "mentor_words": "", "words_level": "confidential"}
    at = f"/dyades/{ended.pk}/suites/"
    julie, alain = client_of(cast.julie), client_of(cast.alain)
    assert julie.post(at, said | {"next_step": "wait"}).status_code == 302
    parting = Parting.objects.get()
    assert (parting.words_by, parting.words_on) == (cast.julie, cast.on)
    for page in (f"/dyades/{ended.pk}/", f"/dyades/{ended.pk}/revoir-la-fin/", at):
        assert "Elle va me manquer" in told(julie.get(page))
        assert "Elle va me manquer" not in told(alain.get(page))
    assert alain.post(at, {"next_step": "nothing", "student_words": "Rien"}).status_code == 302
    parting.refresh_from_db()
    assert (parting.student_words, parting.next_step) == ("Elle va me manquer", "nothing")
    assert "Elle va me manquer" not in told(client_of(cast.sylvie).get(f"/dyades/{ended.pk}/"))


def test_who_waits_after_an_end_waits_until_its_day(cast: Cast, client_of: ClientOf, ended: Dyad) -> None:
    julie, nadia = client_of(cast.julie), client_of(cast.nadia)
    said = {"student": ended.student, "program": ended.program, "referred_by": cast.nadia}
    waits = Referral.objects.create(**said, referred_on=cast.on)
    assert "pas avant le" not in told(julie.get("/jumelages/"))
    julie.post(f"/dyades/{ended.pk}/suites/", {"next_step": "wait"})
    assert ended.ends_on is not None
    day = ended.ends_on + DAY * in_force(cast.board.pk, cast.on).worth(REMATCH_DAYS, ended.program_id)
    assert (f"pas avant le {day}" in told(julie.get("/jumelages/"))) == (day > cast.on)
    assert ("Pas avant le" in told(julie.get(f"/orientations/{waits.pk}/"))) == (day > cast.on)
    assert nadia.get(f"/dyades/{ended.pk}/suites/").status_code in {403, 404}
    Dyad.objects.filter(pk=ended.pk).update(ends_on=cast.on - DAY * 60)
    assert "pas avant le" not in told(julie.get("/jumelages/"))


def test_the_last_talk_is_planned_for_a_day_and_asked_about_until_it_has_its_answer(
    cast: Cast, client_of: ClientOf
) -> None:
    julie, dyad, day = client_of(cast.julie), cast.loic_sylvie, cast.on + 3 * DAY
    said = {"reason": "Déménagement", "ended_by": "family", "closure_talk": "planned", "confirm": "on"}
    said |= {"last_day": cast.on.isoformat()}
    refused = julie.post(f"/dyades/{dyad.pk}/terminer/", said | {"closure_talk_on": (cast.on - DAY).isoformat()})
    assert (refused.status_code, "Ce jour est passé" in told(refused)) == (422, True)
    said |= {"closure_talk_on": day.isoformat()}
    assert "est prévu le jeudi 26 novembre" in told(julie.post(f"/dyades/{dyad.pk}/terminer/", said, follow=True))
    sylvie, at = client_of(cast.sylvie), f"/dyades/{dyad.pk}/dernier-echange/"
    assert "Prévu le jeudi 26 novembre" in told(sylvie.get("/semaine/"))
    assert f'value="{day}"' in told(sylvie.get(at))
    page = told(sylvie.post(at, {"talk": "planned", "day": (day + DAY).isoformat()}, follow=True))
    undo = page.split('action="' + at + "annuler/")[1].split('"')[0]
    assert f"{at}" in told(sylvie.get("/semaine/")), "it is still asked"
    sylvie.post(f"{at}annuler/{undo}")
    dyad.refresh_from_db()
    assert (dyad.closure_talk, dyad.closure_talk_on) == ("planned", day)
