"""The sign-in page, its refusals, and the pages for what went wrong."""

import gzip
import re
from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders
from django.core.mail import EmailMessage
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accompagnement.demo.cast import PASSWORD, Cast

SIGN_IN = "/comptes/login/"


def test_a_pair_that_does_not_match_is_said_on_the_password(client: Client, cast: Cast) -> None:
    page = client.post(SIGN_IN, {"login": cast.nadia.email, "password": "autre chose"})
    assert page.status_code == 422
    html = page.content.decode()
    assert '<a href="#id_password">Le courriel et le mot de passe ne correspondent pas.</a>' in html
    assert f'value="{cast.nadia.email}"' in html
    assert "<title>Erreur" in html


def test_the_right_pair_opens_the_day(client: Client, cast: Cast) -> None:
    page = client.post(SIGN_IN, {"login": cast.nadia.email, "password": PASSWORD})
    assert page.status_code == 302
    assert page["Location"] == "/"
    assert "Connexion avec" not in client.get("/", follow=True).content.decode(), "the page itself says so"


def test_too_many_tries_are_refused_in_words(client: Client, cast: Cast) -> None:
    for _ in range(12):
        page = client.post(SIGN_IN, {"login": cast.nadia.email, "password": "autre chose"})
    assert page.status_code in (422, 429)
    assert "Attendez cinq minutes" in page.content.decode()


def test_who_asks_for_a_new_password_is_written_to_in_our_words(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    """Whether or not the address has an account: the page says nothing of it, and neither letter opens a sign-up."""
    for address in (cast.nadia.email, "personne@ailleurs.example"):
        assert client.post("/comptes/password/reset/", {"email": address}).status_code == 302
    known, unknown = mailoutbox
    assert known.subject == "Choisir un nouveau mot de passe"
    [link] = re.findall(r"https?://\S+", known.body)
    assert "Nouveau mot de passe" in client.get(link, follow=True).content.decode()
    assert unknown.subject == "Aucun compte à cette adresse"
    assert "http" not in unknown.body


@pytest.mark.parametrize("path", ["password/reset/", "password/reset/done/", "signup/", "inactive/"])
def test_the_other_doors_wear_the_same_frame(client: Client, db: None, path: str) -> None:
    html = client.get(f"/comptes/{path}").content.decode()
    assert html.count("<h1>") == 1
    assert "entrance-form" in html


@pytest.mark.parametrize("path", ["password/change/", "logout/", "email/", "reauthenticate/"])
def test_so_do_those_of_a_signed_in_person(client_of: Callable, cast: Cast, path: str) -> None:
    assert "entrance-form" in client_of(cast.nadia).get(f"/comptes/{path}").content.decode()


def test_a_missing_page_answers_in_our_frame(client_of: Callable, cast: Cast) -> None:
    page = client_of(cast.nadia).get("/nulle-part/")
    assert page.status_code == 404
    assert "Cette page est introuvable" in page.content.decode()


def test_a_failure_needs_nothing_from_the_page() -> None:
    from django.template.loader import get_template

    assert "panne" in get_template("500.html").render()


def test_a_form_too_old_says_how_to_send_it_again(cast: Cast) -> None:
    page = Client(enforce_csrf_checks=True).post(SIGN_IN, {})
    assert page.status_code == 403
    assert "Ce formulaire a expiré" in page.content.decode()


def test_the_first_visit_is_light(client: Client, db: None) -> None:
    """At most 60 kB compressed, of which 25 kB of script."""
    html = client.get(SIGN_IN).content
    weights = {"": len(gzip.compress(html))}
    for address in re.findall(r'(?:href|src)="/static/([^"#]+)', html.decode()):
        with open(finders.find(address), "rb") as file:
            weights[address] = len(gzip.compress(file.read()))
    assert sum(weight for address, weight in weights.items() if address.endswith(".js")) <= 25_000
    assert sum(weights.values()) <= 60_000


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_signs_in_and_out(new_page: Callable[..., Page], cast: Cast, axe: Callable, javascript: bool) -> None:
    page = new_page(width=390, javascript=javascript)
    page.goto(SIGN_IN)
    page.get_by_label("Courriel").fill(cast.nadia.email)
    page.get_by_label("Mot de passe", exact=True).fill("autre chose")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", name="Il y a un problème")).to_be_visible()
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("link", name="Menu").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_entrance_is_readable_by_all(
    new_page: Callable[..., Page], settings: Settings, axe: Callable, width: int
) -> None:
    page = new_page(width=width)
    page.goto(SIGN_IN)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Se connecter").click()
    axe(page)
