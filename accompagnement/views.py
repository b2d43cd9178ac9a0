"""The front door, and what is not any one app's."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.access import Role
from people.models import SchoolBoard, User

HOMES: list[tuple[tuple[Role, ...], str]] = [
    ((Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER), "dashboard"),
    ((Role.RESOURCE_TEACHER, Role.MENTOR), "week"),
    ((Role.BOARD_ADMIN,), "reports"),
    ((Role.TRAINER,), "vigilance"),
]


def home(request: HttpRequest) -> HttpResponse:
    """Send each to the page where their day begins."""
    if not isinstance(request.user, User):
        return redirect("account_login")
    for roles, name in HOMES:
        if request.user.access.holds(*roles):
            return redirect(name)
    return redirect("guidelines")


def menu(request: HttpRequest) -> HttpResponse:
    """Everything that the phone's bottom bar has no room for."""
    return render(request, "menu.html")


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer when the server and its database do."""
    SchoolBoard.objects.exists()
    return HttpResponse("ok", content_type="text/plain")
