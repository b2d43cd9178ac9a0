"""A report as a job: a row first, then a task; nothing lost, nothing doubled, nothing left behind."""

import errno
import hashlib
import io
import os
import resource
import signal
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry, Membership, User
from reports import job
from reports.audiences import BOARD
from reports.audit_verbs import MEETINGS_EXPORTED
from reports.document import Layout, one_sheet
from reports.formats import FORMATS
from reports.models import Report, ReportPart
from reports.parts import PART
from reports.registry import REPORTS, Edition, ReportKind
from reports.tables import Column, Kind
from reports.tasks import forget_reports, ring_reports
from tests.cast import Cast
from tests.services import ROOT, database_url
from tests.test_without_broker import broker_down as broker_down

ClientOf = Callable[[User], Client]
State = Report.State
ROWS = 1500


@dataclass
class Row:
    number: int

    @property
    def words(self) -> str:
        """Long, and unlike any other: an archive of many is of several megabytes."""
        return "".join(hashlib.sha512(f"{part}{self.number}".encode()).hexdigest() for part in "ab")


@dataclass
class Rows:
    """What is done while each row is read; how many are made."""

    count: int = ROWS
    at: Callable[[int], object] = lambda number: None
    read: int = 0
    last: int = 0

    def __call__(self, *_args: object) -> Iterator[Row]:
        self.read += 1
        for number in range(self.count):
            self.at(number)
            self.last = number
            yield Row(number)


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Rows:
    """A report of a board whose rows are the test's."""
    made, columns = Rows(), [Column("Nº", "number", kind=Kind.NUMBER), Column("Mots", "words")]
    edition = Edition(BOARD, one_sheet(Layout("essai", "Essai", columns), made), holds="Des rangées.")
    kind = ReportKind("essai", "essai", "Essai", MEETINGS_EXPORTED, (edition,))
    monkeypatch.setitem(REPORTS, "essai", kind)
    monkeypatch.setattr(job, "BEATS_SECONDS", 0.0)
    return made


def asked(client: Client, **also: str) -> Report:
    said = {"kind": "board", "report": "essai", "periode": "mois-2026-10", "format": "csv"}
    said |= {"entry_uuid": str(uuid.uuid4())} | also
    answer = client.post("/rapports/preparer/", said)
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.get(pk=answer["Location"].split("/")[-2])


def make(report: Report, **later: float) -> Report:
    job.make(report.pk, now=timezone.now() + timedelta(**later))
    report.refresh_from_db()
    return report


