"""The front door, and what is not any one app's."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accompagnement.navigation import THEMES, home_of
from people.expired_forms import is_of_this_site
from people.models import User

YEAR = timedelta(days=365)


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


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light or dark, remembered by the browser: on a shared computer it is the screen's, not the person's."""
    back = request.POST.get("next", "")
    answer = redirect(back if is_of_this_site(back) else "menu")
    if (theme := request.POST.get("theme")) in THEMES:
        answer.set_cookie("theme", theme, max_age=YEAR, secure=settings.PRODUCTION, httponly=True, samesite="Lax")
    return answer
