"""The second factor: set up without a script, asked at every sign-in, of those of whom the board asks it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accompagnement.demo.cast import PASSWORD, Cast
from people.actions.accounts import invite
from people.invitations import token
from people.models import AuditEntry, Draft, User
from tests.log.page import opened

ClientOf = Callable[[User], Client]
pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def enforced(settings: Settings) -> None:
    settings.SECOND_FACTOR_ENFORCED = True


def code_of(secret: str) -> str:
    """What the application shows now; each serves once, so what was used is forgotten."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def sign_in(person: User, client: Client | None = None) -> tuple[Client, str]:
    """With the password alone; where it leads."""
    client = client or Client()
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client, answer["Location"]


def set_up(client: Client) -> str:
    """An application: the secret that it keeps."""
    again = reverse("account_reauthenticate") + f"?next={reverse('mfa_activate_totp')}"
    client.post(again, {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    found = re.search(r'id="secret"[^>]*value="([A-Z2-7]+)"', page.content.decode())
    assert found
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return found[1]


def recovery_codes(client: Client) -> list[str]:
    return re.findall(r"<code>(\d+)</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode())


def test_a_code_is_asked_at_every_sign_in_and_serves_once(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    first, to = sign_in(cast.nadia)
    assert to == "/", "of a teacher, nothing is asked"
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(first)
    other, to = sign_in(cast.nadia)
    assert to == reverse("mfa_authenticate")
    assert other.get(reverse("week")).status_code == 302, "the password alone opens nothing"
    wrong = other.post(to, {"code": "000000"})
    assert "Ce code ne convient pas" in wrong.content.decode()
    assert (wrong.status_code, other.post(to, {"code": code_of(secret)}).status_code) == (422, 302)
    assert other.get(reverse("week")).status_code == 200
    third, to = sign_in(cast.nadia)
    spare = recovery_codes(first)[0]
    assert third.post(to, {"code": spare}).status_code == 302
    assert third.get(reverse("week")).status_code == 200
    fourth, to = sign_in(cast.nadia)
    assert fourth.post(to, {"code": spare}).status_code == 422, "a recovery code serves once"
    verbs = AuditEntry.objects.filter(person=cast.nadia, verb__startswith="second_factor.")
    assert set(verbs.values_list("verb", flat=True)) == {"second_factor.added"}


def test_whoever_has_no_code_leaves_the_place_to_somebody_else(cast: Cast) -> None:
    first, _to = sign_in(cast.nadia)
    set_up(first)
    shared, to = sign_in(cast.nadia)
    page = shared.get(to).content.decode()
    form = page[page.index(f'action="{reverse("account_logout")}"') :]
    login = shared.post(reverse("account_logout"), {"next": re.search(r'name="next" value="([^"]+)"', form)[1]})  # type: ignore[index]
    assert login["Location"] == reverse("account_login")
    assert shared.get(login["Location"]).status_code == 200
    assert sign_in(cast.karim, shared)[1] == "/"


def test_a_key_is_offered_to_who_has_one(cast: Cast) -> None:
    first, _to = sign_in(cast.nadia)
    set_up(first)
    shared, to = sign_in(cast.nadia)
    page = shared.get(to).content.decode()
    assert ("data-passkey" in page, "votre clé" in page) == (False, False)


def test_a_copy_of_the_database_holds_no_secret(cast: Cast) -> None:
    client, _to = sign_in(cast.nadia)
    secret, spare = set_up(client), recovery_codes(client)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert not [code for code in spare if code in stored]


def test_who_must_set_one_up_goes_no_further_and_loses_nothing(cast: Cast, client_of: ClientOf) -> None:
    teacher, lead, mentor = client_of(cast.nadia), client_of(cast.julie), client_of(cast.marc)
    pages = {client: client.get(reverse("vigilance")) for client in (teacher, lead, mentor)}
    assert [page.status_code for page in pages.values()] == [200, 302, 200]
    assert pages[lead]["Location"] == reverse("mfa_index")
    assert "Réglez-en un pour continuer" in lead.get(reverse("mfa_index")).content.decode()
    cast.board.second_factor_roles = "resource_teacher"
    form = opened(teacher, f"/dyades/{cast.thomas_nadia.pk}/consigner/")
    cast.board.save()
    assert lead.get(reverse("vigilance")).status_code == 200
    answer = teacher.post(f"/dyades/{cast.thomas_nadia.pk}/consigner/", form | {"note": "Dit tout bas."})
    assert answer["Location"] == reverse("mfa_index")
    assert Draft.objects.get(person=cast.nadia).content["note"] == ["Dit tout bas."]
    signed_in, _to = sign_in(cast.nadia)
    set_up(signed_in)
    assert signed_in.get(reverse("week")).status_code == 200


def test_a_board_says_of_whom(cast: Cast, client_of: ClientOf, settings: Settings) -> None:
    settings.SECOND_FACTOR_ENFORCED = False
    client = client_of(cast.robert)
    assert client.post(reverse("sign_in_rules"), {"roles": ["nobody"]}).status_code == 422
    said = {"roles": ["mentor", "board_admin"]}
    assert [client.post(reverse("sign_in_rules"), said).status_code for _n in range(2)] == [302, 302]
    cast.board.refresh_from_db()
    assert cast.board.asks_second_factor_of == ["mentor", "board_admin"]
    assert AuditEntry.objects.filter(verb="sign_in_rules.set", person=cast.robert).count() == 1
    assert client.post(reverse("sign_in_rules"), {}).status_code == 302
    settings.SECOND_FACTOR_ENFORCED = True
    assert client.get(reverse("board")).status_code == 200, "of nobody"


def test_a_lost_one_is_taken_away_with_a_reason(cast: Cast, client_of: ClientOf, settings: Settings) -> None:
    settings.SECOND_FACTOR_ENFORCED = False
    nadia, _to = sign_in(cast.nadia)
    set_up(nadia)
    manager, path = client_of(cast.alain), reverse("person_second_factor", args=[cast.nadia.pk])
    assert path in manager.get(reverse("person", args=[cast.nadia.pk])).content.decode()
    assert manager.post(path, {"reason": "perdu"}).status_code == 422
    assert Authenticator.objects.filter(user=cast.nadia).count() == 2
    assert manager.post(path, {"reason": "Téléphone perdu, vu en personne"}).status_code == 302
    assert not Authenticator.objects.filter(user=cast.nadia).exists()
    assert nadia.get(reverse("week")).status_code == 302, "the sessions are over"
    assert sign_in(cast.nadia)[1] == "/"
    [entry] = AuditEntry.objects.filter(verb="second_factor.taken")
    assert (entry.person, entry.subject_id, entry.reason) == (
        cast.alain, cast.nadia.pk, "Téléphone perdu, vu en personne",
    )  # fmt: skip
    own = client_of(cast.alain).post(reverse("person_second_factor", args=[cast.alain.pk]), {"reason": "Un deux trois"})
    assert own["Location"] == reverse("mfa_index")


def test_an_invitation_does_not_go_around_it(cast: Cast) -> None:
    client, _to = sign_in(cast.nadia)
    set_up(client)
    [sent] = invite(people=[cast.nadia], person=None, at=timezone.now())
    guest, new = Client(), "une tout autre phrase"
    said = {"new_password1": new, "new_password2": new}
    answer = guest.post(reverse("invitation", args=[token(sent)]), said)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert guest.get(reverse("week")).status_code == 302


@pytest.mark.browser
def test_a_key_opens_in_a_real_browser(
    new_page: Callable[..., Page], live_server: LiveServer, cast: Cast, settings: Settings
) -> None:
    """By the browser's own virtual key: added from the page, then asked for at the next sign-in."""
    settings.SECOND_FACTOR_ENFORCED = False
    page = new_page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": key})

    def enter() -> None:
        page.goto(reverse("account_login"))
        page.get_by_label("Courriel").fill(cast.nadia.email)
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()

    enter()
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Nom").fill("Mon portable")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    page.context.clear_cookies()
    enter()
    page.get_by_role("button", name="Utiliser une clé ou cet appareil").click()
    expect(page.get_by_role("heading", name="Ma semaine")).to_be_visible()
