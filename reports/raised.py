"""How many findings were raised in a fixed period, by guideline and place, so that nobody is found again."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from guidelines.counts import Numbers, in_places, with_school
from guidelines.models.flags import FlagQuerySet
from people.models import User
from people.telling import Path, Span
from programs.fixed_periods import told_with
from reports.scope import Period


@dataclass(frozen=True)
class Raised:
    """``numbers`` tell of guidelines followed on the last day; ``unfollowed``, where others raised some."""

    numbers: dict[str, Numbers] = field(default_factory=dict)
    unfollowed: set[tuple[str, Path]] = field(default_factory=set)


def raised(flags: FlagQuerySet, user: User, period: Period) -> Raised:
    """What may be told of the period beside all the fixed ones that are over by then. Two queries."""
    rounds = told_with(user, period)
    edges = sorted({day for periods in rounds for one in periods for day in (one.since, one.until)})
    followed = flags.filter(raised_on__gte=edges[0], raised_on__lt=edges[-1]).with_followed(period.last_day)
    rows = with_school(followed).order_by()
    columns = ("guideline", "school_of", "program_of", "raised_on", "is_followed")
    found, counts = Raised(), dict[str, dict[tuple[Path, int], int]]()
    for code, school, program, on, is_followed, number in rows.values_list(*columns).annotate(n=Count("pk")):
        place = (school, program)
        if is_followed:
            cell = place, bisect_right(edges, on)
            of_code = counts.setdefault(code, {})
            of_code[cell] = of_code.get(cell, 0) + number
        elif period.since <= on < period.until:
            found.unfollowed.add((code, place))
    spans = [[_span(one, edges) for one in periods] for periods in rounds]
    for code, of_code in counts.items():
        found.numbers[code] = in_places(code, of_code, spans)[_name(period)]
    return found


def _span(period: Period, edges: Sequence[date]) -> Span:
    parts = range(bisect_right(edges, period.since), bisect_right(edges, period.last_day) + 1)
    return _name(period), parts


def _name(period: Period) -> str:
    return f"{period.since} {period.until}"
