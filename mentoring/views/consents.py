"""« Consentements »: what the board's students agreed to, in force, withdrawn or missing."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.consents import STATES, counts, in_state, masked
from people.access import Role
from people.apart import tell_apart
from people.models import Consent
from people.models.privacy import READERS
from people.requests import PersonRequest
from people.shortcuts import own_board

PER_PAGE = 50


@require_safe
def consents(request: PersonRequest) -> HttpResponse:
    """Student by student to the privacy officer; how many to the board's administrator, who knows no student."""
    user, on = request.user, request.user.local_date()
    board = own_board(user, *READERS)
    names, state = user.access.holds(Role.PRIVACY_OFFICER), request.GET.get("etat", "")
    state = state if state in STATES else "en-vigueur"
    found = counts(board, on)
    tabs = [(key, words, found[key] if names else masked(found[key])) for key, words in STATES.items()]
    context = {"tabs": tabs, "state": state, "names": names}
    if names:
        page = Paginator(in_state(board, state, on), PER_PAGE).get_page(request.GET.get("page"))
        rows = [(row.student, row) if isinstance(row, Consent) else (row, None) for row in page]
        tell_apart([student for student, _row in rows])
        context |= {"page": page, "rows": rows}
    return render(request, "mentoring/consents.html", context)
