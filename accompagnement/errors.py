"""Pages for what went wrong, in the visitor's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

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
