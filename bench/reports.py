"""The year's report of a board: its three documents of counts, read, masked and written in every format there is."""

import io
from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.timing import Measured, milliseconds
from people.access import Role
from people.models import User
from programs.fixed_periods import ended_periods
from reports.asking import Ask
from reports.audiences import BOARD
from reports.formats import FORMATS, silent
from reports.registry import REPORTS

COUNTS = ("summary", "durations", "followed")
SECONDS = (10, 5, 2)
WRITTEN = ("csv", "xlsx")


def measure(on: date) -> Iterator[Measured]:
    """The last school year that is over, for the board's administration."""
    admin = User.objects.filter(memberships__role=Role.BOARD_ADMIN).select_related("board").order_by("pk").first()
    if admin is None or admin.board is None:
        return
    year = next((one for key, one in ended_periods(admin, on=on).items() if key.startswith("annee")), None)
    if year is None:
        return
    ask = Ask(admin, admin.board, BOARD, year, on=on, read_at=timezone.now())
    whole, queries = 0.0, 0
    for name in COUNTS:
        with CaptureQueriesContext(connection) as asked:
            cost = milliseconds(partial(made, name, ask))
        yield Measured(f"report {name}, read and written", cost, queries=len(asked))
        whole, queries = whole + cost, queries + len(asked)
    yield Measured("the annual report, all three (goals in seconds)", whole, goals=SECONDS, queries=queries)


def made(name: str, ask: Ask) -> None:
    """One of them, in every format of ``WRITTEN`` that there is."""
    [edition] = [edition for edition in REPORTS[name].editions if edition.audience is BOARD]
    document = edition.build(ask)
    for format_name in WRITTEN:
        if format_name in FORMATS:
            FORMATS[format_name].write(document, io.BytesIO(), silent)
