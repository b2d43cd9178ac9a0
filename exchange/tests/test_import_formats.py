"""Lists of every kind of workbook; and a worker that is killed in the middle of writing one."""

import io
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
import xlsxwriter
import xlwt
from django.db import DataError, OperationalError, connection
from django.test import Client

from exchange.imports import guess, job, sheets
from exchange.models import ImportRun
from exchange.reading import Refused
from exchange.tests.test_imports import GABRIEL, HEADER, apply, confirm, send, text
from people.models import AuditEntry, Student, User
from tests.cast import Cast
from tests.services import ROOT, database_url

ClientOf = Callable[[User], Client]
LEA: list[object] = ["0067890", "", "Gagnon, Léa", "actif ", "", "101"]
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.2" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Liste">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def xls(*rows: list[object]) -> bytes:
    book, content = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Liste")
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(number, column, cell)
    book.save(content)
    return content.getvalue()


def ods(*rows: list[object]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", OPEN_DOCUMENT)
        archive.writestr("META-INF/manifest.xml", MANIFEST.format(kind=OPEN_DOCUMENT))
        cells = ("".join(map(ods_cell, row)) for row in rows)
        told = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        archive.writestr("content.xml", CONTENT.format(rows=told))
    return content.getvalue()


def ods_cell(cell: object) -> str:
    said = f'float" office:value="{cell}' if isinstance(cell, float) else "string"
    return f'<table:table-cell office:value-type="{said}"><text:p>{cell}</text:p></table:table-cell>'


@pytest.mark.parametrize(("name", "write"), [("liste.xls", xls), ("liste.ods", ods)])
def test_a_list_comes_in_from_any_workbook(
    cast: Cast, client_of: ClientOf, name: str, write: Callable[..., bytes]
) -> None:
    client = client_of(cast.alain)
    run = send(client, write(HEADER, GABRIEL, LEA), name)
    assert (run.kind, run.state) == ("students", "read"), run.error
    confirm(client, run)
    assert apply(client, run, cast).state == "applied"
    gabriel, lea = Student.objects.get(key="12345"), Student.objects.get(key="67890")
    assert (str(gabriel), gabriel.grade, gabriel.school) == ("Gabriel Tremblay", 3, cast.school)
    assert (str(lea), lea.grade) == ("Léa Gagnon", 1)


def by_year(hidden: str) -> bytes:
    """A workbook with a sheet a year, as schools keep them."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, rows in (("Sec 3", [GABRIEL]), ("Sec 1", [LEA, [*LEA[:2], "Roy, Ève"]]), ("Notes", [])):
            sheet = book.add_worksheet(name)
            for number, cells in enumerate([HEADER, *rows] if rows else [["À vérifier"]]):
                sheet.write_row(number, 0, cells)
            if name == hidden:
                sheet.hide()
    return content.getvalue()


def test_no_sheet_is_left_unread_without_a_word_and_a_hidden_one_is_not_read() -> None:
    with pytest.raises(
        Refused, match="les feuilles «\u00a0Sec 3\u00a0» et «\u00a0Sec 1\u00a0» portent chacune une liste"
    ):
        sheets.read_sheet("liste.xlsx", by_year(hidden="Notes"))
    (read,) = sheets.read_sheet("liste.xlsx", by_year(hidden="Sec 1")).rows
    assert read[1][2] == "Tremblay, Gabriel"


KILLED = """
import os, signal, django
django.setup()
from datetime import date
from django.utils import timezone
from exchange.imports import job, tracing
from people.models import Student
settle = tracing.Trace.settle
def die(trace):
    settle(trace)
    assert Student.objects.filter(key="1").exists()
    os.kill(os.getpid(), signal.SIGKILL)
tracing.Trace.settle = die
job.apply({run}, on=date.fromisoformat("{on}"), now=timezone.now())
"""


def far_cell(row: int, column: int) -> bytes:
    """A workbook of a few kilobytes whose last cell is far from its first."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, LEA)
        sheet.write(row, column, "x")
    return out.getvalue()


def ods_repeated(times: int) -> bytes:
    """One cell that stands for a row of so many, and one row for as many."""
    wide = f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="string">'
    rows = f'<table:table-row table:number-rows-repeated="{times}">{wide}<text:p>x</text:p></table:table-cell>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", OPEN_DOCUMENT)
        archive.writestr("META-INF/manifest.xml", MANIFEST.format(kind=OPEN_DOCUMENT))
        archive.writestr("content.xml", CONTENT.format(rows=f"{rows}</table:table-row>"))
    return content.getvalue()


def test_headers_are_known_in_english_too() -> None:
    said = ["Student Number", "Last Name", "First Name", "Date of Birth", "Grade", "Homeroom", "School"]
    found = guess.kind_of(said)
    assert found is not None
    assert found[0].name == "students"
    assert sorted(found[1].values()) == list(range(len(said)))


@pytest.mark.parametrize("content", [far_cell(1_048_575, 16_383), ods_repeated(30_000)], ids=["xlsx", "ods"])
def test_a_workbook_that_asks_for_a_thousand_gigabytes_kills_nobody(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MEGABYTES", 300)
    with pytest.raises(Refused, match=r"démesuré|endommagé"):
        sheets.read_sheet("liste", content)


def test_a_cell_apart_from_the_list_is_no_harm() -> None:
    read = sheets.read_sheet("liste.xlsx", far_cell(3, 16_383))
    assert (read.header, read.header_row, len(read.rows)) == ([str(cell).strip() for cell in HEADER], 1, 1)


@pytest.mark.django_db(transaction=True)
def test_another_finishes_what_a_killed_worker_was_writing(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    run = send(client, text(["1", "", "Roy, Zoé", "Actif", "1", ""], ["2", "", "Roy, Ève", "Actif", "2", ""]), "l.csv")
    confirm(client, run)
    client.post(f"/importer/{run.pk}/appliquer/")
    connection.close()
    environment = {**os.environ, "DATABASE_URL": database_url()}
    command = [sys.executable, "-c", KILLED.format(run=run.pk, on=cast.on)]
    died = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLYING
    assert not Student.objects.filter(key__in=["1", "2"]).exists()

    died_at = run.beat_at
    assert died_at is not None
    job.apply(run.pk, on=cast.on, now=died_at + timedelta(minutes=1))
    assert not Student.objects.filter(key__in=["1", "2"]).exists()  # it may still be at work
    for minutes in (3, 9):
        job.apply(run.pk, on=cast.on, now=died_at + timedelta(minutes=minutes))
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED
    assert sorted(Student.objects.filter(key__in=["1", "2"]).values_list("key", flat=True)) == ["1", "2"]
    assert AuditEntry.objects.filter(verb="import.applied").count() == 1


def test_an_error_that_nobody_foresaw_leaves_a_sentence_and_no_job_for_ever(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(cast.alain)
    run = send(client, text(["1", "", "Roy, Zoé", "Actif", "1", ""]), "l.csv")
    confirm(client, run)

    def fail(*words: object) -> None:
        raise DataError("value too long: Roy, Zoé")

    monkeypatch.setattr(job, "_write", fail)
    assert apply(client, run, cast).state == ImportRun.State.REVIEWED
    page = client.get(f"/importer/{run.pk}/").content.decode()
    assert "Une erreur a interrompu l’importation\u00a0: rien n’est écrit." in page
    assert "too long" not in page
    monkeypatch.setattr(job, "read_sheet", fail)
    unread = send(client, text(["2", "", "Roy, Ève", "Actif", "1", ""]), "m.csv")
    assert (unread.state, "Une erreur a interrompu la lecture" in unread.error) == (ImportRun.State.FAILED, True)
    monkeypatch.undo()
    assert apply(client, run, cast).state == ImportRun.State.APPLIED


def test_an_import_that_finds_no_database_waits_for_it(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(cast.alain)
    run = send(client, text(["1", "", "Roy, Zoé", "Actif", "1", ""]), "l.csv")
    confirm(client, run)

    def gone(*words: object) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(job, "_write", gone)
    with pytest.raises(OperationalError):
        apply(client, run, cast)
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLYING, "another takes it over"
