"""What whoever runs the service sees: health, metrics, the log, errors told elsewhere. Nobody is named in any."""

import json
import logging
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sentry_sdk
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from sentry_sdk.transport import Transport

from accompagnement.celery import app
from accompagnement.checks import unsafe
from accompagnement.demo.cast import Cast
from accompagnement.models import Pulse
from accompagnement.operations import errors, health
from accompagnement.operations.logs import JsonFormatter
from accompagnement.tasks import beat_worker
from people import audit
from people.audit_verbs import PERSON_ADDED
from people.models import Message, SchoolBoard, User
from reports.models import Report
from tests.patience import PATIENCE_SECONDS
from tools.lint import PRODUCTION
from tools.sources import ROOT

pytestmark = pytest.mark.once
ClientOf = Callable[[User], Client]
TOKEN = "t" * 40
NAMED = "Thomas Lévesque"


@pytest.mark.django_db
def test_ready_only_with_the_schema_that_the_code_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (Client().get("/sante/vie/").content, Client().get("/sante/pret/").content) == (b"ok", b"ok")
    known = health.wanted()
    monkeypatch.setattr(health, "wanted", lambda: known | {("people", "9999_of_the_next_version")})
    assert Client().get("/sante/pret/").status_code == 503
    monkeypatch.setattr(health, "wanted", lambda: known - {max(known)})
    assert Client().get("/sante/pret/").status_code == 200, "a newer schema under the former code"


def gauges(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"^(accompagnement_\S+) (\S+)$", text, re.M)}


def test_metrics_tell_ages_and_queues_to_the_holder_of_the_token(cast: Cast, settings: Settings) -> None:
    asked = Client(headers={"Authorization": f"Bearer {TOKEN}"})
    assert asked.get("/mesures/").status_code == 404, "no token is set"
    settings.METRICS_TOKEN = TOKEN
    assert Client(headers={"Authorization": "Bearer "}).get("/mesures/").status_code == 404
    now = timezone.now()
    beat_worker()
    Pulse.beat(Pulse.Of.BACKUP, at=now - timedelta(hours=30))
    letter = Message.objects.create(person=cast.nadia, board=cast.board, kind=Message.Kind.DIGEST, on=cast.on)
    Message.objects.filter(pk=letter.pk).update(created_at=now - timedelta(hours=2), state=Message.State.QUEUED)
    text = asked.get("/mesures/").content.decode()
    read = gauges(text)
    assert read['accompagnement_pulse_age_seconds{of="worker"}'] < 60
    assert read['accompagnement_pulse_age_seconds{of="backup"}'] == pytest.approx(30 * 3600, abs=60)
    assert read['accompagnement_jobs_oldest_seconds{kind="mail"}'] == pytest.approx(2 * 3600, abs=60)
    assert read['accompagnement_mail_unsent{state="queued"}'] == read['accompagnement_jobs_waiting{kind="mail"}'] == 1
    assert read['accompagnement_jobs_stuck{kind="report"}'] == Report.objects.filter(state="working").count()
    assert any(name.startswith('accompagnement_request_seconds_count{method="GET"') for name in read)
    assert not [one for one in (cast.nadia.email, cast.nadia.family_name, cast.board.name) if one in text]

    rules = (ROOT / "deploy/prometheus/alerts.yml").read_text()
    known = {name.partition("{")[0] for name in read} | {"accompagnement_evaluation_age_seconds"}
    assert set(re.findall(r"accompagnement_\w+", rules)) <= known


