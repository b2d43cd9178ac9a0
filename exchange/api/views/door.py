"""Who a program speaks for: by its token alone, never by a session; and how often it may ask."""

import time
from base64 import b64decode
from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from ninja.security import HttpBasicAuth, HttpBearer

from exchange.api.problems import Problem, answer
from exchange.api.secrets import note_use, token_of
from exchange.models import ApiToken
from people.emails import LOCALES

MINUTE = 60
SAFE = ("GET", "HEAD", "OPTIONS")
CHALLENGE = 'Bearer realm="Accompagnement", Basic realm="Accompagnement", charset="UTF-8"'
Scope = ApiToken.Scope
View = Callable[..., HttpResponseBase]


class Bearer(HttpBearer):
    """« Authorization: Bearer <token> »."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        return let_in(request, token)


class Basic(HttpBasicAuth):
    """The token as the password, whatever the name: what spreadsheets and Power BI know how to send.

    A browser sends it again by itself, so it only reads.
    """

    def authenticate(self, request: HttpRequest, username: str, password: str) -> ApiToken | None:
        return let_in(request, password) if request.method in SAFE else None

    def decode_authorization(self, value: str) -> tuple[str, str]:
        scheme, _space, said = value.partition(" ")
        if scheme.lower() != "basic":
            return "", ""
        try:
            name, _colon, password = b64decode(said, validate=True).decode().partition(":")
        except ValueError:
            return "", ""
        return name, password


def let_in(request: HttpRequest, secret: str) -> ApiToken | None:
    """The token, if it opens anything today; the request then is its person's: rights, language, hours, history."""
    at = timezone.now()
    token = token_of(secret.strip(), Scope.READ, Scope.WRITE, at=at)
    if token is None or token.person.board is None:
        return None
    person, board = token.person, token.person.board
    request.user = person
    request.LANGUAGE_CODE = LOCALES[board.language]
    translation.activate(request.LANGUAGE_CODE)
    timezone.activate(ZoneInfo(board.time_zone))
    refuse_too_many(token.pk)
    if request.method not in SAFE and token.scope != Scope.WRITE:
        raise Problem(403)
    if request.method not in SAFE and request.content_type != "application/json":
        raise Problem(415)
    note_use(token, at)
    return token


def refuse_too_many(token: int) -> None:
    """429 beyond so many requests in a minute; a cache that is down counts nothing and stops nobody."""
    now = time.time()
    key = f"api-{token}-{int(now // MINUTE)}"
    try:
        cache.add(key, 0, 2 * MINUTE)
        asked = cache.incr(key)
    except Exception:  # whatever the cache of the day raises when it is not there
        return
    if asked > settings.API_REQUESTS_PER_MINUTE:
        raise Problem(429, headers={"Retry-After": str(MINUTE - int(now % MINUTE))})


def answered(view: View) -> View:
    """A view of the API as the rest of the house meets it: no session, no CSRF, every refusal a problem."""

    @wraps(view)
    def shielded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visitor, request.user, is_head = request.user, AnonymousUser(), request.method == "HEAD"
        if is_head:
            request.method = "GET"
        try:
            response = _answer(view, request, args, kwargs)
        finally:
            request.user = visitor
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ("Authorization",))
        return _without_body(response) if is_head else response

    return csrf_exempt(login_not_required(shielded))


def _without_body(response: HttpResponseBase) -> HttpResponse:
    return HttpResponse(status=response.status_code, headers=dict(response.items()))


def _answer(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    response = view(request, *args, **kwargs)
    if response.status_code != 405:
        return response
    return answer(Problem(405, headers={"Allow": response["Allow"]}))
