"""« Tableau de bord »: which relationships are in danger, and why; its figures, each at its own address."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.attention_words import clauses
from people.access import Role
from people.requests import PersonRequest
from reports.csv_files import csv_response
from reports.dashboard import LISTED, led_programs
from reports.dashboard import dashboard as facts_of
from reports.forms import ScopeForm
from reports.heatmap import BY_PAGE, SHOWN, heat_map, year_so_far
from reports.registry import FIGURES, Figure


@require_safe
def dashboard(request: PersonRequest) -> HttpResponse:
    """The sentence, the list by urgency, and the places of the figures; ``toutes`` gives the whole list by pages."""
    scope = _asked(request)
    by_page = BY_PAGE if scope.is_whole else LISTED
    programs = scope.programs if scope.is_narrowed else None
    facts = facts_of(request.user, programs, on=scope.on, page=request.GET.get("page"), by_page=by_page)
    context = {"facts": facts, "clauses": clauses(facts.attention), "scope": scope, "figures": FIGURES.values()}
    context["turns"] = [program for program in scope.led if program.to_turn]  # type: ignore[attr-defined]
    context["all_attention"] = facts.attention if programs is None else None
    return render(request, "reports/dashboard.html", context)


@require_safe
def figure(request: PersonRequest, figure: Figure) -> HttpResponse:
    """One figure on a page of its own; as a card alone for the page that has kept its place."""
    scope = _asked(request)
    drawn = figure.draw(request.user, scope.scope)
    context = {"figure": figure, "drawn": drawn, "table": figure.table(drawn), "scope": scope}
    return render(request, "reports/_figure.html" if _is_card(request) else "reports/figure.html", context)


@require_safe
def weeks(request: PersonRequest) -> HttpResponse:
    """The table of meetings: ten dyads as a card, else all by pages; ``annee`` goes back to the year's first day."""
    scope = _asked(request)
    asked = year_so_far(scope.scope, scope.year_starts_on) if "annee" in request.GET else scope.scope
    is_card = _is_card(request)
    heat = heat_map(request.user, asked, page=request.GET.get("page"), by_page=SHOWN if is_card else BY_PAGE)
    context = {"heat": heat, "scope": scope, "is_card": is_card, "is_year": "annee" in request.GET}
    return render(request, "reports/_weeks.html" if is_card else "reports/weeks.html", context)


@require_safe
def dashboard_csv(request: PersonRequest, figure: Figure) -> HttpResponseBase:
    """The table behind a figure, as the page shows it."""
    scope = _asked(request)
    return csv_response(figure.file_name, scope.on, figure.table(figure.draw(request.user, scope.scope)))


def _is_card(request: PersonRequest) -> bool:
    """Whether the page asks for what goes in the place that it kept, rather than a person for a page."""
    return bool(request.htmx) and not request.htmx.boosted


def _asked(request: PersonRequest) -> ScopeForm:
    """The programmes that the person answers for, narrowed by the filters; refused to those who answer for none."""
    if not request.user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER):
        raise PermissionDenied
    on = request.user.local_date()
    return ScopeForm(request.GET, user=request.user, led=led_programs(request.user, on=on), on=on)
