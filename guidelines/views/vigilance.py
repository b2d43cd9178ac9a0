"""The lists of findings: rows for those who answer for them, counts for the board's administration."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guidelines.attention_words import clauses
from guidelines.counts import board_counts
from guidelines.filters import NAMED, RESTING, FindingFilters
from guidelines.listing import MOST_RESTING, Listing, listing
from guidelines.missing_data import lacking_everywhere
from guidelines.quiet import quiet_lines
from people.access import Role
from people.requests import PersonRequest
from people.shortcuts import own_board, require_role

READERS = (
    Role.MENTOR,
    Role.RESOURCE_TEACHER,
    Role.PROGRAM_LEAD,
    Role.TRAINER,
    Role.SCHOOL_MANAGER,
)
MOST_NAMED = 12
ASKED = "filtrer"
"""In the address when the form of filters is open."""
KEPT_NAME = "vigilance_name"


@require_safe
def vigilance(request: PersonRequest) -> HttpResponse:
    """What deserves attention, to reach then to watch, or the findings asked for; the board's counts, to its admin."""
    access = request.user.access
    counts = board_counts(request.user) if access.holds(Role.BOARD_ADMIN) else None
    if not access.holds(*READERS):
        if counts is None:
            raise PermissionDenied
        return render(request, "guidelines/counts.html", {"counts": counts})
    filters = filters_of(request)
    listed = listing(request.user, filters, on=filters.on, page=request.GET.get("page"))
    context = {"listing": listed, "filters": filters, "counts": counts, **_beside(request, filters, listed)}
    context["all_attention"] = None if filters.in_use else listed.found
    context["show_filters"] = ASKED in request.GET
    return render(request, "guidelines/vigilance.html", context)


def _beside(request: PersonRequest, filters: FindingFilters, listed: Listing) -> dict[str, Any]:
    """Beside the whole list of what deserves attention: its headline, what rests, the quiet lines."""
    if filters.in_use or listed.found is None or listed.page.number > 1:
        return {}
    resting_in_all = listed.resting_in_all
    return {
        "clauses": clauses(listed.found),
        "resting": listed.resting,
        "more_resting": resting_in_all if resting_in_all > MOST_RESTING else 0,
        "resting_query": f"etat={RESTING}",
        "settles": request.user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER),
        "quiet": quiet_lines(request.user, on=filters.on),
    }


@require_POST
def vigilance_filter(request: PersonRequest) -> HttpResponse:
    """From the form of filters to its address; a name stays in the session, out of every address."""
    user = request.user
    require_role(user, *READERS)
    filters = FindingFilters(request.POST, user=user, on=user.local_date(), name=request.POST.get("q", ""))
    request.session[KEPT_NAME] = filters.name
    return redirect(address_of(filters.query))


def filters_of(request: PersonRequest) -> FindingFilters:
    """Those of the page's address, with the name that it says is applied."""
    name = request.session.get(KEPT_NAME, "") if NAMED in request.GET else ""
    on, with_choices = request.user.local_date(), ASKED in request.GET
    return FindingFilters(request.GET, user=request.user, on=on, name=name, with_choices=with_choices)


def address_of(query: str) -> str:
    return f"{reverse('vigilance')}?{query}" if query else reverse("vigilance")


@require_safe
def not_assessed(request: PersonRequest) -> HttpResponse:
    """What can't be assessed yet for want of data, by guideline: never to be taken for conforming."""
    user = request.user
    found = lacking_everywhere(own_board(user, *READERS), user=user, on=user.local_date())
    return render(request, "guidelines/not_assessed.html", {"found": found, "most": MOST_NAMED})
