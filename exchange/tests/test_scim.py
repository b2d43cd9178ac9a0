"""A board's directory, by SCIM: a strict client finds nothing to say, and who is deactivated is out at once."""

import json
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from accompagnement.demo.cast import Cast
from exchange.scim import views
from exchange.scim.resource import resource_of
from exchange.scim.tokens import make_directory_token
from people.actions.accounts import close_accounts, reopen_accounts
from people.models import AuditEntry, SchoolBoard, User
from tests.patience import PATIENCE_SECONDS

ROOT = "/scim/v2"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ClientOf = Callable[[User], Client]


def secret_of(board: SchoolBoard, person: User) -> str:
    return make_directory_token(board=board, person=person, entry_uuid=uuid.uuid4(), at=timezone.now())


class Directory:
    """What asks with a board's token."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def ask(self, method: str, path: str, said: Any = None, **asked: str) -> Any:
        address = f"{ROOT}{path}"
        if method == "get":
            return self.client.get(address, asked)
        body = json.dumps(said) if said is not None else ""
        return getattr(self.client, method)(address, body, content_type="application/scim+json")

    def add(self, user_name: str, **more: Any) -> Any:
        return self.ask("post", "/Users", {"schemas": [USER], "userName": user_name, **more})

    def patch(self, person: int, *operations: dict[str, Any]) -> Any:
        return self.ask("patch", f"/Users/{person}", {"schemas": [PATCH], "Operations": list(operations)})


@pytest.fixture
def directory(cast: Cast) -> Directory:
    return Directory(secret_of(cast.board, cast.robert))


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_strict_client_finds_nothing_to_say(cast: Cast, live_server: LiveServer) -> None:
    secret, url = secret_of(cast.board, cast.robert), f"{live_server.url}{ROOT}"
    # The first request of a process loads SCIM's models; the program gives up on an answer after five seconds.
    Directory(secret).ask("get", "/ServiceProviderConfig")
    program = str(Path(sys.executable).parent / "scim2")
    command = [program, "--url", url, "--header", f"Authorization: Bearer {secret}", "test"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert "SUCCESS" in told
    assert "ERROR" not in told, told


def test_who_is_deactivated_is_out_in_the_same_request(cast: Cast, directory: Directory, client_of: ClientOf) -> None:
    nadia = client_of(cast.nadia)
    assert nadia.get(reverse("week")).status_code == 200
    found = directory.ask("get", "/Users", filter=f'userName eq "{cast.nadia.email}"').json()
    assert (found["totalResults"], found["Resources"][0]["active"]) == (1, True)
    answer = directory.patch(cast.nadia.pk, {"op": "Replace", "path": "active", "value": False})
    assert (answer.status_code, answer.json()["active"]) == (200, False)
    assert nadia.get(reverse("week")).status_code == 302
    assert directory.patch(cast.nadia.pk, {"op": "replace", "value": {"active": True}}).json()["active"] is True
    assert nadia.get(reverse("week")).status_code == 302, "no former session comes back"
    assert directory.ask("delete", f"/Users/{cast.nadia.pk}").status_code == 204
    assert directory.ask("get", f"/Users/{cast.nadia.pk}").status_code == 404
    cast.nadia.refresh_from_db()
    assert not cast.nadia.is_active
    assert cast.thomas_nadia.meetings.exists(), "what they did stays"
    again = directory.add(str(cast.nadia.email), name={"givenName": "Nadia", "familyName": "Ferhat"})
    assert (again.status_code, again.json()["id"]) == (201, str(cast.nadia.pk)), "they come back as they were"
    verbs = AuditEntry.objects.filter(subject_type="people.user", subject_id=cast.nadia.pk, person=None)
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "account.closed", "account.reopened", "account.closed", "account.reopened",
    ]  # fmt: skip


def test_a_person_comes_in_without_a_role_and_once(cast: Cast, directory: Directory) -> None:
    said = {"externalId": "A-1", "name": {"givenName": "Ève", "familyName": "Roy"}, "title": "Enseignante"}
    answer = directory.add("Eve.Roy@rive-claire.example", **said)
    assert answer.status_code == 201, answer.content
    person = User.objects.get(pk=answer.json()["id"])
    assert (person.email, person.board, str(person)) == ("eve.roy@rive-claire.example", cast.board, "Ève Roy")
    assert not person.memberships.exists()
    assert not person.has_usable_password()
    assert directory.add("eve.roy@rive-claire.example").status_code == 409
    assert directory.ask("get", "/Users", filter='externalId eq "A-1"').json()["totalResults"] == 1
    assert directory.add("autre", emails=[{"value": cast.other_lead.email}]).status_code == 409, "of another board"


def test_a_board_sees_its_own_people_alone(cast: Cast, directory: Directory) -> None:
    other = cast.other_lead.pk
    assert directory.ask("get", f"/Users/{other}").status_code == 404
    assert directory.patch(other, {"op": "replace", "path": "active", "value": False}).status_code == 404
    assert directory.ask("delete", f"/Users/{other}").status_code == 404
    rows = directory.ask("get", "/Users", count="200").json()["Resources"]
    theirs = set(User.objects.filter(board=cast.board).values_list("pk", flat=True))
    assert {int(row["id"]) for row in rows} == theirs


def test_what_a_person_closed_by_hand_stays_closed(cast: Cast, directory: Directory) -> None:
    close_accounts(people=[cast.marc], person=cast.alain, at=timezone.now())
    answer = directory.patch(cast.marc.pk, {"op": "replace", "path": "active", "value": True})
    assert (answer.status_code, answer.json()["active"]) == (200, False)


def test_who_was_opened_again_by_hand_is_shut_out_by_the_directory(cast: Cast, directory: Directory) -> None:
    assert directory.ask("delete", f"/Users/{cast.marc.pk}").status_code == 204
    assert directory.ask("get", f"/Users/{cast.marc.pk}").status_code == 404
    cast.marc.refresh_from_db()
    reopen_accounts(people=[cast.marc], person=cast.alain)
    assert directory.ask("delete", f"/Users/{cast.marc.pk}").status_code == 204
    assert not User.objects.get(pk=cast.marc.pk).is_active


@pytest.mark.on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_change_that_crosses_a_closing_opens_nothing(
    cast: Cast, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is corrected by somebody who read the person before the other request shut them out."""
    was_read, out = threading.Event(), threading.Event()

    def slowed(*rows: Any, **said: Any) -> Any:
        if not was_read.is_set():
            was_read.set()
            out.wait(1)
        return resource_of(*rows, **said)

    def correct() -> None:
        directory.patch(cast.marc.pk, {"op": "replace", "path": "name.givenName", "value": "Marco"})
        connection.close()

    monkeypatch.setattr(views, "resource_of", slowed)
    correcting = threading.Thread(target=correct)
    correcting.start()
    assert was_read.wait(PATIENCE_SECONDS)
    answer = directory.patch(cast.marc.pk, {"op": "replace", "path": "active", "value": False})
    out.set()
    correcting.join()
    cast.marc.refresh_from_db()
    assert (answer.status_code, cast.marc.given_name, cast.marc.is_active) == (200, "Marco", False)


