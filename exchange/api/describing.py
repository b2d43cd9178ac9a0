"""The description of the API (OpenAPI 3.1), from its declarations: what programs read, and what our page shows."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from exchange.api.problems import MEDIA_TYPE, SCHEMA, TITLES, Problem
from exchange.api.problems import answer as said_as_problem

READ_ALSO = (401, 403, 404, 405, 422, 429, 503)
WRITE_ALSO = (400, 401, 403, 404, 405, 415, 422, 429, 503)
CORRECT_ALSO = (*WRITE_ALSO, 412, 428)


def described(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view of the description: of no person, so open to all, in the language of the page."""

    def openapi(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        content = text_of(api, get_language() or "")
        return HttpResponse(content, content_type="application/json")

    return openapi


def nowhere(request: HttpRequest) -> HttpResponseBase:
    """What is at no address of the API."""
    return said_as_problem(Problem(404))


@cache
def text_of(api: NinjaAPI, language: str) -> str:
    """The description in the language of the moment, which is ``language``: written once."""
    return json.dumps(schema_of(api), cls=DjangoJSONEncoder, ensure_ascii=False)


def schema_of(api: NinjaAPI) -> dict[str, Any]:
    """As Django Ninja tells it, with every problem that an operation may answer."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    schema["info"]["description"] = _("Ce que vous pouvez voir et consigner, pour vos programmes.")
    schema["components"]["schemas"]["Problem"] = SCHEMA
    for method, operation in operations(schema):
        for status in READ_ALSO if method == "get" else CORRECT_ALSO if method == "put" else WRITE_ALSO:
            problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
            operation["responses"][status] = {
                "description": str(TITLES[status]),
                "content": {MEDIA_TYPE: problem},
            }
        if method == "get":
            operation["responses"][304] = {"description": _("Rien n’a changé")}
    return schema


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each with its method."""
    for path in schema["paths"].values():
        yield from path.items()
