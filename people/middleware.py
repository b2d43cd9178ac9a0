"""What every page that shows people has in common."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control


class PersonalPagesMiddleware:
    """Keep the pages of a signed-in person out of every cache (a shared classroom PC has a back button)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
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
