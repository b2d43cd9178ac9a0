"""A real PostgreSQL that is stopped under the pages, the API and a worker, and comes back."""

import logging
from collections.abc import Callable
from uuid import uuid4

import pytest
from celery.contrib.testing.worker import start_worker
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from accompagnement.celery import app
from accompagnement.demo.cast import Cast
from exchange.tests.api import program_of
from guidelines import tasks
from guidelines.models import Evaluation
from people.models import User
from tests.page_forms import forms_of
from tests.patience import until
from tools.postgres import Server

pytestmark = pytest.mark.on_postgresql

WORDS = "Elle a parlé de son frère."
ClientOf = Callable[[User], Client]


def quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def test_pages_say_so_keep_what_was_typed_and_log_one_line_each(
    own_server: Server, cast: Cast, client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    nadia, program = quiet(client_of(cast.nadia)), quiet(program_of(cast.nadia))
    address = f"/dyades/{cast.thomas_nadia.pk}/consigner/"
    (form,) = (form for form in forms_of(nadia.get(address).content.decode()) if "opened_by" in form.sent())
    entry = form.sent() | {"entry_uuid": [str(uuid4())], "note": [WORDS]}

    own_server.stop()
    try:
        caplog.set_level(logging.WARNING)
        caplog.clear()
        asked = {
            "page": nadia.get("/semaine/"),
            "ready": quiet(Client()).get("/sante/pret/"),
            "form": nadia.post(address, entry),
            "draft": nadia.post("/brouillons/", entry),
            "api": program.get("/api/v1/me"),
        }
        assert Client().get("/sante/vie/").status_code == 200
    finally:
        own_server.start()
    assert {name: (said.status_code, said["Retry-After"]) for name, said in asked.items()} == dict.fromkeys(
        asked, (503, "5")
    )
    assert "La base de données ne répond pas" in asked["page"].content.decode()
    assert asked["api"]["Content-Type"] == "application/problem+json"
    assert [(record.name, record.exc_info) for record in caplog.records] == [
        ("accompagnement.operations.away", None)
    ] * len(asked)

    said = asked["form"].content.decode()
    assert f"<p>{WORDS}</p>" in said.replace(' class="measure"', "")
    (again,) = forms_of(said)
    assert again.sent() == entry
    assert nadia.get("/semaine/").status_code == 200, "the next page finds the database by itself"
    assert [nadia.post(address, again.sent()).status_code for _ in range(2)] == [302, 302]
    assert cast.thomas_nadia.meetings.filter(note=WORDS).count() == 1


def test_a_database_cut_in_the_middle_of_a_page_is_away_too(
    own_server: Server, cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped between the session and the view."""
    from people.middleware import BoardTimeMiddleware

    nadia = quiet(client_of(cast.nadia))
    whole = BoardTimeMiddleware.__call__

    def cut(self: BoardTimeMiddleware, request: object) -> object:
        own_server.stop()
        return whole(self, request)  # type: ignore[arg-type]

    monkeypatch.setattr(BoardTimeMiddleware, "__call__", cut)
    try:
        assert nadia.get("/semaine/").status_code == 503
    finally:
        own_server.start()


def test_a_database_that_leaves_while_the_session_is_saved_is_away_too(
    own_server: Server, cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Django would say 400: « The request's session was deleted »."""
    nadia, save = quiet(client_of(cast.nadia)), SessionStore.save

    def cut_then_save(store: SessionStore, must_create: bool = False) -> None:
        if own_server.is_up:
            own_server.stop()
        save(store, must_create)

    monkeypatch.setattr(SessionStore, "save", cut_then_save)
    try:
        answered = nadia.get(f"/dyades/{cast.thomas_nadia.pk}/")
    finally:
        own_server.start()
    assert (answered.status_code, answered["Retry-After"]) == (503, "5")


def test_a_job_waits_for_the_database(own_server: Server, cast: Cast) -> None:
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="error"):
        own_server.stop()
        try:
            retried = []
            tasks.evaluate.on_retry = lambda exc, *_: retried.append(type(exc).__name__)
            tasks.evaluate.delay(cast.board.pk, cast.on.isoformat())
            until(lambda: bool(retried), said="the job was put off")
        finally:
            del tasks.evaluate.on_retry
            own_server.start()
        until(lambda: Evaluation.objects.filter(board=cast.board, on=cast.on).exists(), said="the job was done")
    assert retried[0] == "OperationalError"
