"""The register of incidents: the regulation's eight items, who writes and who reads, what each save leaves."""

import csv
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accompagnement.demo.cast import Cast
from people.models import AuditEntry, PrivacyIncident, User

ClientOf = Callable[[User], Client]


def said(on: date, **more: Any) -> dict[str, Any]:
    return {
        "entry_uuid": uuid.uuid4(), "circumstances": "Une liste laissée à la photocopieuse",
        "information": "Noms et groupes de 14 élèves", "aware_on": on, "risk": "unknown", **more,
    }  # fmt: skip


@pytest.mark.on_postgresql
def test_an_incident_is_written_then_completed_and_keeps_its_versions(cast: Cast, client_of: ClientOf) -> None:
    line = client_of(cast.line)
    sent = said(cast.on)
    for _twice in range(2):
        assert line.post(reverse("incident_new"), sent).status_code == 302
    row = PrivacyIncident.objects.get()
    assert (row.board, row.recorded_by, row.recorded_on) == (cast.board, cast.line, cast.on)
    assert len(row.missing) == 5
    whole = sent | {
        "happened_on": cast.on - timedelta(days=3), "happened_until": cast.on, "is_period_approximate": "on",
        "people": "14", "assessment": "Peu sensibles", "risk": "serious", "commission_told_on": cast.on,
        "people_told_on": cast.on, "public_notices": "Aucun", "measures": "Impression protégée",
    }  # fmt: skip
    assert line.post(reverse("incident_edit", args=[row.pk]), whole).status_code == 302
    row.refresh_from_db()
    assert row.missing == []
    page = line.get(reverse("incident", args=[row.pk])).content.decode()
    assert "environ" in page
    assert "Inscription au registre" in page
    assert "Mesures prises" in page.partition("Qui a écrit quoi")[2] or "mesures prises" in page
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["incident.recorded", "incident.corrected"]
    read = client_of(cast.robert)
    assert "Une liste laissée" in read.get(reverse("incidents")).content.decode()
    assert "Préciser" not in read.get(reverse("incident", args=[row.pk])).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"circumstances": ""}, {"information": ""}, {"aware_on": ""}, {"aware_on": "2099-01-01"},
        {"happened_on": "2098-01-01"}, {"happened_until": "2026-01-01"},
        {"happened_on": "2026-02-01", "happened_until": "2026-01-01"}, {"people": "beaucoup"}, {"people": "-1"},
        {"commission_told_on": "2020-01-01"}, {"people_told_on": "2098-01-01"}, {"risk": "grand"},
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_with_what_was_typed(cast: Cast, client_of: ClientOf, wrong: dict[str, str]) -> None:
    reply = client_of(cast.line).post(reverse("incident_new"), said(cast.on, measures="Rappel des règles") | wrong)
    assert reply.status_code == 422
    assert "Rappel des règles" in reply.content.decode()
    assert not PrivacyIncident.objects.exists()


def test_an_incident_is_concluded_in_the_reader_s_language(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.line)
    client.post("/langue/", {"language": "en", "next": "/"})
    page = client.get(reverse("incident_new")).content.decode()
    assert "À évaluer" not in page
    assert "To assess" in page


def test_the_register_leaves_as_a_file_with_its_eight_items(cast: Cast, client_of: ClientOf) -> None:
    said = {"information": "=Noms", "circumstances": "Perte", "aware_on": cast.on, "people": 3}
    PrivacyIncident.objects.create(board=cast.board, **said)
    PrivacyIncident.objects.create(board=cast.other_board, **said)
    reply: Any = client_of(cast.line).post(reverse("incidents_csv"))
    text = b"".join(reply.streaming_content).decode().removeprefix("\ufeff")
    headings, *rows = csv.reader(StringIO(text), delimiter=";")
    assert len(headings) == 9
    assert [row[0] for row in rows] == ["'=Noms"]
    assert AuditEntry.objects.get().verb == "incident.register_exported"
