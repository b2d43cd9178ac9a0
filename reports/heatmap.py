"""The table of meetings: a row per dyad, a column per class week, up to now; months above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guidelines.completeness import Share, due_by, logged_share
from mentoring.models import DyadMeeting
from mentoring.weeks import assessed, strips
from people.apart import tell_apart
from people.models import User
from programs.models import GroupMeeting
from reports.relations import Relation, relations
from reports.scope import Period, Scope

WEEKS = 12
SHOWN = 10
"""Dyads of the lead's page; the others are on the table's own, so many at a time:"""
BY_PAGE = 50
FEW = 4
"""Missed weeks from which it is worth saying how many dyads make half of them."""


@dataclass(frozen=True)
class Month:
    label: str
    span: int


@dataclass(frozen=True)
class HeatTable:
    """The dyads that share one beat: the same weeks, or the same cycles. Its title is its own among the tables."""

    title: str
    months: list[Month]
    starts: list[date]
    rows: list[Relation]


@dataclass(frozen=True)
class HeatMap:
    title: str
    missed: int
    assessed: int
    tables: list[HeatTable]
    page: "Page[Relation]"
    share: Share | None
    """How many of the planned meetings of these weeks are logged: what the picture rests on."""
    planning: int
    """The dyads that this share is measured on: those that plan their meetings."""


def heat_map(user: User, scope: Scope, *, page: str | int | None = 1, by_page: int = BY_PAGE) -> HeatMap | None:
    """The open dyads of the scope, those that missed the most weeks first, over its period or the last twelve weeks.

    Five queries, whatever the number of dyads.
    """
    since = scope.since(WEEKS - 1)
    dyads = relations(user, scope.of_dyads, on=scope.last_day)
    if not dyads:
        return None
    held = assessed([row.pk for row in dyads], on=scope.on, since=since, until=scope.until)
    missed = {pk: weeks.count(0) for pk, weeks in held.items()}
    ordered = sorted(dyads, key=lambda row: -missed.get(row.pk, 0))
    shown: Page[Relation] = Paginator(ordered, by_page).get_page(page)
    tell_apart(shown, briefly=True)
    cells = strips([row.pk for row in shown], on=scope.on, since=since, until=scope.until)
    for row in shown:
        row.cells = cells.get(row.pk, [])
    total = sum(map(len, held.values()))
    title = heat_title(sorted(missed.values(), reverse=True), total)
    of_weeks = DyadMeeting.objects.visible_to(user).filter(dyad__in=[row.pk for row in dyads])
    planned = of_weeks.filter(planned=True, on__gte=since, on__lte=scope.last_day)
    return HeatMap(
        title=title,
        missed=sum(missed.values()),
        assessed=total,
        tables=_tables(title, shown),
        page=shown,
        share=logged_share(
            of_weeks, GroupMeeting.objects.none(), since=since, until=min(scope.last_day, due_by(scope.on))
        ),
        planning=planned.aggregate(dyads=Count("dyad", distinct=True))["dyads"],
    )


def year_so_far(scope: Scope, since: date) -> Scope:
    """The same scope, from the first day of the school year."""
    return Scope(scope.programs, scope.on, Period(since, scope.until), scope.adult)


def heat_title(missed: Sequence[int], assessed_weeks: int) -> str:
    """The message: how many weeks were missed out of how many, and how few dyads make half of them.

    ``missed`` tells those of each dyad, the most first.
    """
    total = sum(missed)
    if not assessed_weeks:
        return _("Aucune semaine évaluable pour l’instant")
    if not total:
        return _("Aucune semaine manquée sur %(weeks)s") % {"weeks": assessed_weeks}
    said = _said(total, assessed_weeks)
    if total < FEW:
        return said
    makers = next(n for n, made in enumerate(accumulate(missed), 1) if made * 2 >= total)
    half = ngettext("%(count)s relation en fait la moitié", "%(count)s relations en font la moitié", makers)
    return f"{said}; {half % {'count': makers}}"


def _said(missed: int, assessed_weeks: int) -> str:
    if missed * 2 > assessed_weeks:
        return _("%(percent)s\u00a0%% des semaines manquées") % {"percent": round(100 * missed / assessed_weeks)}
    return _("Environ 1 semaine sur %(weeks)s manquée") % {"weeks": round(assessed_weeks / missed)}


def _tables(title: str, shown: "Page[Relation]") -> list[HeatTable]:
    beats: dict[tuple[date, ...], list[Relation]] = {}
    for row in shown:
        if row.cells:
            beats.setdefault(tuple(cell.span_from for cell in row.cells), []).append(row)
    return [
        HeatTable(
            title if len(beats) == 1 else f"{title} ({nth}/{len(beats)})",
            _months(starts),
            list(starts),
            rows,
        )
        for nth, (starts, rows) in enumerate(beats.items(), 1)
    ]


def _months(starts: Sequence[date]) -> list[Month]:
    runs = [list(run) for _key, run in groupby(starts, key=lambda day: (day.year, day.month))]
    return [Month(date_format(run[0], "N").capitalize(), len(run)) for run in runs]
