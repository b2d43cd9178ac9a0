"""The journal: what its readers find there, by whom, about whom and when; whom it names to whom."""

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accompagnement.demo.cast import Cast
from mentoring.audit_verbs import DYAD_PAUSED
from people import audit
from people.audit_registry import DECLARED
from people.audit_verbs import ACCOUNT_CLOSED, STUDENT_CHANGED, STUDENT_REASON_GIVEN
from people.models import AuditEntry, User
from people.privacy.journal import KINDS, OBJECTS, kind_of

ClientOf = Callable[[User], Client]


@pytest.fixture
def deeds(cast: Cast) -> Cast:
    said: dict[str, Any] = {"board": cast.board, "person": cast.julie}
    audit.record(**said, verb=DYAD_PAUSED, subject=cast.ines_marc, reason="Voyage de Marc")
    audit.record(**said, verb=STUDENT_CHANGED, subject=cast.sofia)
    audit.record(board=cast.board, person=cast.robert, verb=ACCOUNT_CLOSED, subject=cast.karim)
    said = {"board": cast.board, "person": cast.line, "reason": "Demande de la mère d’Inès"}
    audit.record(**said, verb=STUDENT_REASON_GIVEN, subject=cast.ines)
    elsewhere = {"board": cast.other_board, "person": cast.other_lead}
    audit.record(**elsewhere, verb=DYAD_PAUSED, subject=cast.other_dyad)
    return cast


def rows_of(reply: Any) -> list[list[str]]:
    text = b"".join(reply.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(StringIO(text), delimiter=";"))


def deeds_of(client: Client, **asked: Any) -> list[list[str]]:
    """What the file says of who did what about whom, and why, without its own line."""
    lines = rows_of(client.post(reverse("journal_csv"), asked))[1:]
    return [line[3:6] for line in lines if line[6] != "journal.exported"]


@pytest.mark.on_postgresql
def test_the_officer_reads_who_did_what_about_whom_and_why(deeds: Cast, client_of: ClientOf) -> None:
    page = client_of(deeds.line).get(reverse("journal")).content.decode()
    for words in ("a mis une dyade en pause", "Inès Benali", "Voyage de Marc", "Karim", "a fermé un compte"):
        assert words in page
    assert str(deeds.other_lead) not in page
    of_ines = deeds_of(client_of(deeds.line), eleve=deeds.ines.pk)
    assert [line[2] for line in of_ines] == ["Demande de la mère d’Inès", "Voyage de Marc"]
    assert all("Inès Benali" in line[1] for line in of_ines)
    assert len(deeds_of(client_of(deeds.line), adulte=deeds.karim.pk)) == 1
    assert len(deeds_of(client_of(deeds.line), adulte=deeds.julie.pk)) == 2
    assert len(deeds_of(client_of(deeds.line), geste="comptes")) == 1
    day = deeds.on + timedelta(days=3650)
    assert deeds_of(client_of(deeds.line), du=day) == []
    assert "Tout le journal" not in client_of(deeds.line).get(f"{reverse('journal')}?eleve=0").content.decode()


def test_the_administrator_reads_it_without_a_childs_name(deeds: Cast, client_of: ClientOf) -> None:
    client = client_of(deeds.robert)
    for text in (
        client.get(reverse("journal")).content.decode(),
        client.get(f"{reverse('journal')}?eleve={deeds.ines.pk}").content.decode(),
        client.post(reverse("privacy"), {"q": "Benali"}).content.decode(),
        str(deeds_of(client)),
    ):
        assert "Inès" not in text
        assert "Sofia" not in text
    (closed,) = deeds_of(client, geste="comptes")
    assert "Robert" in closed[0]
    assert "Karim" in closed[1]


def test_a_name_is_sought_by_post_and_never_in_an_address(deeds: Cast, client_of: ClientOf) -> None:
    found = client_of(deeds.line).post(reverse("privacy"), {"q": "benali"}).content.decode()
    assert f"?eleve={deeds.ines.pk}" in found
    assert (
        f"?adulte={deeds.karim.pk}" in client_of(deeds.line).post(reverse("privacy"), {"q": "Karim"}).content.decode()
    )
    stranger = client_of(deeds.line).get(f"{reverse('journal')}?eleve={deeds.other_student.pk}").content.decode()
    assert str(deeds.other_student) not in stranger


def test_a_file_of_the_journal_is_itself_in_the_journal(deeds: Cast, client_of: ClientOf) -> None:
    client_of(deeds.line).post(reverse("journal_csv"), {"eleve": deeds.ines.pk})
    kept = AuditEntry.objects.get(verb="journal.exported")
    assert (kept.person, kept.subject_type, kept.subject_id) == (deeds.line, "people.student", deeds.ines.pk)


@pytest.mark.once
def test_queries_do_not_grow(deeds: Cast, client_of: ClientOf) -> None:
    client = client_of(deeds.line)
    client.get(reverse("journal"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("journal")).status_code == 200
        return len(found)

    before = queries()
    for dyad in (deeds.loic_sylvie, deeds.sofia_etienne, deeds.thomas_nadia):
        audit.record(board=deeds.board, person=deeds.karim, verb=DYAD_PAUSED, subject=dyad)
        audit.record(board=deeds.board, person=deeds.nadia, verb=STUDENT_CHANGED, subject=dyad.student)
    assert queries() == before


def test_every_kind_holds_some_verb() -> None:
    assert {kind_of(verb.code) for verb in DECLARED} == set(KINDS)
    objects = {verb.code.partition(".")[0] for verb in DECLARED}
    assert set().union(*OBJECTS.values()) <= objects


def test_the_desk_leads_to_each_of_its_pages(cast: Cast, client_of: ClientOf) -> None:
    for reader in (cast.line, cast.robert):
        page = client_of(reader).get(reverse("privacy")).content.decode()
        for name in ("journal", "incidents", "consents", "retention", "confidentiality"):
            assert f'href="{reverse(name)}"' in page
    assert client_of(cast.line).get(reverse("home"))["Location"] == reverse("privacy")
