"""« Tableau de bord »: which relationships are in danger, and why."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.attention import Standing
from guidelines.attention_words import clauses
from people.access import Role
from people.requests import PersonRequest
from programs.sizes import shared
from reports import classes, frequency, lengths, sizes, trend
from reports.charts import frequency_svg, group_sizes_svg, survival_svg, trend_svg
from reports.csv_files import csv_response
from reports.dashboard import Dashboard, led_programs
from reports.dashboard import dashboard as facts_of
from reports.forms import ScopeForm
from reports.registry import Figure
from reports.survival import FEWEST

LISTED = 12


@require_safe
def dashboard(request: PersonRequest) -> HttpResponse:
    """The sentence, the list by urgency, the table of meetings, and the figures."""
    scope = _scope(request)
    facts = facts_of(request.user, scope.programs, on=scope.on, everyone="toutes" in request.GET)
    rows = facts.urgent if "toutes" in request.GET else facts.urgent[:LISTED]
    context = {
        "facts": facts,
        "to_reach": [row for row in rows if row.row.standing == Standing.REACH],
        "to_watch": [row for row in rows if row.row.standing == Standing.WATCH],
        "hidden": len(facts.urgent) > len(rows),
        "clauses": clauses(facts.attention),
        "scope": scope,
        "frequency": _frequency_figure(facts),
        "survival": _survival_figure(facts),
        "sizes": _sizes_figure(facts),
        "trend": _trend_figure(request, scope),
        "classes": _classes_figure(request, scope),
    }
    return render(request, "reports/dashboard.html", context)


@require_safe
def dashboard_csv(request: PersonRequest, figure: Figure) -> HttpResponseBase:
    """The table behind a figure, as the page shows it."""
    scope = _scope(request)
    table = figure.table(figure.rows(request.user, scope.programs, on=scope.on))
    return csv_response(figure.file_name, scope.on, table)


def _scope(request: PersonRequest) -> ScopeForm:
    """The programmes that the person answers for, narrowed by the filters; refused to those who answer for none."""
    if not request.user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER):
        raise PermissionDenied
    on = request.user.local_date()
    return ScopeForm(request.GET, led=led_programs(request.user, on=on), on=on)


def _frequency_figure(facts: Dashboard) -> dict[str, object] | None:
    weeks = facts.frequency
    if not weeks:
        return None
    title = frequency.frequency_title(weeks)
    picture = frequency_svg(tuple(weeks), title) if len(weeks) >= frequency.FEWEST else ""
    return {"title": title, "table": frequency.FIGURE.table(weeks), "picture": picture, "last": weeks[-1]}


def _survival_figure(facts: Dashboard) -> dict[str, object] | None:
    if not facts.survival.count:
        return None
    title = lengths.survival_title(facts.survival)
    enough = facts.survival.count >= FEWEST
    return {
        "title": title,
        "table": lengths.FIGURE.table(lengths.landmarks(facts.survival)),
        "picture": survival_svg(facts.survival, title) if enough else "",
    }


def _sizes_figure(facts: Dashboard) -> dict[str, object] | None:
    if not facts.groups:
        return None
    title = sizes.group_title(facts.groups)
    drawn = tuple((row.name, row.size, row.bounds) for row in facts.groups)
    return {
        "title": title,
        "table": sizes.FIGURE.table(facts.groups),
        "picture": group_sizes_svg(drawn, title),
        "differ": shared(row.bounds for row in facts.groups) is None,
    }


def _trend_figure(request: PersonRequest, scope: ScopeForm) -> dict[str, object] | None:
    weeks = trend.trend(request.user, scope.programs, on=scope.on)
    if not any(week.to_examine or week.in_hand or week.cleared for week in weeks):
        return None
    title = trend.trend_title(weeks)
    return {"title": title, "table": trend.FIGURE.table(weeks), "picture": trend_svg(tuple(weeks), title)}


def _classes_figure(request: PersonRequest, scope: ScopeForm) -> dict[str, object] | None:
    found = classes.status_classes(request.user, scope.programs, on=scope.on)
    if not found.says_something:
        return None
    return {"title": classes.status_title(), "table": classes.FIGURE.table(classes.shown_classes(found))}