def test_what_never_began_is_told_too(cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that was never started, and a board whose first night never comes, wake somebody."""
    settings.METRICS_TOKEN = TOKEN
    board = SchoolBoard.objects.create(key="css-neuf", name="Neuf")
    audit.record(board=board, person=None, verb=PERSON_ADDED, subject=board)
    later = timezone.now() + timedelta(hours=50)
    monkeypatch.setattr(timezone, "now", lambda: later)
    text = Client(headers={"Authorization": f"Bearer {TOKEN}"}).get("/mesures/").content.decode()
    age = gauges(text)[f'accompagnement_evaluation_age_seconds{{board="{board.pk}"}}']
    assert age == pytest.approx(50 * 3600, abs=60)
    rules = (ROOT / "deploy/prometheus/alerts.yml").read_text()
    for of in re.findall(r'pulse_age_seconds{of="(\w+)"} >', rules):
        assert f'or absent(accompagnement_pulse_age_seconds{{of="{of}"}})' in rules


def test_the_worker_is_asked_for_a_sign_of_life_each_minute() -> None:
    assert app.conf.beat_schedule["beat-worker"]["task"] == beat_worker.name


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """Everything that is logged, as production writes it."""
    said: list[dict[str, Any]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(json.loads(JsonFormatter().format(record)))

    root, kept = logging.getLogger(), Kept()
    before = root.level
    root.setLevel(logging.INFO)
    root.addHandler(kept)
    yield said
    root.removeHandler(kept)
    root.setLevel(before)


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that fails with somebody's name in the error's words."""

    def fail(*words: object) -> None:
        raise IntegrityError(f"Key (name)=({NAMED}) already exists.")

    monkeypatch.setattr("mentoring.views.week.require_role", fail)


def test_lines_share_the_request_id_and_name_nobody(
    cast: Cast, client_of: ClientOf, lines: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    client = client_of(cast.nadia)
    client.raise_request_exception = False
    answer = client.get("/semaine/", {"q": NAMED}, headers={"X-Request-ID": "abc-12345678"})
    assert (answer.status_code, answer["X-Request-ID"]) == (500, "abc-12345678")
    assert re.fullmatch(r"[0-9a-f-]{36}", client.get("/menu/", headers={"X-Request-ID": "a\u00e9 b"})["X-Request-ID"])
    client.get("/invitation/secret-du-lien/")
    (failed,) = (line for line in lines if "trace" in line)
    assert (failed["error"], failed["message"]) == ("IntegrityError", "500 GET /semaine/")
    asked = [line for line in lines if "ms" in line]
    assert [(line["status"], line["route"], line["person"]) for line in asked] == [
        (500, "/semaine/", cast.nadia.pk),
        (200, "/menu/", cast.nadia.pk),
        (410, "/invitation/<str:token>/", cast.nadia.pk),
    ]
    assert {failed["request"], asked[0]["request"]} == {"abc-12345678"}
    said = json.dumps(lines, ensure_ascii=False)
    assert not [word for word in (NAMED, "secret-du-lien", cast.nadia.email) if word in said]


def test_the_server_s_own_lines_are_objects_too_and_quote_no_address() -> None:
    command = [str(Path(sys.executable).parent / "gunicorn"), "-c", "deploy/gunicorn.conf.py", "accompagnement.wsgi"]
    environment = {**os.environ, "BIND": "127.0.0.1:0", "WEB_PROCESSES": "1"}
    lines: list[str] = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        for line in server.stderr:
            lines.append(line)
            if found := re.search(r"Listening at: http://127.0.0.1:(\d+)", line):
                with socket.create_connection(("127.0.0.1", int(found[1])), PATIENCE_SECONDS) as client:
                    client.sendall(b"GET /invitation/secret-du-lien/ and more words\r\n\r\n")
                    assert b"400" in client.recv(100)
                server.terminate()
    # Python's own warnings, of a folder that is not there yet, are no lines of the server's.
    said = [json.loads(line) for line in lines if line.startswith("{")]
    assert {"Invalid request", "Using worker: gthread"} <= {one["message"] for one in said}
    assert "secret-du-lien" not in "".join(lines)


def test_errors_are_told_without_anybody(
    cast: Cast, client_of: ClientOf, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    class Kept(Transport):
        def capture_envelope(self, envelope: Any) -> None:
            told.append(envelope.serialize().decode())

    settings.SENTRY_DSN = "http://key@127.0.0.1:9/1"
    monkeypatch.setitem(errors.OPTIONS, "transport", Kept)
    broken(monkeypatch)
    client = client_of(cast.nadia)
    client.raise_request_exception = False
    with sentry_sdk.isolation_scope():
        errors.tell_errors()
        try:
            client.post(f"/semaine/?q={NAMED}", {"note": NAMED})
            client.get(f"/semaine/?q={NAMED}")
            sentry_sdk.flush()
        finally:
            sentry_sdk.get_client().close()
            sentry_sdk.get_global_scope().set_client(None)
    (event,) = told
    assert "IntegrityError" in event
    assert "week.py" in event
    said = (NAMED, "vesque", cast.nadia.email, "sessionid", "127.0.0.1", "testserver")
    assert not [word for word in said if word in event]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "development-only-never-in-production"),
        ("SECRET_KEY", "court"),
        ("ALLOWED_HOSTS", ["accompagnement.example", "*"]),
        ("PUBLIC_URL", "http://accompagnement.example"),
        ("PUBLIC_URL", "https://elsewhere.example"),
        ("DEBUG", True),
        ("METRICS_TOKEN", "court"),
        ("SECRET_KEY_FALLBACKS", ["court"]),
        ("SECRET_KEY_FALLBACKS", ["k" * 50, "development-only-never-in-production"]),
    ],
)
def test_each_danger_of_production_is_said(settings: Settings, name: str, value: object) -> None:
    safe = {"PRODUCTION": True, "SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": ["accompagnement.example"]}
    for setting, said in {**safe, "PUBLIC_URL": "https://accompagnement.example"}.items():
        setattr(settings, setting, said)
    assert not list(unsafe())
    setattr(settings, name, value)
    (fault,) = unsafe()
    assert name in f"{fault.msg} {fault.hint}"


def test_the_server_refuses_to_start_unsafe() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "accompagnement.settings", **PRODUCTION, "DEBUG": "1"}
    command = [sys.executable, "-c", "import accompagnement.wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        3,
        "Refused to start: DEBUG shows code and settings to whoever meets an error. Unset DEBUG.\n",
    )


def test_a_former_key_is_named_by_the_environment() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "accompagnement.settings", "SECRET_KEY_FALLBACKS": "one,two"}
    command = [sys.executable, "-c", "from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "['one', 'two']\n"


def test_a_word_that_is_neither_true_nor_false_stops_the_start() -> None:
    said = {"DJANGO_SETTINGS_MODULE": "accompagnement.settings", "ACCOMPAGNEMENT_PRODUCTION": "oui"}
    command = [sys.executable, "-c", "from django.conf import settings; settings.PRODUCTION"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **said}, capture_output=True, text=True, check=False)
    assert "ACCOMPAGNEMENT_PRODUCTION is neither true nor false: oui." in done.stderr


def test_what_the_deployment_names_is_there() -> None:
    named = set(re.findall(r"deploy/[\w./-]+\w", (ROOT / "docs/deployment.md").read_text())) - {"deploy/compose.env"}
    assert not [name for name in named if not (ROOT / name).exists()]
    settings = (ROOT / "deploy/accompagnement.env").read_text()
    folder = re.findall(r"^PROMETHEUS_MULTIPROC_DIR=(.+)$", settings, re.M)[0]
    assert f"mkdir -p var {folder}" in (ROOT / "deploy/Dockerfile").read_text(), "every page writes its counts there"
