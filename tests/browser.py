"""A real Chromium: pages at two widths, with or without JavaScript, and what they must never do."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.patience import PATIENCE_SECONDS
from tools import system

PHONE = 390
DESKTOP = 1280
PATIENCE_MS = PATIENCE_SECONDS * 1000
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    # A page lives for a second: to compile its scripts for longer is a tenth of the browser's time.
    "--js-flags=--max-optimized-bytecode-size=0",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LAY_OUT = """() => new Promise(done => {
    const everything = new CSSStyleSheet();
    everything.replaceSync("* { content-visibility: visible !important }");
    document.adoptedStyleSheets = [everything];
    requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
})"""
UNNAMED_SCROLLERS = """() => [...document.querySelectorAll("body :not(header, textarea, select)")].filter(node => {
    const { overflowX, overflowY } = getComputedStyle(node);
    return [overflowX, overflowY].some(one => one === "auto" || one === "scroll")
        && !(node.tabIndex === 0 && node.role === "region" && node.ariaLabel);
}).map(node => node.outerHTML.slice(0, 200))"""

ASTRAY = """() => {
    const fields = [...document.querySelectorAll("#error-summary a")].map(link => document.querySelector(link.hash));
    const before = Node.DOCUMENT_POSITION_PRECEDING;
    const jumps = (field, i) => !field || (i && fields[i - 1]?.compareDocumentPosition(field) === before);
    return fields.filter(jumps).map(field => field?.id ?? "nowhere");
}"""

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = system.headless()
    if program is None:
        pytest.skip("chromium is not on this machine")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser said that it must not say; empty again by the end of the test, or the test fails."""
    return []


@pytest.fixture(scope="session")
def files_kept() -> Iterator[None]:
    """A browser keeps style sheets and scripts from page to page, as in production."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    serve = StaticFilesHandler.serve

    def serve_for_an_hour(self, request):
        answer = serve(self, request)
        answer["Cache-Control"] = "max-age=3600"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_for_an_hour)
        yield


@pytest.fixture
def new_page(chromium: Browser, live_server, files_kept: None, complaints: list[str]) -> Iterator[NewPage]:
    """Open a page: ``new_page(width=390, javascript=True, scheme="light", user=None)``.

    ``user`` is signed in by the session's cookie; ``installed`` lets the device keep the frame of the application. At
    the end of the test, any message of the security policy, any error in a script and any file that was asked for in
    vain fails it.
    """
    contexts: list[BrowserContext] = []

    def heed(message: ConsoleMessage) -> None:
        if "content security policy" in message.text.lower().replace("-", " "):
            complaints.append(message.text)

    def open_page(
        *, width: int = DESKTOP, javascript: bool = True, scheme: str = "light", user=None, installed=False
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 844 if width == PHONE else 900},
            has_touch=width == PHONE,
            java_script_enabled=javascript,
            color_scheme=scheme,
            locale="fr-CA",
            timezone_id="America/Toronto",
            service_workers="allow" if installed else "block",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.on("console", heed)
        page.on("pageerror", lambda error: complaints.append(f"Script: {error}"))
        page.on(
            "response",
            lambda answer: (
                complaints.append(f"{answer.status} {answer.url}")
                if answer.status >= 500 or (answer.status == 404 and answer.request.resource_type != "document")
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def session_cookie(user, url: str) -> dict[str, str]:
    """The cookie of a person who signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page of 1280 pixels."""
    return new_page(width=DESKTOP)


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A page of 390 pixels."""
    return new_page(width=PHONE)


def lay_out(page: Page) -> None:
    """What the browser leaves aside until it is reached, far down the page, is drawn now."""
    page.evaluate(LAY_OUT)


def told_in_order(page: Page) -> None:
    """Assert that the errors of a form lead to its fields, from the first of the page to the last."""
    assert not (astray := page.evaluate(ASTRAY)), f"{page.url}: the summary of errors jumps at {astray}"


@pytest.fixture
def axe() -> Callable[..., None]:
    """Assert that axe-core finds nothing to say of a page (WCAG 2.0 to 2.2, A and AA, and best practice), all laid out.

    Whatever may scroll is a region with a name that the keyboard reaches, even where this page's content fits: axe
    would only see the one that is too narrow today. (The rail is a landmark, full of links.)
    """
    from axe_playwright_python.base import AXE_SCRIPT

    # Without preload: it fetches every style sheet again, for a rule about turned screens that we have no style for.
    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"], "preload": False}

    def check(page: Page) -> None:
        lay_out(page)
        unnamed = page.evaluate(UNNAMED_SCROLLERS)
        assert not unnamed, f"{page.url} scrolls without a name or the keyboard\n" + "\n".join(unnamed)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
            page.add_init_script(AXE_SCRIPT)
        violations = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
        found = [
            f"{violation['id']} ({violation['help']}): {node['html'][:200]} {node['failureSummary']}"
            for violation in violations
            for node in violation["nodes"]
        ]
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check
