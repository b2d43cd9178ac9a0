"""The screen's own picture of how long relations last, drawn from the life table that the file tells: no step of it
shows one relation.
"""

from collections.abc import Iterable
from functools import partial
from itertools import groupby

from reports.document import Picture
from reports.drawings.lengths import Cohort, survival_svg
from reports.durations.sheets import LIVES, LifeLine
from reports.lengths import DRAWN, survival_note, survival_title, told_first
from reports.survival import FEWEST, Point, Survival
from reports.tables import Unsaid

PAST = 0.5
"""Months past the last interval told, where the relations still followed then are put."""


def pictures(lines: Iterable[LifeLine]) -> list[Picture]:
    """None while no year of start has a life table to draw."""
    found = drawn(lines)
    if not found:
        return []
    first = told_first(found)
    others = tuple(cohort for cohort in found if cohort is not first)[: DRAWN - 1]
    title = survival_title(first)
    draw = partial(survival_svg, first, others, title)
    return [Picture(title, survival_note(first, is_drawn=True), draw, LIVES.name)]


def drawn(lines: Iterable[LifeLine]) -> list[Cohort]:
    """The years of start that have a life table to draw."""
    return [cohort for _begun, rows in groupby(lines, key=lambda line: line.begun) if (cohort := _cohort(list(rows)))]


def _cohort(rows: list[LifeLine]) -> Cohort | None:
    """The curve at the months of the table alone, up to the first share that is not told."""
    count = rows[0].at_risk
    if isinstance(count, Unsaid) or count < FEWEST:
        return None
    points, censored, left = [Point(0.0, 1.0, 1.0, 1.0, count, 0)], [], count
    until = 0.0
    for row in rows:
        share, low, high = row.share, row.low, row.high
        if isinstance(share, Unsaid) or isinstance(low, Unsaid) or isinstance(high, Unsaid):
            break
        until, at_risk, early, gone = float(row.until), *map(_told, (row.at_risk, row.early, row.left))
        points.append(Point(until, share / 100, low / 100, high / 100, at_risk, early))
        censored += [until] * gone
        left -= early + gone
    if len(points) == 1:
        return None
    return Cohort(rows[0].begun, Survival(tuple(points), tuple(sorted([*censored, *[until + PAST] * left])), count))


def _told(number: int | Unsaid) -> int:
    """Beside a share that is told, no count is masked."""
    return 0 if isinstance(number, Unsaid) else number
