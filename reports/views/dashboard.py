"""« Tableau de bord »: which relationships are in danger, and why."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from people.access import Role
from people.requests import PersonRequest
from reports.charts import frequency_svg, group_sizes_svg, survival_svg, trend_svg
from reports.classes import status_classes, status_table, status_title
from reports.csv_files import csv_response
from reports.dashboard import Dashboard, all_relations, led_programs, weekly_frequency
from reports.dashboard import dashboard as facts_of
from reports.figures import group_table, group_title, survival_table, survival_title
from reports.forms import ScopeForm
from reports.frequency import FEWEST as FEWEST_WEEKS
from reports.frequency import frequency_table, frequency_title
from reports.relations import group_rows
from reports.survival import FEWEST
from reports.trend import trend, trend_table, trend_title

LISTED = 12


def dashboard(request: PersonRequest) -> HttpResponse:
    """The sentence, the list by urgency, the table of meetings, and the figures."""
    scope = _scope(request)
    facts = facts_of(request.user, scope.programs, on=scope.on, everyone="toutes" in request.GET)
    rows = facts.urgency.rows if "toutes" in request.GET else facts.urgency.rows[:LISTED]
    context = {
        "facts": facts,
        "rows": rows,
        "scope": scope,
        "frequency": _frequency_figure(facts),
        "survival": _survival_figure(facts),
        "sizes": _sizes_figure(facts),
        "trend": _trend_figure(request, scope),
        "classes": _classes_figure(request, scope),
    }
    return render(request, "reports/dashboard.html", context)


def dashboard_frequency_csv(request: PersonRequest) -> HttpResponseBase:
    """The table behind the frequency of meetings: means and counts, without any name."""
    scope = _scope(request)
    weeks = weekly_frequency(request.user, scope.programs, on=scope.on)
    return csv_response("frequence-des-rencontres", scope.on, frequency_table(weeks))


def dashboard_classes_csv(request: PersonRequest) -> HttpResponseBase:
    """The table of where mentoring stands, with small numbers hidden as on the page."""
    scope = _scope(request)
    classes = status_classes(request.user, scope.programs, on=scope.on)
    return csv_response("situations-de-mentorat", scope.on, status_table(classes))


def dashboard_lengths_csv(request: PersonRequest) -> HttpResponseBase:
    """The table behind the curve: lengths, without any name."""
    scope = _scope(request)
    survival = all_relations(request.user, scope.programs, on=scope.on)
    return csv_response("durees-des-relations", scope.on, survival_table(survival))


def dashboard_sizes_csv(request: PersonRequest) -> HttpResponseBase:
    """The table behind the picture of group sizes."""
    scope = _scope(request)
    groups = group_rows(request.user, scope.programs, on=scope.on)
    return csv_response("tailles-des-groupes", scope.on, group_table(groups))


def dashboard_trend_csv(request: PersonRequest) -> HttpResponseBase:
    """The table behind the trend of findings: counts, without any name."""
    scope = _scope(request)
    weeks = trend(request.user, scope.programs, on=scope.on)
    return csv_response("points-de-vigilance-par-semaine", scope.on, trend_table(weeks))


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
    title = frequency_title(weeks)
    picture = frequency_svg(tuple(weeks), title) if len(weeks) >= FEWEST_WEEKS else ""
    return {"title": title, "table": frequency_table(weeks), "picture": picture, "last": weeks[-1]}


def _survival_figure(facts: Dashboard) -> dict[str, object] | None:
    if not facts.survival.count:
        return None
    title = survival_title(facts.survival)
    enough = facts.survival.count >= FEWEST
    return {
        "title": title,
        "table": survival_table(facts.survival),
        "picture": survival_svg(facts.survival, title) if enough else "",
    }


def _sizes_figure(facts: Dashboard) -> dict[str, object] | None:
    if not facts.groups:
        return None
    title = group_title(facts.groups)
    sizes = tuple((row.name, row.size) for row in facts.groups)
    return {"title": title, "table": group_table(facts.groups), "picture": group_sizes_svg(sizes, title)}


def _trend_figure(request: PersonRequest, scope: ScopeForm) -> dict[str, object] | None:
    weeks = trend(request.user, scope.programs, on=scope.on)
    if not any(week.to_examine or week.in_hand or week.cleared for week in weeks):
        return None
    title = trend_title(weeks)
    return {"title": title, "table": trend_table(weeks), "picture": trend_svg(tuple(weeks), title)}


def _classes_figure(request: PersonRequest, scope: ScopeForm) -> dict[str, object] | None:
    classes = status_classes(request.user, scope.programs, on=scope.on)
    if not classes.says_something:
        return None
    return {"title": status_title(), "table": status_table(classes)}