@pytest.mark.once
def test_what_microsoft_writes_is_understood(cast: Cast, directory: Directory) -> None:
    answer = directory.patch(
        cast.marc.pk,
        {"op": "Add", "path": 'emails[type eq "work"].value', "value": "marc.autre@rive-claire.example"},
        {"op": "Replace", "path": "name.familyName", "value": "Autre"},
        {"op": "Add", "path": "displayName", "value": "Marc Autre"},
        {"op": "Replace", "path": "active", "value": "False"},
    )
    assert answer.status_code == 200, answer.content
    cast.marc.refresh_from_db()
    assert (cast.marc.family_name, cast.marc.is_active) == ("Autre", False)


@pytest.mark.once
@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"userName": 3}', '{"userName": ""}', '{"userName": "\\ud800"}', "[" * 5000, "é" * 60_000],
)
def test_what_is_no_person_is_refused_in_words(cast: Cast, directory: Directory, body: str) -> None:
    answer = directory.client.post(f"{ROOT}/Users", body, content_type="application/scim+json")
    assert answer.status_code == 400, answer.content
    assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


def test_a_list_is_asked_for_from_anywhere(directory: Directory) -> None:
    far, search = "9" * 30, {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "startIndex": 10**30}
    for answer in (
        directory.ask("get", "/Users", startIndex=far, count=far),
        directory.ask("get", "/Users", startIndex=far, filter='active eq "x"'),
        directory.ask("post", "/Users/.search", search),
    ):
        assert (answer.status_code, answer.json().get("Resources", [])) in ((200, []), (400, []))


def test_a_token_is_the_boards_and_is_replaced_and_revoked(cast: Cast, client_of: ClientOf) -> None:
    admin = client_of(cast.robert)
    page = admin.post(reverse("directory_token"), {"entry_uuid": str(uuid.uuid4())})
    first = Directory(page.context["secret"])
    assert page.context["secret"] not in admin.get(reverse("directory")).content.decode()
    close_accounts(people=[cast.robert], person=None, at=timezone.now())
    assert first.ask("get", "/Users").status_code == 200, "it outlives the account of who made it"
    second = Directory(secret_of(cast.board, cast.robert))
    assert [one.ask("get", "/Users").status_code for one in (first, second)] == [401, 200]
    for wrong in ("", "Bearer", "Bearer acc_x", f"Basic {uuid.uuid4()}"):
        assert Client(headers={"Authorization": wrong}).get(f"{ROOT}/Users").status_code == 401
