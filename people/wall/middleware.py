"""Every request is behind the wall: of nobody, until somebody is recognised."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from people.wall import state

SIGNING_IN = ("allauth.", "people.views.providers")
"""Its pages find people by what they type or by a link: they work without the wall while nobody is known."""


class WallMiddleware:
    """Raises the wall around a request, and again around each part of an answer that is written as it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with state.standing(state.NOBODY):
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
                response.streaming_content = _behind(state.boards(), iter(response))
            return response

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *arguments: object) -> None:
        if not request.user.is_authenticated and getattr(view, "__module__", "").startswith(SIGNING_IN):
            state.open_to_sign_in()


def _behind(boards: state.Boards | None, parts: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with state.standing(boards):
            part = next(parts, None)
        if part is None:
            return
        yield part


def known_at_sign_in(request: HttpRequest, user: Any, **more: object) -> None:
    """Whatever the way in, the page that follows is of the person's board alone."""
    state.known(user.board_id)
