"""A picture of every page, at two widths: ``make screens`` writes docs/screens, for eyes to judge.

The day and the people are the tests' own, so that a picture changes when a page does.
"""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import resolve
from PIL import Image
from playwright.sync_api import Page

from accompagnement.demo.cast import Cast
from tests.browser import DESKTOP, PHONE
from tests.journeys.test_every_page import FORMS, ROLES, SEND_EMPTY

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
COLOURS = 128
"""Enough for pages of flat colours; a picture weighs a third of what it would."""

Paths = Callable[[Cast], "list[str] | Iterator[str]"]
pytest_plugins = ["tests.journeys.conftest"]


def take(page: Page, name: str) -> None:
    """The whole page, at each width."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for width, height in ((DESKTOP, 900), (PHONE, 844)):
        page.set_viewport_size({"width": width, "height": height})
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
        picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}-{width}.png", optimize=True)


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
