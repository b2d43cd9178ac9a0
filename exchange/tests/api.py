"""Programs that ask: a client with a person's token, and nothing else."""

import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from exchange.api.actions import make_token
from people.models import User

ROOT = "/api/v1"


def secret_of(person: User, scope: str = "write", **more: Any) -> str:
    said = {"name": "Essai", "reason": "Lire mes rencontres", "days": 30, "entry_uuid": uuid.uuid4()}
    return make_token(person=person, scope=scope, at=timezone.now(), **{**said, **more}).secret


def program_of(person: User, scope: str = "write") -> Client:
    """What asks for a person, by a token."""
    return Client(headers={"Authorization": f"Bearer {secret_of(person, scope)}"})


def every_row(client: Client, name: str, **asked: Any) -> list[dict[str, Any]]:
    """All rows of a list, page after page."""
    answer = client.get(f"{ROOT}/{name}", {"limit": 200, **asked}).json()
    rows = answer["items"]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        rows += answer["items"]
    return rows


def send(client: Client, method: str, path: str, said: Any, **headers: str) -> Any:
    sent = getattr(client, method)
    return sent(f"{ROOT}{path}", data=said, content_type="application/json", headers=headers)
