"""What somebody types in an entry form comes back to them, and to nobody else, until it is saved."""

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from accompagnement.demo.cast import PASSWORD, Cast
from mentoring.models import DyadMeeting
from mentoring.tasks import plan_all_boards
from people.drafts import fill
from people.fields import ChipField
from people.models import Draft, User
from tests.log.page import opened

NOTE = "Il a parlé du déménagement, à voix basse."
ClientOf = Callable[[User], Client]
pytestmark = pytest.mark.once


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/dyades/{cast.thomas_nadia.pk}/consigner/"


def of_today(cast: Cast) -> QuerySet[DyadMeeting]:
    return DyadMeeting.objects.filter(dyad=cast.thomas_nadia, on=cast.on, status="held")


def test_what_is_typed_comes_back_to_its_author_alone(cast: Cast, client_of: ClientOf, address: str) -> None:
    nadia = client_of(cast.nadia)
    form = opened(nadia, address)
    kept = nadia.post("/brouillons/", form | {"note": NOTE, "minutes": "40", "retour": "dyade"})
    assert kept.json() == {"said": "Brouillon enregistré à 9\u00a0h"}
    html = nadia.get(address).content.decode()
    assert NOTE in html
    assert "Nous avons repris votre brouillon, enregistré à 9\u00a0h." in html
    assert re.search(r'name="minutes" value="40"[^>]* checked', html)
    assert f'value="{form["entry_uuid"]}"' in html
    julie = client_of(cast.julie)
    assert julie.get(address).status_code == 200
    assert NOTE not in julie.get(address).content.decode()
    assert NOTE not in nadia.get(f"/dyades/{cast.kim_nadia.pk}/consigner/").content.decode()


def test_days_later_a_draft_still_says_its_day(cast: Cast, client_of: ClientOf, address: str) -> None:
    nadia = client_of(cast.nadia)
    day = str(cast.on - timedelta(days=4))
    nadia.post("/brouillons/", opened(nadia, address) | {"note": NOTE, "day": day, "other_on": ""})
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert opened(client_of(cast.nadia), address)["day"] == day


def test_the_other_outcome_of_the_same_entry_keeps_the_note(cast: Cast, client_of: ClientOf, address: str) -> None:
    nadia = client_of(cast.nadia)
    nadia.post("/brouillons/", opened(nadia, address) | {"note": NOTE})
    assert NOTE in nadia.get(f"{address}?etat=non-tenue&retour=dyade").content.decode()


def test_once_saved_nothing_comes_back_not_even_what_arrives_late(
    cast: Cast, client_of: ClientOf, address: str
) -> None:
    nadia = client_of(cast.nadia)
    form = opened(nadia, address) | {"note": NOTE}
    nadia.post("/brouillons/", form)
    assert nadia.post(address, form).status_code == 302
    nadia.post("/brouillons/", form)
    assert not Draft.objects.exists()
    assert of_today(cast).count() == 1
    # A new page of the same form is a new entry.
    nadia.post("/brouillons/", opened(nadia, address) | {"note": NOTE})
    assert Draft.objects.count() == 1


def test_begun_again_the_form_is_empty(cast: Cast, client_of: ClientOf, address: str) -> None:
    nadia = client_of(cast.nadia)
    form = opened(nadia, address) | {"note": NOTE}
    nadia.post("/brouillons/", form)
    again = nadia.post("/brouillons/effacer/", {"opened_by": form["opened_by"]}, follow=True)
    assert again.redirect_chain[-1][0] == address
    assert NOTE not in again.content.decode()
    assert not Draft.objects.exists()


def test_a_refused_entry_is_kept_also_without_a_script(cast: Cast, client_of: ClientOf, address: str) -> None:
    nadia = client_of(cast.nadia)
    refused = nadia.post(address, opened(nadia, address) | {"note": NOTE, "minutes": "other", "other_minutes": ""})
    assert refused.status_code == 422
    html = nadia.get(address).content.decode()
    assert NOTE in html
    assert "Erreur" not in html


def test_a_session_that_ended_gives_the_form_back_to_the_same_person(
    cast: Cast, client_of: ClientOf, address: str
) -> None:
    nadia = client_of(cast.nadia)
    form = opened(nadia, address) | {"note": NOTE}
    nadia.logout()
    away = nadia.post(address, form)
    assert away.status_code == 302
    assert parse_qs(urlsplit(away["Location"]).query)["next"] == [address]
    assert "Votre saisie est gardée" in nadia.get(away["Location"]).content.decode()
    assert not of_today(cast).exists()

    marc = Client()
    marc.post(away["Location"], {"login": cast.marc.email, "password": PASSWORD})
    assert NOTE not in marc.get(address, follow=True).content.decode()

    back = nadia.post(away["Location"], {"login": cast.nadia.email, "password": PASSWORD}, follow=True)
    assert NOTE in back.content.decode()
    again = opened(nadia, address) | {"note": NOTE}
    assert again["entry_uuid"] == form["entry_uuid"]
    nadia.post(address, again)
    assert [meeting.note for meeting in of_today(cast)] == [NOTE]
    assert not Draft.objects.exists()


def test_a_form_that_someone_else_opened_is_not_recorded_as_ones_own(
    cast: Cast, client_of: ClientOf, address: str
) -> None:
    form = opened(client_of(cast.nadia), address) | {"note": NOTE}
    julie = client_of(cast.julie)
    refused = julie.post(address, form)
    assert refused.status_code == 409
    assert "Ce formulaire a été ouvert par une autre personne" in refused.content.decode()
    assert NOTE not in refused.content.decode()
    assert julie.post("/brouillons/", form).status_code == 409
    assert not of_today(cast).exists()
    assert [(draft.person, draft.address) for draft in Draft.objects.all()] == [(cast.nadia, address)]


