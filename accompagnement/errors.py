"""Pages for what went wrong, in the visitor's language."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults

from accompagnement.operations.away import answer_away, is_away
from people import expired_forms
from people.drafts import opened_form


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page of another session: what was typed in it is kept. The sign-in form says how to send it again."""
    opened = opened_form(request.POST)
    matched = request.resolver_match
    within = matched is not None and getattr(matched.func, "login_required", True)
    if opened or (within and expired_forms.came_from(request) != reverse("home")):
        return expired_forms.lead_back(request, opened)
    return render(request, "csrf.html", status=403)


def bad_request(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """400, but for a session that could not be saved because the database left: Django says that it was deleted."""
    if is_away(exception):
        return answer_away(request, exception)
    return defaults.bad_request(request, exception)  # type: ignore[arg-type]


def server_error(request: HttpRequest) -> HttpResponse:
    """What an error that nobody foresaw is answered with: 503 while the database is away, else 500."""
    error = sys.exc_info()[1]
    if error is not None and is_away(error):
        return answer_away(request, error)
    return defaults.server_error(request)
