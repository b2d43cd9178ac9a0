"""What every page that shows people has in common."""

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from people import expired_forms
from people.actions.drafts import keep_draft
from people.comparing import KEPT_THEIRS, KeptTheirs
from people.drafts import opened_form, typed
from people.models import User
from people.opened import SHOWN, note_page
from people.second_factor import must_set_up
from people.sessions import A_MINUTE, MARK, SEEN, is_remembered, remember


class PersonalPagesMiddleware(MiddlewareMixin):
    """Keep the pages of a signed-in person out of every cache (a shared classroom PC has a back button)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        return response


class BoardTimeMiddleware:
    """Show hours as the clocks of the person's board say them: a province has several zones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        board = getattr(request.user, "board", None)
        with timezone.override(ZoneInfo(board.time_zone) if board else None):
            return self.get_response(request)


class IdleLockMiddleware(MiddlewareMixin):
    """End a session where nothing was asked nor typed for a while: classroom computers are left open."""

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *arguments: object) -> None:
        if not request.user.is_authenticated:
            return
        now = int(time.time())
        idle = now - request.session.get(SEEN, 0) if SEEN in request.session else A_MINUTE
        if idle > settings.IDLE_LOCK_SECONDS:
            logout(request)
            if request.method == "GET" and getattr(view, "login_required", True):
                said = _("Votre session a pris fin, faute d’activité. Ce que vous aviez commencé est gardé.")
                messages.info(request, said)
        elif idle >= A_MINUTE:
            remember(request, request.user)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and MARK in request.session and not is_remembered(request):
            remember(request, user)
        return response


def remembered_at_sign_in(request: HttpRequest, user: User, **more: object) -> None:
    remember(request, user)


OPEN_WITHOUT = ("mfa_", "account_", "set_language", "set_theme")
"""Prefixes of what opens before a second factor is set up: setting it up, and leaving."""


class SecondFactorMiddleware(MiddlewareMixin):
    """Let nobody further who must set up a second factor first; what they were typing waits for them."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *arguments: object
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not must_set_up(request.user):
            return None
        is_open = not getattr(view, "login_required", True) or _address(request).startswith(OPEN_WITHOUT)
        if is_open:
            return None
        if opened := opened_form(request.POST):
            keep_draft(opened=opened, content=typed(request.POST))
        return redirect("mfa_index")


def _address(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.url_name or "" if match else ""


class OpenedFilesMiddleware(MiddlewareMixin):
    """Keep in the journal who opened a page that shows a student's file, or that names several students."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code in SHOWN:
            note_page(request)
        return response


class EntryMiddleware(MiddlewareMixin):
    """Nothing typed is lost nor given to someone else, whatever became of the session since the form was opened."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        opened = getattr(request, "opened_form", None)
        if opened is not None:
            return expired_forms.settle(request, opened, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *arguments: object
    ) -> HttpResponse | None:
        if request.method != "POST" or not getattr(view, "login_required", True):
            return None
        opened = opened_form(request.POST)
        if not request.user.is_authenticated or (opened and opened.person_id != request.user.pk):
            return expired_forms.lead_back(request, opened)
        request.opened_form = opened  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, KeptTheirs):
            messages.info(request, KEPT_THEIRS)
            return redirect(exception.to)
        if not isinstance(exception, expired_forms.LedAway):
            return None
        opened = request.__dict__.pop("opened_form", None)
        return expired_forms.lead_away(request, opened, exception)
