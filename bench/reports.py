"""The year's report of each board: its three documents of counts, read, masked, written; the two pages of a council."""

import io
import statistics
from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.timing import Measured, milliseconds
from mentoring.models import Dyad
from people.access import Role
from people.models import School, User
from programs.fixed_periods import ended_periods
from reports.asking import Ask
from reports.audiences import BOARD, TOTALS, Audience
from reports.formats import FORMATS, silent
from reports.registry import REPORTS

COUNTS = ("summary", "durations", "followed")
BOARD_SECONDS, PROVINCE_SECONDS, COUNCIL_SECONDS = (10, 5, 2), (120, 60, 30), (3, 2, 1)
WRITTEN = ("xlsx", "csv")


def measure(on: date) -> Iterator[Measured]:
    """The last school year that is over.

    Nobody administers two boards: the report of the province is that of each board, one after the other, in the
    database of all; the largest board's is told apart.
    """
    boards = [ask for admin in admins() if (ask := asked(admin, BOARD, on))]
    school = School.objects.annotate(n=Count("programs__dyads")).latest("n")
    lead = User.objects.select_related("board").get(memberships__role=Role.PROGRAM_LEAD, memberships__school=school)
    if council := asked(lead, TOTALS, on):
        made("council", council, ("pdf",))
        cost = statistics.median(milliseconds(partial(made, "council", council, ("pdf",))) for _round in range(3))
        yield Measured("the council's PDF (goals in seconds)", cost, goals=COUNCIL_SECONDS)
    if not boards:
        return
    for name in COUNTS:  # A worker that serves has read its libraries.
        made(name, boards[0], WRITTEN)
    whole, queries = 0.0, 0
    for name in COUNTS:
        with CaptureQueriesContext(connection) as captured:
            cost = milliseconds(partial(made, name, boards[0], WRITTEN))
        yield Measured(f"report {name}, read and written", cost, queries=len(captured))
        whole, queries = whole + cost, queries + len(captured)
    yield Measured("the annual report, all three (goals in seconds)", whole, goals=BOARD_SECONDS, queries=queries)
    yield Measured("the same as PDF", sum(milliseconds(partial(made, name, boards[0], ("pdf",))) for name in COUNTS))
    if len(boards) > 1:
        cost = sum(milliseconds(partial(made, name, ask, WRITTEN)) for ask in boards for name in COUNTS)
        name = f"the annual report of {len(boards)} boards (goals in seconds)"
        yield Measured(name, cost, goals=PROVINCE_SECONDS)


def admins() -> list[User]:
    """Who administers the boards, the largest board first."""
    rows = User.objects.filter(memberships__role=Role.BOARD_ADMIN, board__isnull=False).select_related("board")
    dyads = dict(Dyad.objects.order_by().values_list("board").annotate(n=Count("pk")))
    return sorted(rows.order_by("pk"), key=lambda admin: -dyads.get(admin.board_id, 0))


def asked(user: User, audience: Audience, on: date) -> Ask | None:
    year = next((one for key, one in ended_periods(user, on=on).items() if key.startswith("annee")), None)
    if year is None or user.board is None:
        return None
    return Ask(user, user.board, audience, year, on=on, read_at=timezone.now())


def made(name: str, ask: Ask, formats: tuple[str, ...]) -> None:
    [edition] = [edition for edition in REPORTS[name].editions if edition.audience is ask.audience]
    document = edition.build(ask)
    for one in formats:
        FORMATS[one].write(document, io.BytesIO(), silent)
