"""The night of 72 boards by one worker, then by two: ``make workers`` (``SIZE=board`` for one board alone).

Each board is a task of its own (``guidelines.tasks.evaluate``), taken from Redis by whoever is free. Every flag is
written, as on the very first night; the findings must be the same, whoever wrote them.
"""

import os
import signal
import sys
import time
from typing import Any

from faults.site import Site, a_site, wait_for
from tools.system import provide

NEEDED = ("postgresql", "redis-server")
YEARS = 1
MOST_SECONDS = 3600


def province(size: str) -> int:
    """How many boards there are to evaluate."""
    from django.db import connection

    from accompagnement.synthetic.generate import generate
    from accompagnement.synthetic.shape import SIZES
    from bench.evaluation import ON
    from mentoring.models import DyadMeeting
    from people.models import SchoolBoard

    generate(SIZES[size], on=ON, years=YEARS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    count = SchoolBoard.objects.count()
    print(f"{count} boards, {DyadMeeting.objects.count():,} meetings, {os.cpu_count()} processors", flush=True)
    return count


def night(site: Site, workers: list[str], boards: int) -> tuple[float, list[Any]]:
    """The seconds from the first ring to the last board, and the findings."""
    from accompagnement.celery import app
    from bench.evaluation import ON, no_flags
    from guidelines.models import Evaluation, Flag
    from guidelines.tasks import evaluate
    from people.models import SchoolBoard

    no_flags()
    site.start(*workers)
    wait_for(lambda: len(app.control.ping(timeout=1) or ()) == len(workers), said="every worker answers")
    since = time.monotonic()
    for board in SchoolBoard.objects.order_by("pk"):
        evaluate.delay(board.pk, ON.isoformat())
    wait_for(lambda: Evaluation.objects.count() == boards, said="every board is evaluated", seconds=MOST_SECONDS)
    took = time.monotonic() - since
    site.kill(*workers)
    subjects = ("board_id", "dyad_id", "mentor_id", "group_id", "teacher_id", "program_id")
    return took, sorted(Flag.objects.values_list(*subjects, "guideline", "cause", "value", "severity"), key=str)


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    if provide(NEEDED):
        return 1
    with a_site() as site:
        os.environ |= site.environment
        import django

        django.setup()
        boards = province(os.environ.get("SIZE") or "province")
        site.start("redis")
        alone, found = night(site, ["worker1"], boards)
        print(f"one worker: {alone:.1f} s, {len(found):,} findings", flush=True)
        together, found_together = night(site, ["worker1", "worker2"], boards)
        print(f"two workers: {together:.1f} s, {alone / together:.2f} times as fast", flush=True)
    if found != found_together:
        print("WRONG: the findings are not the same.", file=sys.stderr)
    return 0 if found == found_together and found else 1


if __name__ == "__main__":
    sys.exit(main())
