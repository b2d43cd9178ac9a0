"""The browser's own watch sees what it is there to see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.patience import until

SIGN_IN = "/comptes/login/"


def hear(page: Page, complaints: list[str], words: str) -> None:
    """Let the browser speak until it has said so."""
    until(
        lambda: any(words in complaint for complaint in complaints),
        pause=lambda seconds: page.wait_for_timeout(seconds * 1000),
    )


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
    hear(page, complaints, "style")
    complaints.clear()


def test_a_missing_file_and_a_broken_script_are_heard(page: Page, complaints: list[str]) -> None:
    page.goto(SIGN_IN)
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.evaluate("fetch('/static/nowhere.js')")
    hear(page, complaints, "broken")
    hear(page, complaints, "nowhere.js")
    complaints.clear()


def test_axe_sees_a_picture_without_words(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(SIGN_IN)
    axe(page)
    page.evaluate("document.querySelector('main').appendChild(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_axe_sees_what_is_not_reached_yet_and_what_scrolls_without_a_name(
    page: Page, axe: Callable[[Page], None]
) -> None:
    page.goto(SIGN_IN)
    page.evaluate(
        """() => {
            document.querySelector("main").insertAdjacentHTML("beforeend", "<div></div><div><img></div>");
            const [above, below] = [...document.querySelectorAll("main > div")].slice(-2);
            above.style.height = "9000px";
            below.style.contentVisibility = "auto";
        }"""
    )
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
    page.evaluate("document.querySelector('main > div:last-child').replaceChildren()")
    axe(page)
    page.evaluate("document.querySelector('main > div:last-child').style.overflowX = 'auto'")
    with pytest.raises(AssertionError, match="scrolls without a name"):
        axe(page)
