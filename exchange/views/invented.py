"""Try an empty school with invented data, and take it out: a click each."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exchange.invented.actions import add_invented_data, remove_invented_data
from people.requests import PersonRequest
from programs.views.calendar import managed_school


@require_POST
def invented_add(request: PersonRequest) -> HttpResponse:
    """Fill the school that the form names; where the day begins, a banner then says so."""
    school, user = managed_school(request), request.user
    try:
        add_invented_data(school=school, person=user, on=user.local_date())
    except ValidationError as refusal:
        return render(request, "exchange/invented_refused.html", {"refusal": refusal}, status=422)
    return redirect("home")


@require_POST
def invented_remove(request: PersonRequest) -> HttpResponse:
    """Take out of the school that the form names all that is invented."""
    remove_invented_data(school=managed_school(request), person=request.user)
    messages.success(request, _("Les données inventées sont retirées."))
    return redirect("home")
