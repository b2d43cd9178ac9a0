"""From the first page to a report's file in three interactions, a real worker preparing it; and leaving meanwhile."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery.contrib.testing.worker import start_worker
from playwright.sync_api import Page, expect

from accompagnement.celery import app
from accompagnement.demo.cast import Cast
from people.models import User
from reports.models import Report
from tests.browser import DESKTOP, PHONE
from tests.journeys.conftest import Hand

MOST = 3
SignIn = Callable[[Page, User], None]


@pytest.fixture
def worker(stage: Cast) -> Iterator[None]:
    """A worker beside the server, on the broker of the tests."""
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        yield


@pytest.mark.parametrize(("name", "width"), [("robert", PHONE), ("julie", DESKTOP)])
def test_three_interactions_from_the_first_page_to_a_file(
    stage: Cast, worker: None, new_page: Callable[..., Page], sign_in: SignIn, hand: Hand, name: str, width: int
) -> None:
    page = new_page(width=width)
    sign_in(page, getattr(stage, name))
    hand.tap(page.get_by_role("link", name="Rapports").first)
    hand.tap(page.get_by_role("button", name="Préparer").first)
    with page.expect_download() as downloading:
        hand.tap(page.get_by_role("main").get_by_role("link", name="Télécharger"))
    assert hand.interactions <= MOST
    content = Path(downloading.value.path()).read_bytes()
    expect(page.get_by_text(hashlib.sha256(content).hexdigest())).to_be_visible()
    assert Report.objects.get().file_name == downloading.value.suggested_filename


def test_one_leaves_comes_back_and_has_it_made_again_without_a_script(
    stage: Cast, worker: None, new_page: Callable[..., Page], hand: Hand
) -> None:
    page = new_page(user=stage.robert, javascript=False, width=PHONE)
    page.goto("/rapports/")
    for folded in page.locator("details.fold:not([open]) > summary").all():
        folded.click()
    section = page.get_by_role("region", name="Préparer un rapport").first
    section.get_by_text("Rencontres", exact=True).click()
    section.get_by_role("button", name="Préparer").click()
    page.goto("/semaine/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    ready = page.get_by_role("region", name="Vos rapports").get_by_text("Prêt", exact=True)
    for _look in range(60):
        page.goto("/rapports/")
        if ready.count():
            break
        page.wait_for_timeout(500)
    expect(ready).to_be_visible()
    page.get_by_role("button", name="Refaire Rencontres").click()
    page.get_by_role("link", name="Rapports").first.click()
    page.get_by_role("button", name="Supprimer Rencontres").first.click()
    expect(page.get_by_text("Le rapport et son fichier sont effacés.")).to_be_visible()
    assert Report.objects.count() == 1
