"""What may be asked of a lead each Monday: how many relations, how long a letter, and no silence overlooked.

Each share is of all the leads together, on the worst of the last Mondays of a year replayed week by week, each as on
its own day; the letter is the longest that any of them had.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import time_machine
from django.db.models import Q

from accompagnement.synthetic.tables import Silence
from bench.evaluation import ON, YEAR_STARTS_ON, no_flags
from bench.timing import Budgeted
from guidelines.attention import Row, attention
from guidelines.backfill import days
from guidelines.catalogue.silence import DYAD_GAP
from guidelines.digest import digest_letter
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.severity import Severity
from mentoring.models import Dyad, Pause
from people.access import Role
from people.models import SchoolBoard, User
from programs.models import SchoolDay

LAST_MONDAYS = 12
IN_TIME = timedelta(weeks=3)
LISTED = re.compile(r"- |Et (une|\d+) autres? |Ne sont plus ")
"""How the lines of the letter begin that name relations or groups, or say how many more there are."""
CRITICAL = DYAD_GAP.settable[Severity.CRITICAL]
"""Of the beats of a relation: a silence of as many is critical."""


@dataclass
class Mondays:
    """What the leads were asked on the Mondays looked at; shares in percent of the open relations."""

    reach: list[float] = field(default_factory=list)
    both: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    told_again: int = 0
    reached: dict[int, list[date]] = field(default_factory=dict)
    """By dyad, the Mondays on which it was to reach."""


def measure(silences: Sequence[Silence]) -> Iterator[Budgeted]:
    """Every row of the budget, on the boards that are there."""
    no_flags()
    found = Mondays()
    mondays = days(YEAR_STARTS_ON, ON)
    for number, monday in enumerate(mondays):
        replay(monday, found)
        if number >= len(mondays) - LAST_MONDAYS:
            ask_leads(monday, found)
    yield Budgeted("to reach, of the open dyads, at most", max(found.reach), "%", floor=10, goal=5)
    yield Budgeted("to reach and to watch, at most", max(found.both), "%", floor=25, goal=15)
    yield Budgeted("lines listed by a Monday digest, at most", max(found.lines), "", floor=15, goal=10)
    yield Budgeted("lines that tell last Monday's again", found.told_again, "", floor=0, goal=0)
    wanted = deadlines(silences)
    for monday in days(ON + timedelta(days=1), max(wanted.values(), default=ON)):
        replay(monday, found)
    in_time = sum(any(day <= until for day in found.reached.get(dyad, ())) for dyad, until in wanted.items())
    share = 100 * in_time / len(wanted)
    yield Budgeted(
        f"of {len(wanted)} silences, to reach in 3 class weeks", share, "%", floor=80, goal=95, at_least=True
    )


def replay(monday: date, found: Mondays) -> None:
    for board in SchoolBoard.objects.order_by("pk"):
        evaluate_board(board, on=monday, backfilled=True)
    rows = Flag.objects.to_reach(monday).filter(dyad__isnull=False).order_by()
    for dyad in rows.values_list("dyad", flat=True).distinct():
        found.reached.setdefault(dyad, []).append(monday)


def ask_leads(monday: date, found: Mondays) -> None:
    """Read each lead's headline and letter of a Monday, at eight in the morning."""
    with time_machine.travel(datetime.combine(monday, time(13), UTC), tick=False):
        tallies = []
        for lead in User.objects.filter(memberships__role=Role.PROGRAM_LEAD).select_related("board").order_by("pk"):
            seen = attention(lead, on=monday)
            tallies.append(seen.dyads)
            letter = digest_letter(lead, on=monday)
            text = letter.text if letter else ""
            found.lines.append(sum(bool(LISTED.match(line)) for line in text.splitlines()))
            found.told_again += sum(told(row, text) for row in seen.to_reach if stood_a_week_ago(row, monday, found))
    reach, watch, of = (sum(getattr(tally, name) for tally in tallies) for name in ("reach", "watch", "of"))
    found.reach.append(100 * reach / of)
    found.both.append(100 * (reach + watch) / of)


def told(row: Row, text: str) -> bool:
    return any(f"/vigilance/{mark.pk}/" in text for mark in row.marks)


def stood_a_week_ago(row: Row, monday: date, found: Mondays) -> bool:
    return row.kind == "dyad" and monday - timedelta(weeks=1) in found.reached.get(row.pk, ())


def deadlines(silences: Sequence[Silence]) -> dict[int, date]:
    """By dyad whose silence is critical: the last Monday on which it must be to reach.

    Without those on a pause, and those whose commitment is over: they are to be closed or renewed.
    """
    until = {
        silence.dyad: late(date.fromisoformat(silence.beats[CRITICAL])) for silence in silences if is_critical(silence)
    }
    paused = Pause.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=YEAR_STARTS_ON)).values("dyad")
    last = max(until.values(), default=ON)
    followed = Dyad.objects.filter(pk__in=until).exclude(pk__in=paused).exclude(committed_until__lte=last)
    return {pk: until[pk] for pk in followed.values_list("pk", flat=True)}


def is_critical(silence: Silence) -> bool:
    """Whether enough beats went by in silence; the one after them has begun."""
    return len(silence.beats) > CRITICAL


def late(since: date) -> date:
    """The Monday after three class weeks, this one included; a week without class does not count."""
    monday, left = since - timedelta(days=since.weekday()), IN_TIME // timedelta(weeks=1)
    class_days = set(
        SchoolDay.objects.filter(kind=SchoolDay.Kind.CLASS, date__gte=monday).values_list("date", flat=True)
    )
    while left:
        left -= any(monday + timedelta(days=n) in class_days for n in range(5))
        monday += timedelta(weeks=1)
    return monday
