"""The stage of every journey: both boards as the night's check left them, and a hand whose gestures are counted."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from accompagnement.demo.cast import PASSWORD, Cast
from guidelines.evaluation import evaluate_board
from people.models import User

SignIn = Callable[[Page, User], None]


@pytest.fixture
def stage(live_server, cast: Cast) -> Cast:
    """The cast in a database that the live server reads too, with its findings."""
    for board in (cast.board, cast.other_board):
        evaluate_board(board, on=cast.on)
    return cast


@pytest.fixture
def sign_in() -> SignIn:
    """Through the door that everybody takes: e-mail and password."""

    def enter(page: Page, person: User) -> None:
        page.goto("/")
        page.get_by_label("Courriel").fill(person.email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        expect(page.get_by_label("Courriel")).to_have_count(0)

    return enter


@dataclass
class Hand:
    """Counts what a person does: each tap is one interaction, and each key; who taps a link waits for its page."""

    interactions: int = 0
    keys: int = 0

    def tap(self, target: Locator) -> None:
        target.click()
        target.page.wait_for_load_state()
        self.interactions += 1

    def write(self, target: Locator, words: str) -> None:
        """One field, whatever is written there."""
        target.fill(words)
        self.interactions += 1

    def press(self, page: Page, *keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)
            self.keys += 1


@pytest.fixture
def hand() -> Hand:
    return Hand()
