"""What a list costs: five thousand students sent, looked at and written, and how little memory that takes."""

import io
import resource
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import date

import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.timing import Budgeted, Measured
from exchange.actions import queue, set_columns, upload
from exchange.imports import job
from people.access import Role
from people.models import Membership, School, User

LINES, FEW = 5_000, 500
SECONDS = (60.0, 30.0, 10.0)
MEGABYTES = (64, 32)
HEADER = ["Fiche ", "CODE PERMANENT", "Nom et prénom", "Statut", "Classe", "Groupe-repere", "Date de naissance"]


def measure(on: date) -> Iterator[Measured | Budgeted]:
    """A small list first, then a long one; both into one school of the board that is there."""
    school = School.objects.select_related("board").order_by("pk")[0]
    manager = User.objects.create_user(None, board=school.board, school=school, family_name="Mesure")
    Membership.objects.create(person=manager, role=Role.SCHOOL_MANAGER, board=school.board, school=school)
    _import(school, manager, on, FEW, 1)
    before, started = _peak(), time.perf_counter()
    queries = _import(school, manager, on, LINES, 2)
    seconds = time.perf_counter() - started
    yield Measured("Import of 5,000 students, preview included", 1000 * seconds, goals=SECONDS, queries=queries)
    yield Budgeted("Import of 5,000 students: seconds on this machine", seconds, "s", SECONDS[0], SECONDS[1])
    grown = (_peak() - before) / 1024
    yield Budgeted("Import of 5,000 students: memory beyond 500", grown, "MB", MEGABYTES[0], MEGABYTES[1])


def _import(school: School, manager: User, on: date, lines: int, series: int) -> int:
    """Send, confirm, queue and apply; answers the queries of the writing."""
    content = workbook(lines, series)
    run = upload(
        board=school.board, school=school, person=manager, name="liste.xlsx", content=content, kind="students",
        entry_uuid=uuid.uuid4(), on=on,
    )  # fmt: skip
    run = queue(run=set_columns(run=run, kind="students", mapping=run.mapping, on=on), leave_rest=False, on=on)
    with CaptureQueriesContext(connection) as written:
        job.apply(run.pk, on=on, now=timezone.now())
    run.refresh_from_db()
    if run.state != run.State.APPLIED:
        raise RuntimeError(f"The list was not applied: {run.state}, {run.error}")
    return len(written)


def workbook(lines: int, series: int) -> bytes:
    """A list as a school exports it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Liste")
        sheet.write_row(0, 0, HEADER)
        for n in range(1, lines + 1):
            year = n % 5 + 1
            born = date(2014 - year, n % 12 + 1, n % 28 + 1).isoformat()
            code = f"TREG{series}{n:07d}"
            cells = [
                float(series * 1_000_000 + n),
                code,
                f"Nom{series}x{n}, Prénom{n}",
                "Actif",
                str(year),
                f"{year}02",
                born,
            ]
            sheet.write_row(n, 0, cells)
    return content.getvalue()


def _peak() -> float:
    """Resident memory at its peak, in kilobytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "darwin" else peak
