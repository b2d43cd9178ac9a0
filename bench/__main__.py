"""Run the benchmarks on a PostgreSQL of their own; ``SIZE=school`` for a smaller board."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from tools.postgres import private_cluster
from tools.sources import ROOT

ROUNDS = 9


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def compare(name: str, work: Callable[[], object], reference: Callable[[], object], queries: int) -> dict[str, object]:
    """Medians of the two, run in turn so that both meet the same noise, and their ratio."""
    pairs = [(milliseconds(work), milliseconds(reference)) for _ in range(ROUNDS)]
    cost, scale = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {
        "name": name,
        "milliseconds": round(cost, 2),
        "reference_milliseconds": round(scale, 2),
        "ratio": round(cost / scale, 1),
        "queries": queries,
    }


def rows(size: str) -> list[dict[str, object]]:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from bench.board import ON, SIZES, make_board
    from guidelines.evaluation import evaluate_board
    from guidelines.models import Flag, FlagEvent
    from mentoring.models import DyadMeeting

    call_command("migrate", verbosity=0)
    board = make_board(SIZES[size])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")

    def one_scan() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_indexscan = off")
            cursor.execute("SET LOCAL enable_indexonlyscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"SELECT count(*), sum(minutes) FROM {DyadMeeting._meta.db_table}")  # noqa: S608

    def queries_of(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            work()
        return len(captured)

    def computed() -> None:
        evaluate_board(board, on=ON, write=False)

    def written() -> None:
        evaluate_board(board, on=ON)

    measured = []
    written()
    before = Flag.objects.count(), FlagEvent.objects.count()
    measured.append(compare("evaluation, computed", computed, one_scan, queries_of(computed)))
    measured.append(compare("evaluation again, nothing new", written, one_scan, queries_of(written)))
    if before != (Flag.objects.count(), FlagEvent.objects.count()):
        raise RuntimeError("A second evaluation wrote findings.")
    print(f"{size}: {DyadMeeting.objects.count():,} meetings of the year, {before[0]:,} findings; reference: one scan")
    return measured


def main() -> int:
    size = os.environ.get("SIZE", "board")
    with private_cluster() as url:
        os.environ.update(DATABASE_URL=url, DJANGO_SETTINGS_MODULE="accompagnement.settings")
        import django
        from django.db import connection

        django.setup()
        try:
            measured = rows(size)
        finally:
            connection.close()
    print(f"{'':32}{'ms':>10}{'reference':>12}{'ratio':>8}{'queries':>9}")
    for row in measured:
        print("{name:<32}{milliseconds:>10}{reference_milliseconds:>12}{ratio:>8}{queries:>9}".format(**row))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "bench.jsonl").open("a") as lines:
        for row in measured:
            lines.write(json.dumps({"at": at, "size": size, **row}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
