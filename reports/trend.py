"""How findings come and go: week after week, from what happened to each (``FlagEvent``), never from a stored count."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guidelines.models import SUBJECTS, Flag, FlagEvent, Severity
from people.models import User
from people.text import written
from programs.models import SupportGroup
from reports.drawings.trend import trend_svg
from reports.registry import Drawn, Figure
from reports.scope import Scope
from reports.tables import Column

WEEKS = 12
FEWEST = 6
"""A picture begins with the first finding, and has at least this many weeks."""
BEFORE = 4
"""Weeks back with which the title compares."""


class Stands(IntEnum):
    """What a finding is at the end of a week; of several findings of one cause, the highest stands."""

    NOT_YET = 0
    CLEARED = 1
    ASIDE = 2
    """Set aside or put off by a person, or for information only."""
    IN_HAND = 3
    OPEN = 4


Kind = FlagEvent.Kind
STANDS = {
    Kind.RAISED: Stands.OPEN,
    Kind.REOPENED: Stands.OPEN,
    Kind.TAKEN: Stands.IN_HAND,
    Kind.SNOOZED: Stands.ASIDE,
    Kind.DISMISSED: Stands.ASIDE,
    Kind.CLEARED: Stands.CLEARED,
}
PRESSING = (Severity.CRITICAL, Severity.WARNING)
FACTS = ("flag", "kind", "on", "severity", "flag__cause", *(f"flag__{kind}_id" for kind in SUBJECTS))


@dataclass(frozen=True)
class TrendWeek:
    """One week: what stands at its end, what has come and gone since the end of the one before."""

    monday: date
    to_examine: int
    in_hand: int
    raised: int
    cleared: int


def trend(user: User, scope: Scope) -> list[TrendWeek]:
    """The weeks of the period, or the last twelve, of the scope's pressing findings, oldest first. One query.

    Those before the first finding have nothing to say; six are shown at least.
    """
    first, last = scope.since(WEEKS - 1), scope.last_day
    mondays = [first + timedelta(weeks=n) for n in range(-1, (last - first).days // 7 + 1)]
    ends = [min(day + timedelta(days=6), last) for day in mondays]
    columns = list(zip(*_standing(user, scope, ends), strict=True)) or [()] * len(ends)
    weeks = [
        _week(monday, Counter(zip(*pair, strict=True)))
        for monday, pair in zip(mondays[1:], pairwise(columns), strict=True)
    ]
    said = next((n for n, week in enumerate(weeks) if week.raised or week.to_examine or week.in_hand), 0)
    return weeks[max(0, min(said, len(weeks) - FEWEST)) :]


def _week(monday: date, moves: Counter[tuple[int, int]]) -> TrendWeek:
    """From how many causes went from each standing to each other since the week before."""

    def count(before: Iterable[int], now: Iterable[int]) -> int:
        return sum(moves[was, stands] for was in before for stands in now)

    live, quiet = (Stands.IN_HAND, Stands.OPEN), (Stands.NOT_YET, Stands.CLEARED, Stands.ASIDE)
    return TrendWeek(
        monday=monday,
        to_examine=count(Stands, [Stands.OPEN]),
        in_hand=count(Stands, [Stands.IN_HAND]),
        raised=count(quiet, live),
        cleared=count(live, [Stands.CLEARED]),
    )


def trend_title(weeks: Sequence[TrendWeek]) -> str:
    """The message: how many stand, against four weeks before."""
    now, before = weeks[-1], weeks[max(-len(weeks), -1 - BEFORE)]
    count, earlier = now.to_examine + now.in_hand, before.to_examine + before.in_hand
    words = ngettext(
        "%(count)s point de vigilance à suivre, contre %(earlier)s il y a quatre semaines",
        "%(count)s points de vigilance à suivre, contre %(earlier)s il y a quatre semaines",
        count,
    )
    return words % {"count": count, "earlier": earlier}


def draw(user: User, scope: Scope) -> Drawn | None:
    weeks = trend(user, scope)
    if not any(week.to_examine or week.in_hand or week.cleared for week in weeks):
        return None
    title = trend_title(weeks)
    bars = tuple((written(week.monday, "j N"), (week.raised, week.in_hand, week.cleared)) for week in weeks)
    note = _t("Chaque semaine, les points nouveaux, ceux que quelqu’un a en charge, et ceux qui sont réglés.")
    return Drawn(title, note, weeks, partial(trend_svg, bars, title))


FIGURE = Figure(
    name="trend",
    address="tendance",
    file_name="points-de-vigilance-par-semaine",
    heading=_("Points de vigilance, semaine après semaine"),
    about=_("Combien sont nouveaux, en charge et réglés chaque semaine."),
    columns=(
        Column(_("Semaine du"), "monday", date.isoformat),
        Column(_("À examiner"), "to_examine"),
        Column(_("En charge"), "in_hand"),
        Column(_("Nouveaux"), "raised"),
        Column(_("Réglés"), "cleared"),
    ),
    draw=draw,
)


def _standing(user: User, scope: Scope, ends: Sequence[date]) -> list[list[int]]:
    """Of each subject and cause, what it is at the end of each week: several findings of one cause count as one."""
    visible = Flag.objects.visible_to(user).values("pk")
    events = (
        FlagEvent.objects.filter(_within(scope), flag__in=visible, on__lte=ends[-1])
        .exclude(kind=Kind.SEEN)
        .order_by("flag", "on", "at", "pk")
        .distinct()
        .values_list(*FACTS, "at", "pk")
    )
    found: dict[tuple[Any, ...], list[int]] = {}
    for _flag, rows in groupby(events, key=itemgetter(0)):
        told = list(rows)
        cause, line = tuple(told[0][4 : len(FACTS)]), _line(told, ends)
        found[cause] = list(map(max, found[cause], line)) if cause in found else line
    return list(found.values())


def _line(events: Sequence[tuple[Any, ...]], ends: Sequence[date]) -> list[int]:
    """One finding, week after week."""
    line = [int(Stands.NOT_YET)] * len(ends)
    stands = Stands.OPEN
    for _flag, kind, on, severity, *_rest in events:
        stands = STANDS.get(kind, stands)
        shown = Stands.ASIDE if stands in (Stands.OPEN, Stands.IN_HAND) and severity not in PRESSING else stands
        place = bisect_left(ends, on)
        line[place:] = [int(shown)] * (len(ends) - place)
    return line


def _within(scope: Scope) -> Q:
    """The events of the scope's dyads, of their mentors, of its groups and programmes."""
    if scope.adult:
        led = SupportGroup.objects.filter(scope.of_groups).values("pk")
        mentors = Q(flag__mentor__person=scope.adult, flag__mentor__dyads__program__in=scope.programs)
        mine = Q(flag__dyad__program__in=scope.programs, flag__dyad__mentor__person=scope.adult)
        return mine | mentors | Q(flag__group__in=led)
    mentors = Q(flag__mentor__dyads__program__in=scope.programs)
    theirs = Q(flag__dyad__program__in=scope.programs) | Q(flag__group__program__in=scope.programs)
    return theirs | mentors | Q(flag__program__in=scope.programs)
