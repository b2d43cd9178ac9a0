"""Every benchmark of one size on one database: a table on screen, lines of JSON in var/bench.jsonl."""

import json
import sys
from datetime import UTC, datetime

import django
from django.db import connection

from bench.timing import Measured
from tools.sources import ROOT


def line(row: Measured) -> str:
    reference = "" if row.reference_milliseconds is None else f"{row.reference_milliseconds:,.2f}"
    ratio = "" if row.ratio is None else f"{row.ratio:.1f}"
    goals = " / ".join(f"{goal:g}" for goal in row.goals or ())
    queries = "" if row.queries is None else row.queries
    return f"{row.name:<56}{row.milliseconds:>12,.1f}{reference:>12}{ratio:>9}  {goals:<16}{queries:>8}"


def main(size: str) -> int:
    django.setup()
    from bench.evaluation import measure

    at = datetime.now(UTC).isoformat(timespec="seconds")
    (ROOT / "var").mkdir(exist_ok=True)
    print(f"\n{size}, {connection.vendor}", flush=True)
    print(f"{'':56}{'ms':>12}{'reference':>12}{'ratio':>9}  {'floor/goal/best':<16}{'queries':>8}")
    with (ROOT / "var" / "bench.jsonl").open("a") as lines:
        for row in measure(size):
            print(line(row), flush=True)
            said = {"at": at, "size": size, "database": connection.vendor, **vars(row), "ratio": row.ratio}
            lines.write(json.dumps(said) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
