"""A token is made by its person, shown once, and dies with what it stands on."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accompagnement.demo.cast import Cast
from exchange.api.actions import make_calendar_link, revoke
from exchange.api.secrets import PREFIX, new_secret
from exchange.models import ApiToken
from exchange.tests.api import ROOT, program_of, secret_of
from people.actions.accounts import close_accounts, reopen_accounts
from people.models import AuditEntry, User

pytestmark = pytest.mark.on_postgresql
ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def unhurried() -> None:
    cache.clear()


def typed(**more: str) -> dict[str, str]:
    said = {"name": "Tableau de la direction", "reason": "Suivre mes rencontres", "scope": "read", "days": "30"}
    return {"entry_uuid": str(uuid.uuid4()), **said, **more}


def shown(page: Any) -> str:
    found = re.search(r'id="secret"[^>]*>([^<]+)</textarea>', page.content.decode())
    return found[1] if found else ""


def status(secret: str) -> int:
    return Client(headers={"Authorization": f"Bearer {secret}"}).get(f"{ROOT}/me").status_code


def test_a_token_is_shown_once_and_only_its_digest_is_kept(cast: Cast, client_of: ClientOf) -> None:
    client, said = client_of(cast.nadia), typed()
    secret = shown(client.post(reverse("api_tokens"), said))
    assert secret.startswith(PREFIX)
    assert status(secret) == 200
    token = ApiToken.objects.get()
    assert secret not in str(ApiToken.objects.values_list()[0])
    assert len(token.digest) == 64
    again = client.post(reverse("api_tokens"), said, follow=True)
    assert shown(again) == ""
    assert ApiToken.objects.count() == 1
    assert secret not in client.get(reverse("api_tokens")).content.decode()
    assert [entry.reason for entry in AuditEntry.objects.filter(verb="api_token.created")] == [said["reason"]]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"reason": "non"}, {"scope": "calendar"}, {"days": "366"}])
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    cast: Cast, client_of: ClientOf, wrong: dict[str, str]
) -> None:
    page = client_of(cast.nadia).post(reverse("api_tokens"), typed(**wrong))
    assert page.status_code == 422
    assert not ApiToken.objects.exists()
    assert all(value in page.content.decode() for value in ["Tableau de la direction"] if "name" not in wrong)


def test_a_token_dies_with_what_it_stands_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same request: revoked, expired, account closed, even opened again, no role any more."""
    secret, others = secret_of(cast.nadia), {person: secret_of(person) for person in (cast.marc, cast.karim)}
    assert status(secret) == 200
    revoke(token=ApiToken.objects.get(person=cast.nadia), person=cast.nadia, at=timezone.now())
    assert status(secret) == 401
    close_accounts(people=[cast.marc], person=None, at=timezone.now())
    assert status(others[cast.marc]) == 401
    reopen_accounts(people=[cast.marc], person=None)
    assert status(others[cast.marc]) == 401
    cast.karim.memberships.update(starts_on=cast.on - timedelta(days=9), ends_on=cast.on)
    assert status(others[cast.karim]) == 401
    late = secret_of(cast.julie)
    ApiToken.objects.filter(person=cast.julie).update(expires_at=timezone.now())
    assert status(late) == 401


def test_nothing_else_opens(cast: Cast) -> None:
    right = secret_of(cast.nadia)
    link = make_calendar_link(person=cast.nadia, entry_uuid=uuid.uuid4(), at=timezone.now()).secret
    digest = ApiToken.objects.get(scope="write").digest
    for wrong in ("", " ", "acc_", right[:-1], right + "a", right.lower(), new_secret(), digest, PREFIX + digest, link,
                  "é" * 50, "a" * 5000, "\x00", f"{right} {right}", str(cast.nadia.pk)):  # fmt: skip
        assert status(wrong) == 401, wrong
    for scheme in ("Basic", "Token", "bearer:"):
        assert Client(headers={"Authorization": f"{scheme} {right}"}).get(f"{ROOT}/me").status_code == 401
    assert Client().get(f"{ROOT}/me?token={right}").status_code == 401


def test_one_revokes_ones_own(cast: Cast, client_of: ClientOf) -> None:
    secret = secret_of(cast.nadia)
    address = reverse("api_token_revoke", args=[ApiToken.objects.get().pk])
    assert client_of(cast.julie).post(address).status_code == 404
    assert status(secret) == 200
    for _n in range(2):
        assert client_of(cast.nadia).post(address).status_code == 302
    assert status(secret) == 401
    assert AuditEntry.objects.filter(verb="api_token.revoked").count() == 1


def test_twenty_stand_at_most(cast: Cast, client_of: ClientOf) -> None:
    for _n in range(20):
        secret_of(cast.nadia)
    assert client_of(cast.nadia).post(reverse("api_tokens"), typed()).status_code == 422
    assert ApiToken.objects.count() == 20


def test_the_list_tells_when_it_served(cast: Cast, client_of: ClientOf) -> None:
    assert "jamais" in client_of(cast.nadia).post(reverse("api_tokens"), typed()).content.decode()
    program_of(cast.nadia).get(f"{ROOT}/me")
    assert f"{cast.on}, 9" in client_of(cast.nadia).get(reverse("api_tokens")).content.decode()


def test_power_bi_opens_a_table(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.robert).get(reverse("power_bi_file", args=["board"]))
    connection = answer.json()["connections"][0]
    assert answer["Content-Disposition"] == 'attachment; filename="board.pbids"'
    assert (answer.json()["version"], connection["mode"]) == ("0.1", "Import")
    assert connection["details"] == {"protocol": "http", "address": {"url": f"http://testserver{ROOT}/board.csv"}}
    opened = program_of(cast.robert, "read").get(connection["details"]["address"]["url"])
    assert b"".join(opened.streaming_content).startswith(b"school_id,program_id,name,relations")
    assert client_of(cast.julie).get(reverse("power_bi_file", args=["board"])).status_code == 404


def test_what_a_program_reads_of_a_student_is_kept_once_a_day(cast: Cast) -> None:
    program, dyad = program_of(cast.julie, "read"), cast.ines_marc
    for path in ("dyads", "dyads.csv", "schools", f"dyads/{dyad.pk}", f"dyads/{dyad.pk}", f"dyads/{10**9}"):
        program.get(f"{ROOT}/{path}")
    kept = AuditEntry.objects.filter(person=cast.julie).exclude(verb__in=["api_token.created", "api_token.used"])
    assert list(kept.order_by("pk").values_list("verb", "subject_id", "reason")) == [
        ("api_token.list_opened", ApiToken.objects.get().pk, "dyads"),
        ("student.file_opened", dyad.student_id, "lead"),
    ]


def test_what_is_shown_once_is_copied_in_one_tap(new_page: Callable[..., Page], cast: Cast) -> None:
    page = new_page(user=cast.nadia)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/jetons/")
    page.get_by_role("button", name="Créer le lien").click()
    page.get_by_role("button", name="Copier").click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    secret = page.get_by_role("textbox", name="Lien").input_value()
    assert secret.endswith(".ics")
    assert page.evaluate("navigator.clipboard.readText()") == secret
