"""Every benchmark of one size on one database: a table on screen, lines of JSON in var/bench.jsonl."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import django
from django.db import connection

from bench.timing import Budgeted, Measured
from tools.sources import ROOT


def measured(size: str) -> Iterator[Measured | Budgeted]:
    """The costs of the evaluation and of reports; of a school and a board, of what people are asked, pages, files."""
    from accompagnement.synthetic.tables import Silence
    from bench import budget, bundles, evaluation, exports, imports, matching, pages, reports, wall

    silences: list[Silence] = []
    yield from evaluation.measure(size, silenced=silences.append)
    if size != "province":
        yield from budget.measure(silences)
        yield from pages.measure()
        yield from wall.measure()
        yield from matching.measure()
        yield from imports.measure(evaluation.ON)
        yield from exports.measure(evaluation.ON)
    yield from reports.measure(evaluation.ON)
    if size != "province":
        yield from bundles.measure()


def main(size: str) -> int:
    django.setup()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    (ROOT / "var").mkdir(exist_ok=True)
    print(f"\n{size}, {connection.vendor}", flush=True)
    print(f"{'':56}{'ms':>12}{'reference':>12}{'ratio':>9}  {'floor/goal/best':<16}{'queries':>8}")
    broken: list[str] = []
    with (ROOT / "var" / "bench.jsonl").open("a") as lines:
        for row in measured(size):
            print(row.line, "" if row.is_kept else "  below the floor", flush=True)
            said = {"at": at, "size": size, "database": connection.vendor, **row.said}
            lines.write(json.dumps(said) + "\n")
            if not row.is_kept:
                broken.append(row.name)
    if broken:
        print(f"Below the floor: {'; '.join(broken)}.", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
