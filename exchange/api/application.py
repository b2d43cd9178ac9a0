"""The API put together: its addresses, its refusals. ``accompagnement`` adds what reports alone can count."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError

from exchange.api.declaration import RESOURCES
from exchange.api.describing import described, nowhere
from exchange.api.entries import WRITABLE
from exchange.api.problems import Problem, answer, fault_of
from exchange.api.resources import declare_all
from exchange.api.views.door import CHALLENGE, answered
from exchange.api.views.me import add_me
from exchange.api.views.reading import add_reading
from exchange.api.views.writing import add_writing

ROOT = "api/v1/"


def make_api(*more: Router) -> NinjaAPI:
    """Every operation of version 1, with those of other routers."""
    api = NinjaAPI(title="Accompagnement", version="1", openapi_url=None, docs_url=None, urls_namespace="api")
    declare_all()
    router = Router()
    add_me(router)
    for resource in RESOURCES.values():
        add_reading(router, resource)
    for writable in WRITABLE:
        add_writing(router, writable)
    for one in (router, *more):
        api.add_router("", one)
    for refusal, words in REFUSALS.items():
        api.add_exception_handler(refusal, words)
    return api


def addresses(api: NinjaAPI) -> Sequence[URLPattern]:
    """The addresses of an API, each answered for a token alone; what is at none of them is said as a problem too."""
    made: Any = api.urls[0]
    patterns = [
        path(f"{ROOT}{one.pattern}", answered(one.callback), name=one.name) for one in made if one.name != "api-root"
    ]
    described_at = path(f"{ROOT}openapi.json", answered(described(api)), name="api_v1_openapi")
    return [described_at, *patterns, re_path(r"^api/", answered(nowhere), name="api_v1_nowhere")]


def _unauthenticated(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(Problem(401, headers={"WWW-Authenticate": CHALLENGE}))


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(Problem(422, faults=[fault_of(one) for one in error.errors]))


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(Problem(error.status_code))


def _forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(Problem(403, str(error)))


REFUSALS: dict[type[Exception], Any] = {
    Problem: lambda request, problem: answer(problem),
    AuthenticationError: _unauthenticated,
    ValidationError: _invalid,
    HttpError: _http,
    Http404: lambda request, error: answer(Problem(404)),
    PermissionDenied: _forbidden,
}
