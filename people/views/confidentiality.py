"""« Confidentialité »: what is kept, why, how long, who reads it, and how to ask for one's own. For everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from people.access import Role
from people.models import User
from people.models.consents import ADULT_CONSENT_AGE
from people.person_forms import HINTS
from people.privacy.durations import durations
from people.privacy.officers import officers_of
from people.privacy.plan import plan_of
from people.ways import OFFICER, WAYS


@login_not_required
@require_safe
def confidentiality(request: HttpRequest) -> HttpResponse:
    """The same text for all; who is signed in reads whom to write to at their board. Three queries at most."""
    board = request.user.board if isinstance(request.user, User) else None
    context = {
        "durations": durations(plan_of(board) if board else None),
        "ways": [capfirst(str(way.words)) for way in (*WAYS, OFFICER)],
        "roles": [(capfirst(str(role.label)), HINTS[role]) for role in Role],
        "officers": officers_of(request.user) if isinstance(request.user, User) else [],
        "adult_age": ADULT_CONSENT_AGE,
    }
    return render(request, "people/confidentiality.html", context)
