"""How many relations and groups are to follow, week after week: from what happened to each finding of rhythm."""

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

from guidelines.models import Flag, FlagEvent, Severity
from guidelines.models.flags import RHYTHM
from mentoring.models import Dyad
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
    """What a relation or a group is at the end of a week: the highest of its findings."""

    NOT_YET = 0
    CLEARED = 1
    ASIDE = 2
    """Set aside by a person, past its committed end, or for information only."""
    IN_HAND = 3
    """In somebody's charge, or put off."""
    OPEN = 4


Kind = FlagEvent.Kind
STANDS = {
    Kind.RAISED: Stands.OPEN,
    Kind.REOPENED: Stands.OPEN,
    Kind.TAKEN: Stands.IN_HAND,
    Kind.SNOOZED: Stands.IN_HAND,
    Kind.DISMISSED: Stands.ASIDE,
    Kind.CLEARED: Stands.CLEARED,
}
PRESSING = (Severity.CRITICAL, Severity.WARNING)
RESTS_FROM = ("flag__dyad__committed_until", "flag__dyad__ends_on", "flag__group__ends_on")
"""From the first of these days on, a relation or a group is no more to reach nor to watch."""
FACTS = ("flag", "kind", "on", "severity", "flag__dyad", "flag__group", *RESTS_FROM)


@dataclass(frozen=True)
class TrendWeek:
    """One week: what stands at its end, what has come and gone since the end of the one before."""

    monday: date
    to_examine: int
    in_hand: int
    raised: int
    cleared: int


def trend(user: User, scope: Scope) -> list[TrendWeek]:
    """The weeks of the period, or the last twelve, oldest first: what the headline counts on the last day. One query.

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
    """From how many relations and groups went from each standing to each other since the week before."""

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
    """The message: how many stand, against four weeks before where the period holds them."""
    count = weeks[-1].to_examine + weeks[-1].in_hand
    if len(weeks) <= BEFORE:
        words = ngettext("%(count)s relation ou groupe à suivre", "%(count)s relations et groupes à suivre", count)
        return words % {"count": count}
    before = weeks[-1 - BEFORE]
    words = ngettext(
        "%(count)s relation ou groupe à suivre, contre %(earlier)s il y a quatre semaines",
        "%(count)s relations et groupes à suivre, contre %(earlier)s il y a quatre semaines",
        count,
    )
    return words % {"count": count, "earlier": before.to_examine + before.in_hand}


def draw(user: User, scope: Scope) -> Drawn | None:
    weeks = trend(user, scope)
    if not any(week.to_examine or week.in_hand or week.cleared for week in weeks):
        return None
    title = trend_title(weeks)
    bars = tuple((written(week.monday, "j N"), (week.raised, week.in_hand, week.cleared)) for week in weeks)
    note = _t(
        "À joindre et à garder à l’œil\u00a0: chaque semaine, ce qui est nouveau, ce que quelqu’un a en charge ou a "
        "reporté, et ce qui est réglé."
    )
    return Drawn(title, note, weeks, partial(trend_svg, bars, title))


FIGURE = Figure(
    name="trend",
    address="tendance",
    file_name="relations-a-suivre-par-semaine",
    heading=_("Relations et groupes à suivre, semaine après semaine"),
    about=_("Combien sont nouveaux, en charge et réglés chaque semaine."),
    columns=(
        Column(_("Semaine du"), "monday", date.isoformat, about=_("Le lundi de la semaine.")),
        Column(
            _("À examiner"),
            "to_examine",
            about=_("Points de vigilance que personne n’avait encore examinés à la fin de la semaine."),
        ),
        Column(_("En charge"), "in_hand", about=_("Points pris en charge à la fin de la semaine.")),
        Column(_("Nouveaux"), "raised", about=_("Points relevés pendant la semaine.")),
        Column(_("Réglés"), "cleared", about=_("Points réglés pendant la semaine.")),
    ),
    draw=draw,
)


def _standing(user: User, scope: Scope, ends: Sequence[date]) -> list[list[int]]:
    """Of each relation and group, what it is at the end of each week."""
    flags = Flag.objects.visible_to(user).filter(guideline__in=RHYTHM).followed(scope.last_day)
    events = (
        FlagEvent.objects.filter(_within(scope), flag__in=flags.values("pk"), on__lte=ends[-1])
        .exclude(kind=Kind.SEEN)
        .order_by("flag", "on", "at", "pk")
        .values_list(*FACTS)
    )
    found: dict[tuple[Any, ...], list[int]] = {}
    for _flag, rows in groupby(events, key=itemgetter(0)):
        told = list(rows)
        subject, line = tuple(told[0][4:6]), _line(told, ends)
        found[subject] = list(map(max, found[subject], line)) if subject in found else line
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
    rests_from = [day for day in events[0][-len(RESTS_FROM) :] if day is not None]
    if rests_from and stands != Stands.CLEARED:
        place = bisect_left(ends, min(rests_from))
        line[place:] = [int(Stands.ASIDE)] * (len(ends) - place)
    return line


def _within(scope: Scope) -> Q:
    """The events of the scope's dyads and groups."""
    dyads, groups = Dyad.objects.filter(scope.of_dyads), SupportGroup.objects.filter(scope.of_groups)
    return Q(flag__dyad__in=dyads.values("pk")) | Q(flag__group__in=groups.values("pk"))
