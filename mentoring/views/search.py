"""Searching by name: a POST, so that no name stays in an address or a journal of the server."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mentoring.forms.relations import SearchForm
from mentoring.search import find
from mentoring.views.dyads import READERS
from mentoring.views.referrals import REFERRERS
from people.access import Role
from people.requests import PersonRequest
from people.shortcuts import require_role


@require_http_methods(["GET", "POST"])
def search(request: PersonRequest) -> HttpResponse:
    """Students, and visible dyads and groups, by name."""
    require_role(request.user, *READERS, Role.PRIVACY_OFFICER)
    on = request.user.local_date()
    form = SearchForm(request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"form": form, "on": on, "may_refer": request.user.access.holds(*REFERRERS)}
    if form.is_valid():
        page |= {"found": find(form.cleaned_data["q"], request.user, on=on), "asked": form.cleaned_data["q"]}
    return render(request, "mentoring/search.html", page, status=422 if form.errors else 200)
