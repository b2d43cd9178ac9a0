"""A statement that was written once is the one that would be written now: whoever reads, in whatever language."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from people import kept
from people.models import User
from programs.actions.planning import plan_ahead
from tests.targets import target
from tests.test_few_queries import busy  # noqa: F401 (a fixture)
from tests.test_looks import LOOKED_AT, looking
from tests.test_turn_of_a_year import noon

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ClientOf = Callable[[User], Client]
APPS = ("people", "programs", "mentoring", "guidelines", "reports", "exchange")
MAY = date(2027, 5, 20)
"""A year is to be turned, and a meeting of the 15th waits."""
OF_A_LEAD = {
    "dashboard", "week", "elsewhere", "vigilance", "flag", "dyads", "dyad", "dyad_fidelity", "group", "reports",
}  # fmt: skip


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the statements that were asked again and were still true; none was written from the database."""
    asked, found = kept._asked, set[str]()

    def compared(key: Any, write: Callable[[], Any], ids: Sequence[int]) -> list[Any]:
        before = kept._statements.get(key)
        with connection.execute_wrapper(refused):
            now = kept._Written(write())
        if before:
            assert (now.sql, now.said) == (before.sql, before.said), f"{key[0]}: kept for another reading"
            found.add(key[0])
        return asked(key, write, ids)

    def refused(_execute: Any, sql: str, *_said: Any) -> None:
        raise AssertionError(f"a statement that is kept was written from what the database told once: {sql}")

    kept._statements.clear()
    monkeypatch.setattr(kept, "_asked", compared)
    return found


def named() -> set[str]:
    """How the names of all the statements that are kept begin."""
    asked = re.compile(r'(?<!\.)\bkept(?:_for)?\(.*?"([a-z ]+)')
    sources = (path for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py"))
    return {name for path in sources if "tests" not in path.parts for name in asked.findall(path.read_text("utf-8"))}


def test_what_is_kept_is_what_would_be_written(busy: Cast, client_of: ClientOf, again: set[str]) -> None:  # noqa: F811
    viewer, shown, _look = looking(busy, client_of)
    read(shown, busy, "teacher", LOOKED_AT)
    read(viewer, busy, "teacher", LOOKED_AT)
    read(client_of(busy.julie), busy, "lead", OF_A_LEAD)
    with noon(MAY):
        evaluate_board(busy.board, on=MAY)
        for language in ("fr", "en"):
            lead = client_of(busy.julie)
            lead.post(reverse("set_language"), {"language": language})
            read(lead, busy, "lead", OF_A_LEAD)
            plan_ahead(board=busy.board, on=MAY)
    never = {name for name in named() if not any(one.startswith(name) for one in again)}
    assert never == set()


def read(client: Client, cast: Cast, own: str, names: set[str]) -> None:
    for name in sorted(names):
        client.get(reverse(name, kwargs=target(name, cast, own)))
