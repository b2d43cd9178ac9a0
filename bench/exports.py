"""What files cost: a million meetings as CSV against the same rows by COPY, a workbook against its CSV, and memory."""

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path

from django.db import connection
from django.db.models import Count

from bench.timing import Budgeted, Measured, compare, milliseconds
from mentoring.models import DyadMeeting
from people.access import Role
from people.models import School, User
from programs.fixed_periods import Named, Period
from reports.asking import Ask
from reports.audiences import ROWS
from reports.catalogue import meetings
from reports.document import Document
from reports.formats import FORMATS, silent
from tools.sources import ROOT

MANY, SOME, FEW = 1_000_000, 100_000, 10_000
COPY_GOALS, XLSX_GOALS = (8, 4, 1.5), (12, 8, 3)
MEGABYTES = (64, 32)
ALONE = "import sys, django; django.setup(); from bench.exports import main; main(*sys.argv[1:])"
ALL_YEARS = Period(date(2000, 1, 1), date(2100, 1, 1))


class Nowhere:
    """A file that keeps nothing; its length alone."""

    def __init__(self) -> None:
        self.length = 0

    def write(self, content: bytes) -> int:
        self.length += len(content)
        return len(content)

    def tell(self) -> int:
        return self.length

    def flush(self) -> None:
        pass


def measure(on: date) -> Iterator[Measured | Budgeted]:
    """Meetings of the largest school, read again and again until there are enough of them."""
    school = School.objects.annotate(n=Count("programs__dyads")).latest("n")
    lead = User.objects.select_related("board").get(memberships__role=Role.PROGRAM_LEAD, memberships__school=school)
    of_school = sum(rows.count() for rows in meetings.queries(lead, ALL_YEARS))
    if connection.vendor == "postgresql":
        passes = -(-MANY // of_school)
        yield compare(
            f"CSV of {passes * of_school:,} meetings, against COPY",
            lambda: write("csv", document(lead, on, passes * of_school)),
            lambda: copy(lead, passes),
            rounds=1,
            goals=COPY_GOALS,
        )
        yield Measured("COPY of as many rows of their table, joined to nothing", milliseconds(partial(plain, MANY)))
    yield compare(
        f"XLSX of {SOME:,} meetings, against their CSV",
        lambda: write("xlsx", document(lead, on, SOME)),
        lambda: write("csv", document(lead, on, SOME)),
        rounds=3,
        goals=XLSX_GOALS,
    )
    for name, many in (("csv", MANY), ("xlsx", SOME)):
        few, most = peaks(name, lead.pk, on, FEW, many)
        yield Budgeted(f"{name.upper()} of {many:,} rows: memory beyond {FEW:,}", most - few, "MB", *MEGABYTES)


def document(user: User, on: date, rows: int) -> Document:
    if user.board is None:
        raise RuntimeError("A lead without a board.")
    ask = Ask(
        user, user.board, ROWS, Named("", ALL_YEARS), on=on, read_at=datetime(on.year, on.month, on.day, tzinfo=UTC)
    )
    again = chain.from_iterable(iter(lambda: meetings.rows(user, ALL_YEARS), None))
    return Document(ask, meetings.TITLE, [meetings.LAYOUT.sheet(islice(again, rows))])


def write(name: str, told: Document) -> None:
    FORMATS[name].write(told, Nowhere(), silent)  # type: ignore[arg-type]


def copy(user: User, passes: int) -> None:
    """The same columns of the same rows, as fast as the database gives them."""
    for _pass in range(passes):
        for rows in meetings.queries(user, ALL_YEARS):
            with connection.cursor() as cursor:
                statement = cursor.cursor.mogrify(*rows.query.sql_with_params()).decode()
                cursor.cursor.copy_expert(f"COPY ({statement}) TO STDOUT WITH CSV", Nowhere())


def plain(rows: int) -> None:
    """What no file of ours may be held against, for it names nobody and asks nobody's rights: a scale."""
    table, read = DyadMeeting._meta.db_table, 0
    with connection.cursor() as cursor:
        while read < rows:
            cursor.cursor.copy_expert(f"COPY (SELECT * FROM {table} LIMIT {rows - read}) TO STDOUT WITH CSV", Nowhere())
            read += cursor.rowcount


def peaks(name: str, lead: int, on: date, *rows: int) -> list[float]:
    """The most memory that each of these files holds while it is written, in megabytes, in a process of its own: in
    this one, what came before has already taken as much.
    """
    command = [sys.executable, "-c", ALONE, name, str(lead), on.isoformat(), *map(str, rows)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [float(word) for word in said.split()]


def peak(work: Callable[[], None]) -> float:
    """The most memory held since the process began, once some work is done, in megabytes."""
    work()
    status = Path("/proc/self/status")
    if status.exists():
        # What resource says of a process begins with what its parent held.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1024 / (1024 if sys.platform == "darwin" else 1)


def main(name: str, lead: str, on: str, *rows: str) -> None:
    user = User.objects.select_related("board").get(pk=lead)
    for many in map(int, rows):
        print(peak(partial(write, name, document(user, date.fromisoformat(on), many))))
