"""What the evaluation costs, against one sequential scan of the current year's meetings."""

import statistics
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from typing import TypeVar

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accompagnement.synthetic.calendar import Years
from accompagnement.synthetic.generate import generate
from accompagnement.synthetic.shape import SIZES, Size
from accompagnement.synthetic.tables import Silence
from bench.timing import Measured, Work, compare, milliseconds
from guidelines.catalogue import ENTRIES
from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.catalogue.groups import GROUP_TOO_LARGE
from guidelines.catalogue.silence import DYAD_FREQUENCY, DYAD_GAP
from guidelines.evaluation import evaluate_board
from guidelines.models import Evaluation, Flag, FlagEvent
from mentoring.models import Dyad, DyadMeeting
from mentoring.signals import dyad_changed
from people.models import SchoolBoard

ON = date(2025, 5, 19)
YEAR_STARTS_ON = Years(ON, 1, 37).starts_on(0)
T = TypeVar("T")
CORE = frozenset({DYAD_DURATION_SHORT.code, DYAD_FREQUENCY.code, DYAD_GAP.code, GROUP_TOO_LARGE.code})
ROUNDS = {"school": 9, "board": 5, "province": 3}
MEETINGS_SAVED = 60
NEW = "every flag written"
TINY = Size(1, 1, 20, 2, 20, 20)
AUDIT = Size(1, 30, 5_000, 450, 70, 500)
MEETINGS = DyadMeeting._meta.db_table


def measure(size: str, *, silenced: Callable[[Silence], object]) -> Iterator[Measured]:
    """Every row of the table, each as soon as it is known; a broken promise ends the run.

    ``silenced`` hears what the guidelines are to find in the boards, which stay.
    """
    call_command("migrate", verbosity=0)
    small = in_vain(TINY, lambda: queries_of_board(SchoolBoard.objects.get()))
    yield in_vain(AUDIT, audited)
    yield Measured("generate", milliseconds(lambda: generate(SIZES[size], on=ON, silenced=silenced)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    boards = sorted(SchoolBoard.objects.all(), key=lambda board: Dyad.objects.filter(board=board).count())
    for board in (boards[0], boards[-1]):
        large = queries_of_board(board)
        if large != small:
            raise RuntimeError(f"Queries grow with the board: {small} for 20 dyads, {large} for {board}.")
    for name, codes, goals in (
        ("core four", CORE, (60, 25, 5)),
        (f"{len(ENTRIES)} guidelines", None, (200, 60, 20)),
    ):
        yield from evaluations(name, codes, goals, ROUNDS[size])
    yield meeting_saved()


def evaluations(
    name: str, codes: frozenset[str] | None, goals: tuple[float, float, float], rounds: int
) -> Iterator[Measured]:
    """Every board, computed only, with all flags to write, and again with none."""
    queries = queries_of(lambda: evaluate_all(codes=codes, write=False)) // SchoolBoard.objects.count()

    def computed() -> None:
        evaluate_all(codes=codes, write=False)

    def written() -> None:
        evaluate_all(codes=codes)

    yield compare(f"{name}, computed", computed, one_scan, rounds=rounds, queries=queries)
    yield compare(f"{name}, {NEW}", written, one_scan, rounds=rounds, before=no_flags, goals=goals)
    before = fingerprint()
    yield compare(f"{name} again, {before[0]:,} flags left alone", written, one_scan, rounds=rounds, goals=goals)
    if fingerprint() != before:
        raise RuntimeError("A second evaluation wrote findings.")


def audited() -> Measured:
    """The core four of 5,000 dyads with at least 100,000 meetings, flags written: in seconds, not as a ratio."""
    count = DyadMeeting.objects.filter(on__lte=ON).count()
    if Dyad.objects.open_on(ON).count() < AUDIT.dyads or count < 100_000:
        raise RuntimeError("The board is too small for this row.")
    costs = []
    for _round in range(3):
        no_flags()
        costs.append(milliseconds(lambda: evaluate_all(codes=CORE)))
    return Measured(f"core four, 5,000 dyads, {count:,} meetings", statistics.median(costs), goals=(1000, 300, 100))


def meeting_saved() -> Measured:
    """A meeting saved with the re-evaluation of its dyad, against its insert alone; both are taken back."""
    dyads = list(Dyad.objects.open_on(ON).select_related("board", "mentor__person")[: 2 * MEETINGS_SAVED])
    turns = cycle(dyads)

    def insert() -> Dyad:
        dyad = next(turns)
        DyadMeeting.objects.create(board=dyad.board, dyad=dyad, on=ON, status="held", channel="in_person", minutes=30)
        return dyad

    @taken_back
    def saved() -> None:
        dyad_changed.send(Dyad, dyad=insert(), on=ON, records={DyadMeeting})

    alone = taken_back(insert)
    queries = queries_of(saved)
    return compare("a meeting saved", saved, alone, rounds=MEETINGS_SAVED, goals=(5, 3, 2), queries=queries)


def evaluate_all(*, codes: frozenset[str] | None = None, write: bool = True) -> None:
    for board in SchoolBoard.objects.order_by("pk"):
        evaluate_board(board, on=ON, write=write, codes=codes)


def one_scan() -> None:
    """Read the meetings of the current year as the table is, without an index."""
    query, unindexed = 'SELECT count(*), sum(minutes) FROM {} WHERE "on" >= %s', f"{MEETINGS} NOT INDEXED"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            unindexed = MEETINGS
            for way in ("indexscan", "indexonlyscan", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(query.format(unindexed), [YEAR_STARTS_ON])
        cursor.fetchall()


def queries_of(work: Work) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def queries_of_board(board: SchoolBoard) -> int:
    return queries_of(lambda: evaluate_board(board, on=ON, write=False))


def taken_back(work: Work) -> Work:
    def done() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return done


def in_vain(size: Size, work: Callable[[], T]) -> T:
    """What ``work`` gives on the boards of a size, which are gone afterwards."""
    with transaction.atomic():
        generate(size, on=ON, years=1)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        given = work()
        transaction.set_rollback(True)
    return given


def no_flags() -> None:
    """As on the very first night."""
    tables = ", ".join(model._meta.db_table for model in (Flag, FlagEvent, Evaluation))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {tables} CASCADE")
        else:
            for table in reversed(tables.split(", ")):
                cursor.execute(f"DELETE FROM {table}")


def fingerprint() -> tuple[object, ...]:
    """The number of flags and of their events, and on PostgreSQL which transactions wrote them."""
    found: list[object] = [Flag.objects.count(), FlagEvent.objects.count()]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Flag, FlagEvent):
                cursor.execute(f"SELECT sum(hashtext(t.xmin::text || t::text)) FROM {model._meta.db_table} t")
                found += cursor.fetchone()
    return tuple(found)