def test_a_page_of_an_earlier_session_keeps_what_was_typed(cast: Cast, address: str) -> None:
    nadia = Client(enforce_csrf_checks=True)
    nadia.force_login(cast.nadia)
    back = nadia.post(address, opened(nadia, address) | {"note": NOTE, "csrfmiddlewaretoken": "x" * 64})
    assert back["Location"] == address
    html = nadia.get(address).content.decode()
    assert NOTE in html
    assert "La page datait d’une session précédente" in html
    meeting = DyadMeeting.objects.get(dyad=cast.thomas_nadia, on=cast.on)
    tapped = nadia.post(f"/rencontres/{meeting.pk}/tenue/", headers={"referer": "http://testserver/semaine/"})
    assert tapped["Location"] == "/semaine/"
    for outside in ("http://ailleurs.example/", "zqx", "http://testserver//ailleurs.example/"):
        elsewhere = nadia.post(f"/rencontres/{meeting.pk}/tenue/", headers={"referer": outside})
        assert elsewhere.status_code == 403
    assert not of_today(cast).exists()


def test_one_tap_without_a_session_leads_back_to_the_week(cast: Cast) -> None:
    meeting = DyadMeeting.objects.get(dyad=cast.thomas_nadia, on=cast.on)
    nadia = Client()
    away = nadia.post(
        f"/rencontres/{meeting.pk}/tenue/", headers={"referer": "http://testserver/semaine/?portee=programme"}
    )
    assert parse_qs(urlsplit(away["Location"]).query)["next"] == ["/semaine/?portee=programme"]
    assert "rien n’a été enregistré" in nadia.get(away["Location"]).content.decode()
    back = nadia.post(away["Location"], {"login": cast.nadia.email, "password": PASSWORD}, follow=True)
    assert back.status_code == 200
    assert not of_today(cast).exists()


def test_a_session_ends_after_fifteen_idle_minutes_and_not_while_one_types(
    cast: Cast, client_of: ClientOf, address: str
) -> None:
    nadia = client_of(cast.nadia)
    form = opened(nadia, address) | {"note": NOTE}
    start = timezone.now()
    for minutes in (14, 28):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert nadia.post("/brouillons/", form).status_code == 200
    with time_machine.travel(start + timedelta(minutes=44)):
        late = nadia.post("/brouillons/", form | {"note": f"{NOTE} Suite."})
        assert late.status_code == 401
        assert "Votre saisie est gardée" in late.json()["said"]
        away = nadia.get(address)
        assert away["Location"].startswith("/comptes/login/")
        nadia.force_login(cast.nadia)
        assert f"{NOTE} Suite." in nadia.get(address).content.decode()
    with time_machine.travel(start + timedelta(minutes=120)):
        away = nadia.get("/semaine/", follow=True)
        assert "faute d’activité" in away.content.decode()


@pytest.mark.parametrize("broken", [{"opened_by": ""}, {"opened_by": "[1,2]:forged"}])
def test_a_draft_needs_the_name_that_we_signed(cast: Cast, client_of: ClientOf, broken: dict[str, str]) -> None:
    assert client_of(cast.nadia).post("/brouillons/", broken | {"note": NOTE}).status_code == 422
    assert not Draft.objects.exists()


def test_a_form_open_for_a_week_is_no_longer_heard(cast: Cast, client_of: ClientOf, address: str) -> None:
    form = opened(client_of(cast.nadia), address)
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert Client().post("/brouillons/", form).status_code == 422


def test_a_draft_has_an_end(cast: Cast, client_of: ClientOf, address: str) -> None:
    nadia = client_of(cast.nadia)
    form = opened(nadia, address)
    assert nadia.post("/brouillons/", form | {"note": "a" * 70_000}).status_code == 413
    nadia.post("/brouillons/", form | {"note": NOTE})
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        plan_all_boards()
        assert Draft.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        plan_all_boards()
        assert not Draft.objects.exists()


def test_an_entry_page_is_light(cast: Cast, client_of: ClientOf, address: str) -> None:
    """A first visit: at most 60 kB compressed, of which 25 kB of script."""
    html = client_of(cast.nadia).get(address).content
    weights = {"": len(gzip.compress(html))}
    for name in re.findall(r'(?:href|src)="/static/([^"#]+)', html.decode()):
        with open(finders.find(name) or "", "rb") as file:
            weights[name] = len(gzip.compress(file.read()))
    assert {"js/app.js", "js/drafts.js"} < weights.keys()
    assert sum(weight for name, weight in weights.items() if name.endswith(".js")) <= 25_000
    assert sum(weights.values()) <= 60_000


def test_yesterdays_today_is_another_date_and_nobody_ticked_stays_so() -> None:
    from django import forms

    class Entry(forms.Form):
        day = ChipField(choices=[("2026-11-23", "Aujourd’hui"), ("other", "Autre date")])
        other_on = forms.DateField()
        absent = forms.MultipleChoiceField(choices=[("1", "Inès")], widget=forms.CheckboxSelectMultiple)
        channel = forms.ChoiceField(choices=[("phone", "Téléphone")])

    form = Entry(initial={"day": "2026-11-23", "absent": ["1"], "channel": "phone"})
    fill(form, {"day": ["2026-11-22"], "other_on": [""]})
    assert form["day"].value() == "other"
    assert form["other_on"].value() == "2026-11-22"
    assert form["absent"].value() == []
    assert form["channel"].value() == "phone"
