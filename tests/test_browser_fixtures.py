"""The browser's own watch sees what it is there to see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

SIGN_IN = "/comptes/login/"


def test_a_page_comes_with_its_styles(page: Page) -> None:
    page.goto(SIGN_IN)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("[...document.styleSheets].some(sheet => sheet.cssRules.length > 0)")


def test_a_refusal_of_the_security_policy_is_heard(page: Page, complaints: list[str]) -> None:
    def with_inline_style(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", '<p style="color: red">x</p></main>'))

    page.route(f"**{SIGN_IN}", with_inline_style)
    page.goto(SIGN_IN)
    page.wait_for_timeout(200)
    assert any("style" in complaint for complaint in complaints)
    complaints.clear()


def test_a_missing_file_and_a_broken_script_are_heard(page: Page, complaints: list[str]) -> None:
    page.goto(SIGN_IN)
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.evaluate("fetch('/static/nowhere.js')")
    page.wait_for_timeout(200)
    assert any("broken" in complaint for complaint in complaints)
    assert any("nowhere.js" in complaint for complaint in complaints)
    complaints.clear()


def test_axe_sees_a_picture_without_words(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(SIGN_IN)
    axe(page)
    page.evaluate("document.querySelector('main').appendChild(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