def file_of(client: Client, report: Report) -> bytes:
    answer = client.get(f"/rapports/{report.pk}/fichier/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_a_row_first_then_a_file_that_is_its_persons_alone(cast: Cast, client_of: ClientOf, rows: Rows) -> None:
    robert = client_of(cast.robert)
    report = asked(robert)
    assert (report.state, report.parts.count()) == (State.QUEUED, 0)
    make(report)
    assert (report.state, report.done) == (State.DONE, ROWS)
    content = file_of(robert, report)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["rapport.csv", "essai.csv"]
        assert archive.read("essai.csv").count(b"\n") == ROWS + 1
    assert (report.size, report.checksum) == (len(content), hashlib.sha256(content).hexdigest())
    assert report.checksum in robert.get(f"/rapports/{report.pk}/").content.decode()
    answer = robert.get(f"/rapports/{report.pk}/fichier/")
    assert answer["Content-Disposition"] == 'attachment; filename="essai-2026-10-01-2026-10-31-excel.zip"'
    assert (answer["X-Checksum-SHA256"], "private" in answer["Cache-Control"]) == (report.checksum, True)
    told = AuditEntry.objects.filter(subject_type="reports.report", subject_id=report.pk).order_by("pk")
    assert [entry.verb for entry in told] == ["report.prepared", "meetings.exported", "meetings.exported"]
    for other, code in ((cast.julie, 404), (cast.line, 403)):
        for path in ("", "fichier/", "avancement/"):
            assert client_of(other).get(f"/rapports/{report.pk}/{path}").status_code == code


def test_twice_is_once(cast: Cast, client_of: ClientOf, rows: Rows) -> None:
    robert, key = client_of(cast.robert), str(uuid.uuid4())
    report, same = asked(robert, entry_uuid=key), asked(robert, entry_uuid=key)
    another = asked(robert, entry_uuid=key, periode="mois-2026-09")
    assert (same.pk, another.pk != report.pk) == (report.pk, True)
    make(report)
    made_at = report.finished_at
    assert make(report).finished_at == made_at
    assert (rows.read, AuditEntry.objects.filter(verb="report.prepared").count()) == (1, 1)


def test_cancelled_while_it_is_made_it_stops_and_leaves_nothing(cast: Cast, client_of: ClientOf, rows: Rows) -> None:
    robert = client_of(cast.robert)
    report = asked(robert)

    def cancel(number: int) -> None:
        if number == 600:
            page = robert.get(f"/rapports/{report.pk}/avancement/").content.decode()
            assert "Rangées écrites\u00a0: 500" in page
            robert.post(f"/rapports/{report.pk}/annuler/")

    rows.at = cancel
    assert make(report).state == State.CANCELLED
    assert rows.last < 1000, "its worker goes on no further than it must"
    assert not ReportPart.objects.exists()
    assert "annulée" in robert.get(f"/rapports/{report.pk}/").content.decode()
    rows.at = lambda number: None
    robert.post(f"/rapports/{report.pk}/refaire/")
    assert make(report).state == State.DONE


def test_a_disk_that_is_full_is_said_and_leaves_nothing(cast: Cast, client_of: ClientOf, rows: Rows) -> None:
    robert = client_of(cast.robert)
    for error, words in ((OSError(errno.ENOSPC, "full"), "L’espace manque"), (ValueError("x"), "Une erreur")):

        def fail(number: int, error: Exception = error) -> None:
            if number == 900:
                raise error

        rows.at = fail
        report = make(asked(robert))
        assert (report.state, report.parts.count()) == (State.FAILED, 0)
        assert words in robert.get(f"/rapports/{report.pk}/").content.decode()
        assert robert.get(f"/rapports/{report.pk}/fichier/").status_code == 404
    rows.at = lambda number: None
    assert make(asked(robert)).state == State.DONE


def test_rights_are_read_again_when_it_is_made_and_when_it_is_given(
    cast: Cast, client_of: ClientOf, rows: Rows
) -> None:
    robert = client_of(cast.robert)
    ready, late = make(asked(robert)), asked(robert, periode="mois-2026-09")
    role = Membership.objects.get(person=cast.robert)
    role.ends_on = cast.on
    role.save()
    failed = make(late)
    assert (failed.state, failed.error) == (
        State.FAILED,
        "Vos accès ont changé\u00a0: ce rapport n’est plus de votre rôle.",
    )
    Membership.objects.create(person=cast.robert, role="trainer", board=cast.board, starts_on=cast.on)
    assert robert.get(f"/rapports/{ready.pk}/").status_code == 404
    assert robert.get(f"/rapports/{ready.pk}/fichier/").status_code == 404


def test_a_role_lost_since_closes_the_file_and_the_page_says_how_to_go_on(
    cast: Cast, client_of: ClientOf, rows: Rows
) -> None:
    robert = client_of(cast.robert)
    report = make(asked(robert))
    Report.objects.filter(pk=report.pk).update(grants=[["program_lead", cast.board.pk, cast.school.pk, None]])
    assert robert.get(f"/rapports/{report.pk}/fichier/").status_code == 404
    assert "Vos accès ont changé" in robert.get(f"/rapports/{report.pk}/").content.decode()


def test_a_file_expires_by_night_and_is_made_again_by_one_press(cast: Cast, client_of: ClientOf, rows: Rows) -> None:
    robert = client_of(cast.robert)
    report = make(asked(robert))
    again = {"entry_uuid": str(uuid.uuid4())}
    beside = [robert.post(f"/rapports/{report.pk}/refaire/", again)["Location"] for _press in range(2)]
    assert beside[0] == beside[1] != f"/rapports/{report.pk}/"
    Report.objects.filter(pk=report.pk).update(expires_at=timezone.now())
    assert robert.get(f"/rapports/{report.pk}/fichier/").status_code == 404
    forget_reports()
    report.refresh_from_db()
    assert (report.state, report.parts.count()) == (State.EXPIRED, 0)
    assert robert.post(f"/rapports/{report.pk}/refaire/")["Location"] == f"/rapports/{report.pk}/"
    assert make(report).state == State.DONE
    old = timezone.now() - timedelta(days=91)
    Report.objects.filter(pk=report.pk).update(asked_at=old)
    robert.post(f"/rapports/{report.pk}/garder/", {"garder": "oui"})
    forget_reports()
    assert Report.objects.filter(pk=report.pk).exists()
    robert.post(f"/rapports/{report.pk}/garder/", {"garder": "non"})
    forget_reports()
    assert not Report.objects.filter(pk=report.pk).exists()


def test_what_is_removed_while_it_is_made_comes_to_nothing(cast: Cast, client_of: ClientOf, rows: Rows) -> None:
    robert = client_of(cast.robert)
    report = asked(robert)
    rows.at = lambda number: robert.post(f"/rapports/{report.pk}/effacer/") if number == 700 else None
    job.make(report.pk, now=timezone.now())
    assert not Report.objects.exists()
    assert not ReportPart.objects.exists()


def test_a_format_that_a_report_lacks_and_a_period_that_runs_are_refused_in_words(
    cast: Cast, client_of: ClientOf, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"kind": "board", "report": "essai", "periode": "mois-2026-11", "format": "csv"}
    robert = client_of(cast.robert)
    refused = robert.post("/rapports/preparer/", said)
    assert (refused.status_code, "n’est pas terminée" in refused.content.decode()) == (422, True)
    other = replace(FORMATS["csv"], name="autre", title="Autre")
    third = replace(FORMATS["csv"], name="tiers", title="Tiers")
    monkeypatch.setitem(FORMATS, "autre", other)
    monkeypatch.setitem(FORMATS, "tiers", third)
    monkeypatch.setitem(REPORTS, "essai", replace(REPORTS["essai"], formats=("autre", "tiers")))
    refused = robert.post("/rapports/preparer/", said | {"periode": "mois-2026-10"})
    page = refused.content.decode()
    assert (refused.status_code, "«\u00a0Essai\u00a0» se prépare en Autre, Tiers" in page) == (422, True)
    assert 'value="csv" id="board_format_0" checked' in page or 'value="csv"' in page
    assert not Report.objects.exists()
    assert robert.post("/rapports/preparer/", said | {"report": "nulle-part"}).status_code == 403


def test_without_a_broker_a_report_waits_and_is_made_once_it_is_back(
    cast: Cast, client_of: ClientOf, rows: Rows, monkeypatch: pytest.MonkeyPatch, broker_down: None
) -> None:
    report = asked(client_of(cast.robert))
    rung: list[int] = []
    monkeypatch.setattr("reports.tasks.ring", rung.append)
    ring_reports()
    assert (report.state, rung) == (State.QUEUED, [report.pk])


KILLED = """
import os, signal, django, time_machine
from datetime import datetime
from zoneinfo import ZoneInfo
django.setup()
from django.utils import timezone
from reports import job
from reports.formats import csv_french
job.BEATS_SECONDS = 0.0
store = job.store
def die(report, file):
    store(report, file)
    os.kill(os.getpid(), signal.SIGKILL)
job.store = die
with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("America/Toronto")), tick=True):
    job.make({report}, now=timezone.now())
"""


@pytest.mark.django_db(transaction=True)
def test_another_worker_takes_over_from_one_that_was_killed(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = asked(client_of(cast.robert), report="meetings")
    connection.close()
    environment = {**os.environ, "DATABASE_URL": database_url()}
    command = [sys.executable, "-c", KILLED.format(report=report.pk)]
    died = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    report.refresh_from_db()
    assert (report.state, report.attempts, report.parts.count()) == (State.WORKING, 1, 0)
    assert make(report, minutes=1).state == State.WORKING, "it may still be at work"
    assert make(report, minutes=3).state == State.DONE
    assert (report.attempts, AuditEntry.objects.filter(verb="report.prepared").count()) == (2, 1)


def test_a_report_that_kills_its_workers_is_given_up_in_words(cast: Cast, client_of: ClientOf, rows: Rows) -> None:
    report = asked(client_of(cast.robert))
    Report.objects.filter(pk=report.pk).update(attempts=3)
    assert make(report).state == State.FAILED
    assert "interrompue trois fois" in report.error


def test_memory_is_flat_whatever_the_number_of_rows(cast: Cast, client_of: ClientOf, rows: Rows) -> None:
    robert = client_of(cast.robert)

    def made(count: int) -> tuple[Report, int]:
        rows.count = count
        report = make(asked(robert))
        total = sum(len(part) for part in job_parts(robert, report))
        assert total == report.size
        return report, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    _small, before = made(2_000)
    large, after = made(200_000)
    assert large.parts.count() > 20
    assert max(len(part) for part in large.parts.values_list("content", flat=True)[:3]) <= PART
    assert after - before < 16 * 1024, "kilobytes"


def job_parts(client: Client, report: Report) -> Iterator[bytes]:
    answer: Any = client.get(f"/rapports/{report.pk}/fichier/")
    yield from answer.streaming_content
