"""The first steps of a school, on a page of their own; and whether they also stand where the day begins."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentoring.first_steps import KEEPERS, first_steps
from people.actions.messages import set_first_steps_aside
from people.requests import PersonRequest
from people.shortcuts import require_role


@require_http_methods(["GET", "POST"])
def first_steps_page(request: PersonRequest) -> HttpResponse:
    """What is there, what comes next. Leaving it aside is one's own choice, and can be taken back here."""
    user = request.user
    require_role(user, *KEEPERS)
    if request.method == "POST":
        aside = "laisser" in request.POST
        set_first_steps_aside(person=user, aside=aside)
        return redirect("home" if aside else "first_steps")
    context = {"first": first_steps(user, user.local_date()), "on_own_page": True}
    return render(request, "mentoring/first_steps.html", context)
