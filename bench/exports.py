"""What files cost: a million meetings as CSV against the same rows by COPY, a workbook against its CSV, and memory."""

import gc
import resource
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path

from django.db import connection
from django.db.models import Count

from bench.timing import Budgeted, Measured, compare
from people.access import Role
from people.models import School, User
from programs.fixed_periods import Named, Period
from reports.asking import Ask
from reports.audiences import ROWS
from reports.catalogue import meetings
from reports.document import Document
from reports.formats import FORMATS, silent

MANY, SOME, FEW = 1_000_000, 100_000, 10_000
COPY_GOALS, XLSX_GOALS = (8, 4, 1.5), (12, 8, 3)
MEGABYTES = (64, 32)
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
    yield compare(
        f"XLSX of {SOME:,} meetings, against their CSV",
        lambda: write("xlsx", document(lead, on, SOME)),
        lambda: write("csv", document(lead, on, SOME)),
        rounds=3,
        goals=XLSX_GOALS,
    )
    for name, many in (("csv", MANY), ("xlsx", SOME)):
        few = peak(lambda: write(name, document(lead, on, FEW)))  # noqa: B023 (called at once)
        grown = peak(lambda: write(name, document(lead, on, many))) - few  # noqa: B023
        yield Budgeted(f"{name.upper()} of {many:,} rows: memory beyond {FEW:,}", grown, "MB", *MEGABYTES)


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


def peak(work: Callable[[], None]) -> float:
    """The most memory held during some work, in megabytes."""
    gc.collect()
    forget = Path("/proc/self/clear_refs")
    if forget.exists():
        forget.write_text("5")
    work()
    if forget.exists():
        line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1024 / (1024 if sys.platform == "darwin" else 1)
