"""Signing in by a provider of identities: a real one answers, and only known people come in."""

from collections.abc import Iterator
from typing import Any

import environ
import pytest
import requests
from django.test import Client
from django.utils import timezone
from oidc_provider_mock import User as Claimed
from oidc_provider_mock import run_server_in_thread
from pytest_django import Settings

from accompagnement.demo.cast import Cast
from accompagnement.identity_providers import origins, providers
from people.actions.accounts import close_accounts
from people.models import User
from people.vouching import address_of
from tests.patience import PATIENCE_SECONDS

pytestmark = pytest.mark.once
TENANT = "4f6d1c1e-0000-4000-8000-000000000001"


@pytest.fixture
def provider(settings: Settings, cast: Cast) -> Iterator[str]:
    """A provider that knows some people; both Microsoft and Google lead to it."""
    of_school = {"tid": TENANT, "preferred_username": cast.nadia.email}
    known = [
        Claimed(sub="verified", claims={"email": cast.nadia.email.upper(), "email_verified": True}),
        Claimed(sub="unverified", claims={"email": cast.nadia.email, "email_verified": False}),
        Claimed(sub="unknown", claims={"email": "personne@rive-claire.example", "email_verified": True}),
        Claimed(sub="of the school", claims=of_school),
        Claimed(sub="of another", claims=of_school | {"tid": "another", "email_verified": True}),
    ]
    with run_server_in_thread(user_claims=known) as server:
        url = f"http://localhost:{server.server_port}"
        said = {"GOOGLE_CLIENT_ID": "accompagnement", "GOOGLE_CLIENT_SECRET": "secret", "GOOGLE_URL": url}
        said |= {"MICROSOFT_TENANT": TENANT, "MICROSOFT_CLIENT_ID": "accompagnement"}
        said |= {"MICROSOFT_CLIENT_SECRET": "secret", "MICROSOFT_URL": url}
        settings.PROVIDERS = providers(named(said))
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": settings.PROVIDERS}}
        yield url


def named(said: dict[str, str]) -> environ.Env:
    env = environ.Env()
    env.ENVIRON = said
    return env


def enter(name: str, sub: str, client: Client | None = None) -> Any:
    """From the button of the sign-in page, through the provider, and back: the page where it ends."""
    client = client or Client()
    page = client.get("/comptes/login/?next=/semaine/").content.decode()
    assert f"/comptes/oidc/{name}/login/" in page
    away = client.post(f"/comptes/oidc/{name}/login/", {"next": "/semaine/"})
    assert "code_challenge=" in away["Location"]
    back = requests.post(away["Location"], data={"sub": sub}, allow_redirects=False, timeout=PATIENCE_SECONDS)
    return client.get(back.headers["Location"].removeprefix("http://testserver"), follow=True)


@pytest.mark.parametrize(("name", "sub"), [("google", "verified"), ("microsoft", "of the school")])
def test_a_known_person_comes_in_and_nothing_of_the_provider_is_kept(
    cast: Cast, provider: str, name: str, sub: str
) -> None:
    people = User.objects.count()
    page = enter(name, sub)
    assert (page.wsgi_request.user, page.wsgi_request.path) == (cast.nadia, "/semaine/")
    assert User.objects.count() == people
    assert not cast.nadia.socialaccount_set.exists()


@pytest.mark.parametrize(
    ("name", "sub"),
    [("google", "unverified"), ("google", "unknown"), ("microsoft", "of another"), ("microsoft", "verified")],
)
def test_nobody_else_does_and_no_account_is_made(cast: Cast, provider: str, name: str, sub: str) -> None:
    people = User.objects.count()
    page = enter(name, sub)
    assert not page.wsgi_request.user.is_authenticated
    assert "ne nous dit pas qui vous êtes ici" in page.content.decode()
    assert User.objects.count() == people


def test_a_closed_account_stays_closed(cast: Cast, provider: str) -> None:
    close_accounts(people=[cast.nadia], person=cast.alain, at=timezone.now())
    assert not enter("google", "verified").wsgi_request.user.is_authenticated


def test_what_fails_over_there_is_said_here(cast: Cast, provider: str, settings: Settings) -> None:
    client = Client()
    away = client.post("/comptes/oidc/google/login/")["Location"]
    denied = requests.post(away, data={"action": "deny"}, allow_redirects=False, timeout=PATIENCE_SECONDS)
    page = client.get(denied.headers["Location"].removeprefix("http://testserver"), follow=True)
    assert "La connexion par Google n’a pas abouti" in page.content.decode()
    for one in settings.PROVIDERS:
        one["settings"]["server_url"] = "http://localhost:9"
    page = client.post("/comptes/oidc/google/login/", follow=True)
    assert page.status_code == 200
    assert "Ce fournisseur ne répond pas" in page.content.decode()
    assert client.get("/comptes/oidc/nulle-part/login/").status_code == 404


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ({"tid": TENANT, "preferred_username": "A@b.example"}, "a@b.example"),
        ({"tid": TENANT, "preferred_username": "a@b.example", "email": "c@d.example"}, "a@b.example"),
        ({"tid": TENANT, "preferred_username": "a@b.example", "email": "c@d.example", "xms_edov": "1"}, "c@d.example"),
        ({"tid": "another", "preferred_username": "a@b.example"}, ""),
        ({"preferred_username": "a@b.example"}, ""),
        ({"tid": TENANT, "preferred_username": "guest"}, ""),
    ],
)
def test_microsoft_vouches_for_its_own_directory(claims: dict[str, Any], found: str) -> None:
    assert address_of(claims, tenant=TENANT) == found


def test_a_provider_is_named_by_the_environment() -> None:
    assert providers(named({"MICROSOFT_CLIENT_ID": "x"})) == [], "without its directory, anybody could come in"
    found = providers(named({"MICROSOFT_TENANT": TENANT, "MICROSOFT_CLIENT_ID": "x", "GOOGLE_CLIENT_ID": "y"}))
    assert [one["settings"]["server_url"] for one in found] == [
        f"https://login.microsoftonline.com/{TENANT}/v2.0", "https://accounts.google.com",
    ]  # fmt: skip
    assert origins(found) == ["https://accounts.google.com", "https://login.microsoftonline.com"]
