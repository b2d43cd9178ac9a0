"""What is answered to a directory: what is served, and the people of the board."""

import re
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from scim2_models import Context, ListResponse, PatchOp, Resource, ResourceType, Schema, SearchRequest

from exchange.scim.actions import amend, hold, provide, take_out
from exchange.scim.addresses import ROOT
from exchange.scim.door import answer, body_of, of_a_directory, refuse
from exchange.scim.people import entry_of, fresh_entry, named, people_of
from exchange.scim.resource import FARTHEST, MOST_LISTED, User, described, resource_of
from people.models import SchoolBoard
from people.models import User as Adult

ONE = re.compile(r'\s*(userName|externalId)\s+eq\s+"([^"\\]+)"\s*', re.IGNORECASE)
"""The question that directories ask of every person: it is put to the database."""


@of_a_directory("GET")
def config(request: HttpRequest, board: SchoolBoard) -> HttpResponse:
    return answer(described(_root(request))[0].model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


@of_a_directory("GET")
def resource_types(request: HttpRequest, board: SchoolBoard, pk: str = "") -> HttpResponse:
    return _described(described(_root(request))[1], ResourceType, pk)


@of_a_directory("GET")
def schemas(request: HttpRequest, board: SchoolBoard, pk: str = "") -> HttpResponse:
    return _described(described(_root(request))[2], Schema, pk)


@of_a_directory("GET", "POST")
def users(request: HttpRequest, board: SchoolBoard) -> HttpResponse:
    """The people of the board, some at a time; or one more."""
    if request.method == "GET":
        return _listed(request, board, request.GET.dict())
    said = User.model_validate(_active_unless_said(body_of(request)), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    adult = provide(board=board, said=said, at=timezone.now())
    return _one(request, adult, Context.RESOURCE_CREATION_RESPONSE, status=201)


@of_a_directory("GET", "PUT", "PATCH", "DELETE")
def user(request: HttpRequest, board: SchoolBoard, pk: str) -> HttpResponse:
    """One person: read, made anew, changed in part, taken out."""
    with transaction.atomic():
        if request.method != "GET":
            hold(board)  # before the person is read: what another request changes meanwhile would be put back
        return _asked_of_one(request, board, pk)


def _asked_of_one(request: HttpRequest, board: SchoolBoard, pk: str) -> HttpResponse:
    number = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0
    adult = people_of(board).filter(pk=number).first()
    if adult is None:
        return refuse(404, "no such user")
    before = resource_of(adult, entry_of(adult), root=_root(request))
    at = timezone.now()
    if request.method == "DELETE":
        take_out(board=board, adult=adult, said=before, at=at)
        return answer(None, 204)
    if request.method == "PUT":
        said = User.model_validate(_active_unless_said(body_of(request)), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
        said.replace(before)
        adult = amend(board=board, adult=adult, said=said, at=at)
        return _one(request, adult, Context.RESOURCE_REPLACEMENT_RESPONSE)
    if request.method == "PATCH":
        patch = PatchOp[User].model_validate(body_of(request), scim_ctx=Context.RESOURCE_PATCH_REQUEST)
        patch.patch(before)
        adult = amend(board=board, adult=adult, said=before, at=at)
        return _one(request, adult, Context.RESOURCE_PATCH_RESPONSE)
    return _one(request, adult, Context.RESOURCE_QUERY_RESPONSE)


@of_a_directory("POST")
def search(request: HttpRequest, board: SchoolBoard) -> HttpResponse:
    """The list, asked by what is sent rather than by the address."""
    return _listed(request, board, body_of(request))


@of_a_directory("GET", "POST", "PUT", "PATCH", "DELETE")
def nowhere(request: HttpRequest, board: SchoolBoard, rest: str) -> HttpResponse:
    return refuse(404, "no such address")


def _listed(request: HttpRequest, board: SchoolBoard, asked: dict[str, Any]) -> HttpResponse:
    wanted = SearchRequest[User].model_validate(asked, scim_ctx=Context.SEARCH_REQUEST)
    people, root = people_of(board), _root(request)
    start, count = min(wanted.start_index or 1, FARTHEST), wanted.count
    many = MOST_LISTED if count is None else min(count, MOST_LISTED)
    if wanted.filter is None or (one := ONE.fullmatch(str(asked.get("filter", "")))):
        if wanted.filter is not None and one:
            people = people.filter(named(one[1].lower(), one[2]))
        total, rows = people.count(), list(people[start - 1 : start - 1 + many])
        found = [resource_of(row, entry_of(row), root=root) for row in rows]
    else:
        every = [resource_of(row, entry_of(row), root=root) for row in people]
        every = [row for row in every if wanted.filter.match(row)]
        total, found = len(every), every[start - 1 : start - 1 + many]
    return _page(found, User, total, start, wanted)


def _page(
    rows: list[Any], kind: type[Resource[Any]], total: int, start: int, asked: SearchRequest[Any] | None = None
) -> HttpResponse:
    page = ListResponse[kind](  # type: ignore[valid-type]
        total_results=total, start_index=start, items_per_page=len(rows), resources=rows
    )
    return answer(page.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=asked))


def _one(request: HttpRequest, adult: Adult, context: Context, status: int = 200) -> HttpResponse:
    row = resource_of(adult, fresh_entry(adult), root=_root(request))
    asked = SearchRequest[User].model_validate(
        {name: value for name, value in request.GET.items() if name in ("attributes", "excludedAttributes")}
    )
    content = row.model_dump(scim_ctx=context, response_parameters=asked)
    return answer(content, status, Location=str(row.meta.location if row.meta else ""))


def _described(rows: list[Any], kind: type[Resource[Any]], pk: str) -> HttpResponse:
    if not pk:
        return _page(rows, kind, len(rows), 1)
    found = next((row for row in rows if str(row.id) == pk), None)
    if found is None:
        return refuse(404, "no such thing is described")
    return answer(found.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))


def _active_unless_said(said: dict[str, Any]) -> dict[str, Any]:
    """Directories leave it out for whom they add."""
    return said if any(name.lower() == "active" for name in said) else said | {"active": True}


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri(ROOT)
