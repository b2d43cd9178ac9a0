"""How far an import is while it is written: its page and its row of the list say it, with and without scripts."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from exchange.imports import examining, job
from exchange.imports.progress import hush, listen, say
from exchange.imports.registry import KINDS
from exchange.models import ImportRun
from exchange.rosters import apply as applying
from exchange.rosters import records
from exchange.tests.roster_files import archive
from exchange.tests.test_imports import ClientOf, confirm, send, text
from exchange.tests.test_moves import USERS
from people.models import Student
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_another_connection_hears_it_before_the_end() -> None:
    run = ImportRun(state="applying", entry_uuid=uuid.uuid4())

    def heard() -> tuple[int, int] | None:
        listen([run])
        connection.close()
        return run.far

    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            say(run, 1200, 5000)
            assert elsewhere.submit(heard).result() == (1200, 5000)
        hush(run)
        assert elsewhere.submit(heard).result() is None


def pages(client: Client, run: ImportRun) -> list[str]:
    """What the list, the page and the part that asks for itself each second say, in one form of spaces."""
    answers = [client.get(path) for path in ("/importer/", f"/importer/{run.pk}/", f"/importer/{run.pk}/avancement/")]
    return [" ".join(answer.content.decode().replace("\u00a0", " ").split()) for answer in answers]


def test_a_list_says_how_many_it_has_written(cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    client, heard = client_of(cast.alain), list[list[str]]()
    rows = [[str(70000 + n), "", f"Roy{n}, Zoé{n}", "Actif", "3", "302"] for n in range(25)]
    run = send(client, text(*rows), "liste.csv")
    confirm(client, run)
    client.post(f"/importer/{run.pk}/appliquer/")
    students = KINDS["students"]

    def write(*args: Any) -> None:
        heard.append(pages(client, run))
        students.write(*args)

    monkeypatch.setattr(examining, "CHUNK", 10)
    monkeypatch.setitem(KINDS, "students", replace(students, write=write))
    job.apply(run.pk, on=cast.on, now=timezone.now())
    assert Student.objects.filter(key__startswith="700").count() == 25
    for done, some in zip((0, 10, 20), heard, strict=True):
        assert all(f"{done} sur 25" in page for page in some)
    assert "Lignes écrites : 20 sur 25" in heard[2][1]
    assert "sur 25" not in " ".join(pages(client, run)), "nothing is said once it is over"


def test_an_archive_says_how_many_it_has_written(
    cast: Cast, client_of: ClientOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, heard = client_of(cast.robert), list[list[str]]()
    orgs = f"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n{cast.school.key},,,E,school,,\n"
    rows = (f"r{n},active,,true,{cast.school.key},student,u,,Zoé{n},Roy{n},,,,,,,," for n in range(25))
    content = archive(tmp_path, {"orgs.csv": orgs, "users.csv": USERS + "\n".join(rows)}).read_bytes()
    run = send(client, content, "oneroster.zip")
    client.post(f"/importer/{run.pk}/appliquer/")
    write_students = applying.write_students

    def write(*args: Any) -> None:
        heard.append(pages(client, run))
        write_students(*args)

    monkeypatch.setattr(records, "CHUNK", 10)
    monkeypatch.setattr(applying, "write_students", write)
    job.apply(run.pk, on=cast.on, now=timezone.now())
    assert Student.objects.filter(family_name__regex=r"^Roy\d+$").count() == 25
    assert all("20 sur 25" in page for page in heard[2])
