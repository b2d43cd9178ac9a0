"""How findings come and go: week after week, from what happened to each (``FlagEvent``), never from a stored count."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guidelines.models import SUBJECTS, Flag, FlagEvent, Severity
from people.models import User
from people.text import written
from programs.models import Program
from reports.registry import Figure
from reports.tables import Column

WEEKS = 20
FEWEST = 6
"""A picture begins with the first finding, and has at least this many weeks."""
Kind = FlagEvent.Kind
STATES = {
    Kind.RAISED: Flag.State.OPEN,
    Kind.REOPENED: Flag.State.OPEN,
    Kind.TAKEN: Flag.State.TAKEN,
    Kind.SNOOZED: Flag.State.SNOOZED,
    Kind.DISMISSED: Flag.State.DISMISSED,
    Kind.CLEARED: Flag.State.CLEARED,
}
LIVE = (Flag.State.OPEN, Flag.State.TAKEN)
PRESSING = (Severity.CRITICAL, Severity.WARNING)

Cause = tuple[object, ...]
"""A subject's ids and the cause: several findings of one cause count as one."""
Moment = tuple[date, str, str]
"""Day, state and severity from then on."""


@dataclass(frozen=True)
class TrendWeek:
    """One week: what stands at its end, what has come and gone since the end of the one before."""

    monday: date
    to_examine: int
    in_hand: int
    raised: int
    cleared: int


def trend(user: User, programs: Sequence[Program], *, on: date) -> list[TrendWeek]:
    """The last weeks of the programmes' pressing findings, up to the week of a day, oldest first. One query.

    From 6 to 20 weeks: those before the first finding have nothing to say.
    """
    monday = on - timedelta(days=on.weekday())
    mondays = [monday - timedelta(days=7 * back) for back in range(WEEKS, -1, -1)]
    ends = [min(day + timedelta(days=6), on) for day in mondays]
    lives = _lives(user, programs, on)
    standing: list[dict[Cause, str]] = [_standing(lives, end) for end in ends]
    weeks = [
        TrendWeek(
            monday=mondays[n],
            to_examine=sum(state == Flag.State.OPEN for state in now.values()),
            in_hand=sum(state == Flag.State.TAKEN for state in now.values()),
            raised=len(now.keys() - before.keys()),
            cleared=sum(_is_gone(lives[cause], ends[n]) for cause in before.keys() - now.keys()),
        )
        for n, (before, now) in enumerate(pairwise(standing), start=1)
    ]
    first = next((n for n, week in enumerate(weeks) if week.raised or week.to_examine or week.in_hand), 0)
    return weeks[min(first, WEEKS - FEWEST) :]


def trend_title(weeks: Sequence[TrendWeek]) -> str:
    """The message: how many stand, against four weeks before."""
    now, before = weeks[-1], weeks[-5]
    count, earlier = now.to_examine + now.in_hand, before.to_examine + before.in_hand
    words = ngettext(
        "%(count)s point de vigilance à suivre, contre %(earlier)s il y a quatre semaines",
        "%(count)s points de vigilance à suivre, contre %(earlier)s il y a quatre semaines",
        count,
    )
    return words % {"count": count, "earlier": earlier}


FIGURE = Figure(
    name="trend",
    address="tendance",
    file_name="points-de-vigilance-par-semaine",
    columns=(
        Column(_("Semaine du"), "monday", date.isoformat),
        Column(_("À examiner"), "to_examine"),
        Column(_("En charge"), "in_hand"),
        Column(_("Nouveaux"), "raised"),
        Column(_("Réglés"), "cleared"),
    ),
    rows=trend,
)


def short_week(monday: date) -> str:
    """« 2 nov. »"""
    return written(monday, "j N")


def _lives(user: User, programs: Sequence[Program], on: date) -> dict[Cause, list[list[Moment]]]:
    """Of each subject and cause, the moments of each of its findings, in order."""
    mentors = Q(flag__mentor__dyads__program__in=programs)
    theirs = Q(flag__dyad__program__in=programs) | Q(flag__group__program__in=programs) | mentors
    visible = Flag.objects.visible_to(user).values("pk")
    names = [f"flag__{kind}_id" for kind in SUBJECTS]
    events = (
        FlagEvent.objects.filter(theirs | Q(flag__program__in=programs), flag__in=visible, on__lte=on)
        .exclude(kind=Kind.SEEN)
        .order_by("flag", "on", "at", "pk")
        .distinct()
        .values("flag", "kind", "on", "severity", "flag__cause", *names, "at", "pk")
    )
    lives: dict[Cause, list[list[Moment]]] = defaultdict(list)
    for _flag, rows in groupby(events, key=itemgetter("flag")):
        told = list(rows)
        lives[told[0]["flag__cause"], *(told[0][name] for name in names)].append(list(_moments(told)))
    return lives


def _moments(events: Iterable[dict[str, Any]]) -> Iterable[Moment]:
    state = str(Flag.State.OPEN)
    for event in events:
        state = str(STATES.get(Kind(event["kind"]), state))
        yield event["on"], state, event["severity"]


def _standing(lives: dict[Cause, list[list[Moment]]], day: date) -> dict[Cause, str]:
    """The causes that ask for action at the end of a day, and whether someone has them in charge."""
    found: dict[Cause, str] = {}
    for cause, flags in lives.items():
        states = [moment[1] for moment in (_at(flag, day) for flag in flags) if moment and moment[2] in PRESSING]
        standing = [state for state in states if state in LIVE]
        if standing:
            found[cause] = Flag.State.OPEN if Flag.State.OPEN in standing else Flag.State.TAKEN
    return found


def _is_gone(flags: list[list[Moment]], day: date) -> bool:
    """Whether the facts have cleared, rather than a person set them aside."""
    return all(moment is None or moment[1] == Flag.State.CLEARED for moment in (_at(flag, day) for flag in flags))


def _at(moments: list[Moment], day: date) -> Moment | None:
    return next((moment for moment in reversed(moments) if moment[0] <= day), None)
