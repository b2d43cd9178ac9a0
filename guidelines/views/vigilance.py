"""The list of findings: rows for those who answer for them, counts for the board's administration."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.counts import board_counts
from guidelines.forms import FindingFilters
from guidelines.missing_data import lacking_everywhere
from guidelines.models import Flag
from people.access import Role
from people.requests import PersonRequest

READERS = (
    Role.MENTOR,
    Role.RESOURCE_TEACHER,
    Role.PROGRAM_LEAD,
    Role.TRAINER,
    Role.SCHOOL_MANAGER,
)
PER_PAGE = 25
MOST_NAMED = 12


@require_safe
def vigilance(request: PersonRequest) -> HttpResponse:
    """The live findings that the person may read, the most pressing first; and the board's counts, to its admin."""
    access = request.user.access
    counts = board_counts(request.user) if access.holds(Role.BOARD_ADMIN) else None
    if not access.holds(*READERS):
        if counts is None:
            raise PermissionDenied
        return render(request, "guidelines/counts.html", {"counts": counts})
    visible = Flag.objects.visible_to(request.user)
    filters = FindingFilters(request.GET or None)
    page = Paginator(filters.apply(visible).with_subject(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filters": filters, "filtered": filters.in_use, "counts": counts}
    return render(request, "guidelines/vigilance.html", context)


@require_safe
def not_assessed(request: PersonRequest) -> HttpResponse:
    """What can't be assessed yet for want of data, by guideline: never to be taken for conforming."""
    user = request.user
    if not user.access.holds(*READERS) or user.board is None:
        raise PermissionDenied
    found = lacking_everywhere(user.board, user=user, on=user.local_date())
    return render(request, "guidelines/not_assessed.html", {"found": found, "most": MOST_NAMED})
