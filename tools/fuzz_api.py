"""Five minutes of odd requests to the API, by its own description, on a fresh demonstration: exit 1 when it finds one.

The same seed asks the same things. ``FUZZ_SECONDS=60`` for another length, shared by the people who ask.
"""

import io
import os
import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.migrated import sqlite_template

if TYPE_CHECKING:
    from schemathesis.engine.recorder import ScenarioRecorder

SEED = 13
SECONDS = 300
PEOPLE = {
    "teacher": "nadia.ferhat@rive-claire.example",
    "lead": "julie.archambault@rive-claire.example",
    "board": "robert.gagne@rives.example",
    "privacy": "line.savard@rives.example",
}
"""Who asks, of the demonstration; ``FUZZ_AS=lead`` for one alone."""
PATIENCE_SECONDS = 120
"""For the description, which is written when it is first asked for."""
DESCRIBED_AT = "/api/v1/openapi.json"
REFUSED_BY_A_RULE: dict[str, Any] = {
    "include-method": ["POST", "PUT"],
    "checks": {"positive_data_acceptance": {"enabled": False}},
}
"""What is well formed may be refused as the form of the page would: no schema says which days a relation stands."""


def plan(secret: str, seconds: int | None = None, **more: Any) -> dict[str, Any]:
    """What to ask, as schemathesis reads it from its file of settings.

    ``identity``: what is compressed is not what schemathesis would read.
    """
    said = {"seed": SEED, "continue-on-failure": True, "operations": [REFUSED_BY_A_RULE]}
    headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
    return {**said, "headers": headers, **({"max-time": seconds} if seconds else {}), **more}


def served() -> str:
    """The address of the product, served by a thread as long as we last: the engine only speaks through a socket."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from accompagnement.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def told(recorder: "ScenarioRecorder") -> Iterator[str]:
    """What a check found, with the request that shows it."""
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info:
                asked = recorder.interactions[case_id].request
                body = asked.body.decode(errors="replace") if asked.body else ""
                failure = check.failure_info.failure
                yield f"{recorder.label}: {failure.title}: {failure.message}\n    {asked.method} {asked.uri} {body}"


def findings(said: dict[str, Any]) -> Iterator[str]:
    """Every fault, as it is found; in the end it prints what was answered, lest the door refuse all of it."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig
    from schemathesis.engine import events, from_schema

    config = SchemathesisConfig.from_dict(said)
    schema = schemathesis.openapi.from_url(served() + DESCRIBED_AT, config=config, timeout=PATIENCE_SECONDS)
    asked: Counter[int] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            asked.update(one.response.status_code for one in event.recorder.interactions.values() if one.response)
            yield from told(event.recorder)
        elif isinstance(event, events.NonFatalError):
            yield f"{event.label}: {event.value!r}"
        elif isinstance(event, events.FatalError):
            raise event.exception
    print(f"{asked.total()} requests, answered", ", ".join(f"{status} × {n}" for status, n in sorted(asked.items())))


def secret_of(email: str) -> str:
    """A token that reads and writes, of somebody of the demonstration."""
    import uuid

    from django.utils import timezone

    from exchange.api.actions import make_token
    from people.models import User

    person = User.objects.get(email=email)
    said: dict[str, Any] = {"name": "Essai", "reason": "Essayer l’interface", "scope": "write", "days": 30}
    return make_token(person=person, at=timezone.now(), entry_uuid=uuid.uuid4(), **said).secret


def main() -> int:
    seconds = int(os.environ.get("FUZZ_SECONDS") or SECONDS)
    with tempfile.TemporaryDirectory() as kept:
        database = Path(kept) / "demo.sqlite3"
        shutil.copy(sqlite_template(), database)
        os.environ |= {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "accompagnement.settings"}
        import django

        django.setup()
        import logging

        from django.conf import settings
        from django.core.management import call_command

        settings.API_REQUESTS_PER_MINUTE = 10**9
        settings.ALLOWED_HOSTS = ["*"]
        logging.disable(logging.WARNING)
        call_command("demo", stdout=io.StringIO())
        people = [os.environ["FUZZ_AS"]] if os.environ.get("FUZZ_AS") else list(PEOPLE)
        found = 0
        for name in people:
            print(f"As {name}:", flush=True)
            for fault in findings(plan(secret_of(PEOPLE[name]), seconds // len(people))):
                found += 1
                print(fault, flush=True)
    print(f"{found} faults.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
