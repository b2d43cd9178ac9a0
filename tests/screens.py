"""Pictures of the pages, laid out to their foot, for eyes to judge: ``make screens`` takes them.

docs/screens: every page at two widths, on the tests' day, from the tests' cast; not kept in the repository.
docs/pictures: the dozen that README and docs show, from the school of ``make demo`` on a good day, kept; a file is
written again only when a pixel differs.
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import resolve
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accompagnement.demo.cast import Cast
from accompagnement.demo.history import make_demo
from tests.browser import DESKTOP, PHONE, lay_out
from tests.journeys.test_every_page import FORMS, ROLES, SEND_EMPTY, finding

DOCS = Path(__file__).resolve().parent.parent / "docs"
SCREENS, PICTURES = DOCS / "screens", DOCS / "pictures"
HEIGHTS = {DESKTOP: 900, PHONE: 844}
GOOD_DAY = date(2026, 12, 9)
"""A Wednesday with four meetings to log; most of the missed weeks are in one month, and the year is well begun."""
COLOURS = 128
"""Enough for pages of flat colours; a picture weighs a third of what it would."""

Paths = Callable[[Cast], "list[str] | Iterator[str]"]
pytest_plugins = ["tests.journeys.conftest"]


def picture(page: Page, width: int) -> Image.Image:
    """The whole page at that width, nothing left blank: on a screen as high as the page, bars stand at its foot."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    expect(page.locator("[data-hx-trigger=load]")).to_have_count(0)
    lay_out(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    return taken.convert("RGB").quantize(COLOURS)


def take(page: Page, name: str) -> None:
    """The whole page, at each width."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width in HEIGHTS:
        picture(page, width).save(SCREENS / f"{name}-{width}.png", optimize=True)


def keep(taken: Image.Image, path: Path) -> None:
    """Write it, unless it shows what the file shows already."""
    if not path.exists() or Image.open(path).convert("RGB") != taken.convert("RGB"):
        path.parent.mkdir(parents=True, exist_ok=True)
        taken.save(path, optimize=True)


def named(path: str, taken: set[str]) -> str:
    """``dyad-log``, ``dyad-log-2``…: the address's own name, never a person's."""
    address, _, query = path.partition("?")
    base = re.sub(r"\W+", "-", str(resolve(address).url_name) + (f"-{query}" if query else "")).replace("_", "-")[:60]
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


@pytest.mark.parametrize(("who", "paths"), ROLES)
def test_pages_of(stage: Cast, new_page: Callable[..., Page], who: str, paths: Paths) -> None:
    page, taken = new_page(user=getattr(stage, who)), set[str]()
    for path in paths(stage):
        page.goto(path)
        take(page, f"{paths.__name__.removeprefix('of_')}-{named(path, taken)}")


@pytest.mark.parametrize(("who", "forms"), FORMS)
def test_refused_forms_of(stage: Cast, new_page: Callable[..., Page], who: str, forms: Paths) -> None:
    page, taken = new_page(user=getattr(stage, who)), set[str]()
    for path in forms(stage):
        page.goto(path)
        page.evaluate(SEND_EMPTY)
        page.locator("#error-summary").wait_for()
        take(page, f"refused-{forms.__name__.removeprefix('forms_of_')}-{named(path, taken)}")


def test_doors(stage: Cast, new_page: Callable[..., Page]) -> None:
    visitor, person = new_page(), new_page(user=stage.nadia)
    for page, path, name in (
        (visitor, "/comptes/login/", "sign-in"),
        (visitor, "/comptes/password/reset/", "password-reset"),
        (person, "/nulle-part/", "not-found"),
        (person, "/personnes/", "forbidden"),
    ):
        page.goto(path)
        take(page, name)


@pytest.fixture
def demonstration(live_server: LiveServer, cheap_passwords: None) -> Iterator[Cast]:
    """The school of ``make demo`` at nine in the morning of the good day."""
    morning = datetime(GOOD_DAY.year, GOOD_DAY.month, GOOD_DAY.day, 9, tzinfo=ZoneInfo("America/Toronto"))
    with time_machine.travel(morning, tick=True):
        yield make_demo(GOOD_DAY)


def test_the_dozen(demonstration: Cast, new_page: Callable[..., Page]) -> None:
    silent = demonstration.ines_marc
    numbers = f"place={demonstration.mentoring.pk}&n_critical=4&n_warning=3&on={GOOD_DAY}"
    kept = [
        ("nadia", "/semaine/", "week", DESKTOP, PHONE),
        ("nadia", f"/dyades/{demonstration.maika_nadia.pk}/consigner/", "log", PHONE),
        ("nadia", f"/groupes/{demonstration.tremplin.pk}/consigner/", "group-log", PHONE),
        ("nadia", f"/groupes/{demonstration.tremplin.pk}/", "group", DESKTOP),
        ("julie", "/tableau-de-bord/", "dashboard", DESKTOP, PHONE),
        ("julie", "/vigilance/", "findings", DESKTOP),
        ("julie", finding("dyad-gap", dyad=silent), "finding", DESKTOP, PHONE),
        ("julie", f"/dyades/{silent.pk}/", "dyad", DESKTOP),
        ("julie", f"/balises/dyad-gap/essayer/?{numbers}", "trial", DESKTOP),
    ]
    for who, path, name, *widths in kept:
        page = new_page(user=getattr(demonstration, who))
        page.goto(path)
        for width in widths:
            keep(picture(page, width), PICTURES / f"{name}-{width}.png")
