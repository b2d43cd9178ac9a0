"""The front door, and what is not any one app's."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accompagnement.navigation import home_of
from people.models import SchoolBoard, User


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send each to the page where their day begins."""
    if not isinstance(request.user, User):
        return redirect("account_login")
    return redirect(home_of(request.user).name)


@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """Everything that the phone's bottom bar has no room for."""
    return render(request, "menu.html")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer when the server and its database do."""
    SchoolBoard.objects.exists()
    return HttpResponse("ok", content_type="text/plain")
