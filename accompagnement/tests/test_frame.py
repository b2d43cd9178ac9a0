"""The frame of every page: who finds what, where one is; and the sheet of all parts in a real browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accompagnement.demo.cast import Cast
from accompagnement.navigation import ACCOUNTABLE, DAILY

pytestmark = pytest.mark.once


@pytest.mark.parametrize("place", [*DAILY, *ACCOUNTABLE], ids=lambda place: place.name)
def test_every_place_exists(place) -> None:
    assert reverse(place.name)


def places(html: str) -> list[str]:
    rail = html.split('<header class="rail">')[1].split("<details")[0]
    return [part.split("</svg>")[1].split("<")[0].strip() for part in rail.split('class="rail-link"')[1:]]


def test_each_role_finds_its_places(client_of: Callable, cast: Cast) -> None:
    teacher = places(client_of(cast.nadia).get("/menu/").content.decode())
    lead = places(client_of(cast.julie).get("/menu/").content.decode())
    daily = ["Ma semaine", "Consigner", "Vigilance", "Dyades", "Groupes", "Chercher", "Notifications"]
    assert teacher == [*daily, "Rapports", "Balises", "Calendrier"]
    assert lead[:2] == ["Tableau de bord", "Ma semaine"]
    assert "Rapports" in lead


def test_the_place_where_one_is_says_so(client_of: Callable, cast: Cast) -> None:
    html = client_of(cast.nadia).get("/semaine/").content.decode()
    assert html.count('aria-current="page"') == 2  # rail and bottom bar
    assert 'href="/semaine/" aria-current="page"' in html


def test_the_language_changes_and_comes_back(client_of: Callable, cast: Cast) -> None:
    client = client_of(cast.nadia)
    client.post("/langue/", {"language": "en", "next": "/menu/"})
    assert '<html lang="en"' in client.get("/menu/").content.decode()


def test_the_dark_background_is_chosen_on_a_page_and_stays(client_of: Callable, cast: Cast) -> None:
    client = client_of(cast.nadia)
    for elsewhere in ("//elsewhere.example/", "a word", "menu", "javascript:a()", "\0"):
        assert client.post("/apparence/", {"theme": "dark", "next": elsewhere}).url == "/menu/"
    assert 'media="screen">' in client.get("/menu/").content.decode()
    client.post("/apparence/", {"theme": "<script>", "next": "/menu/"})
    assert 'media="screen">' in client.get("/menu/").content.decode()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_follows_the_device_until_somebody_chooses(
    new_page: Callable[..., Page], cast: Cast, scheme: str
) -> None:
    page = new_page(user=cast.nadia, scheme=scheme, javascript=False)
    shown = "getComputedStyle(document.documentElement).colorScheme"
    offered = page.get_by_role("main").get_by_role("button", name="Fond ")
    darken, lighten = "Fond sombre", "Fond clair"
    page.goto("/menu/")
    expect(offered).to_have_text(darken if scheme == "light" else lighten)
    assert page.evaluate(shown) == scheme
    page.emulate_media(media="print")
    assert page.evaluate(shown) == "light"
    page.emulate_media(media="screen")
    with page.expect_navigation():
        offered.click()
    expect(offered).to_have_text(lighten if scheme == "light" else darken)
    with page.expect_navigation():
        offered.click()
    expect(offered).to_have_text(darken if scheme == "light" else lighten)


@pytest.fixture
def sheet(settings: Settings) -> None:
    settings.ROOT_URLCONF = "accompagnement.tests.sheet"


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_every_part_is_readable_by_all(
    sheet: None, new_page: Callable[..., Page], axe: Callable, cast: Cast, width: int, theme: str
) -> None:
    page = new_page(width=width, user=cast.nadia, scheme=theme)
    page.goto("/planche/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("javascript", [True, False])
def test_the_count_follows_the_taps_without_script(
    sheet: None, new_page: Callable[..., Page], cast: Cast, javascript: bool
) -> None:
    page = new_page(width=390, javascript=javascript, user=cast.nadia)
    page.goto("/saisie/")
    before = page.locator(".count-line").screenshot()
    page.get_by_label("Élodie Roy").check()
    assert page.locator(".count-line").screenshot() != before
    expect(page.get_by_role("button", name="Enregistrer")).to_be_in_viewport()


def test_a_refused_entry_keeps_what_was_typed_and_shows_the_problem(
    sheet: None, new_page: Callable[..., Page], axe: Callable, cast: Cast
) -> None:
    page = new_page(width=390, user=cast.nadia)
    page.goto("/saisie/?erreur=1")
    expect(page.locator("#error-summary")).to_be_focused()
    axe(page)


def test_a_cut_network_keeps_the_page_and_sends_again(sheet: None, new_page: Callable[..., Page], cast: Cast) -> None:
    page = new_page(width=390, user=cast.nadia)
    page.goto("/saisie/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le réseau est coupé")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Le réseau est coupé")).to_be_hidden()


@pytest.mark.parametrize("name", ["nadia", "marc", "julie", "alain", "robert", "chantal", "line"])
def test_the_bottom_bar_begins_where_the_day_does(cast: Cast, client_of: Callable, name: str) -> None:
    client = client_of(getattr(cast, name))
    reply = client.get("/", follow=True)
    first = reply.context["nav"].bar[0]
    assert first.is_current
    assert first.place.url == reply.request["PATH_INFO"]


def test_a_day_is_repeated_in_words_as_it_is_chosen(new_page: Callable[..., Page], cast: Cast) -> None:
    page = new_page(user=cast.julie)
    page.goto(f"/dyades/{cast.ines_marc.pk}/pause/")
    day, words = page.get_by_label("Premier jour de la pause"), page.locator("output").first
    expect(words).to_have_text("lundi 23 novembre 2026")
    day.fill("2026-12-01")
    expect(words).to_have_text("mardi 1er décembre 2026")
    day.fill("")
    expect(words).to_be_hidden()
