"""A list by pages, one of its rows, the whole as a file: the same three addresses for each list that is declared."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Annotated, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model
from pydantic.json_schema import SkipJsonSchema

from exchange.api.declaration import MOST, Resource, worded
from exchange.api.openings import note_list, note_row
from exchange.api.problems import Fault, Problem
from exchange.api.values import Day, whole_number
from exchange.api.views.door import Basic, Bearer
from people.spreadsheets import guarded

LIMIT, MOST_ROWS = 50, 200
CHUNK = 2000
READING = [Bearer(), Basic()]
# The bounds come first: after a validator they would not be in the description.
Number = Annotated[int, Field(ge=0, le=MOST), BeforeValidator(whole_number)]
Absent = SkipJsonSchema[None]
"""What is left out; an address can't say null, so that its description doesn't."""
Id = Annotated[int, Path(ge=1, le=MOST)]


def add_reading(router: Router, resource: Resource) -> None:
    """Its three addresses."""
    row = resource.schema()
    page = create_model(f"{row.__name__}Page", items=(list[row], ...), next=(str | None, ...))  # type: ignore[valid-type]
    slug, title = resource.slug, resource.title
    of_page, of_file = asked_of(resource, pages=True), asked_of(resource, pages=False)

    def listed(request: HttpRequest, asked: Any) -> HttpResponseBase:
        refuse_unknown(request, of_page.model_fields)
        return page_of(request, resource, asked.model_dump(exclude_none=True))

    def filed(request: HttpRequest, asked: Any) -> HttpResponseBase:
        refuse_unknown(request, of_file.model_fields)
        return file_of(request, resource, asked.model_dump(exclude_none=True))

    def filed_whole(request: HttpRequest) -> HttpResponseBase:
        refuse_unknown(request, ())
        return file_of(request, resource, {})

    def one(request: HttpRequest, pk: Id) -> HttpResponseBase:
        refuse_unknown(request, ())
        told = told_of(request, resource, pk)
        note_row(request, resource, pk, on=_today(request))
        return conditional(request, told)

    let_ask(listed, "asked", Query, of_page)
    let_ask(filed, "asked", Query, of_file)
    whole = filed if of_file.model_fields else filed_whole
    shared: dict[str, Any] = {"auth": READING, "tags": [resource.name]}
    words: dict[str, Any] = {"list": title, "file": _("Tout, en un fichier CSV"), "one": _("Une seule ligne")}

    def said(what: str, **more: Any) -> dict[str, Any]:
        return {**shared, "operation_id": f"{slug}_{what}", "summary": words[what], **more}

    router.get(f"/{resource.name}", **said("list", response=page, url_name=f"api_v1_{slug}"))(listed)
    router.get(f"/{resource.name}.csv", **said("file", openapi_extra=FILE, url_name=f"api_v1_{slug}_csv"))(whole)
    router.get(f"/{resource.name}/{{int:pk}}", **said("one", response=row, url_name=f"api_v1_{slug}_one"))(one)


FILE: dict[str, Any] = {
    "responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}
}


def let_ask(view: Callable[..., Any], name: str, place: Any, schema: type[BaseModel]) -> None:
    """Let a view of our making take what stands in a place of the request, as this schema has it."""
    view.__annotations__[name] = place[schema]


def asked_of(resource: Resource, *, pages: bool) -> type[BaseModel]:
    """What may follow the question mark."""
    said: dict[str, Any] = {}
    if pages:
        said["after"] = (Number | Absent, worded(_("le dernier numéro de la page précédente"), None))
        said["limit"] = (
            Annotated[int, Field(ge=1, le=MOST_ROWS), BeforeValidator(whole_number)],
            worded(_("lignes par page"), LIMIT),
        )
    if resource.dated:
        said["since"] = (Day | Absent, worded(_("à partir de ce jour"), None))
        said["until"] = (Day | Absent, worded(_("avant ce jour, exclu"), None))
    for name in resource.filters:
        said[name] = (Number | Absent, worded(_("de ce numéro seulement"), None))
    name = f"{resource.key}{'Asked' if pages else 'Narrowed'}"
    return create_model(name, __config__=ConfigDict(extra="forbid"), **said)


def refuse_unknown(request: HttpRequest, known: Iterable[str]) -> None:
    """422 for a parameter that there is not: without it, a slip of the keyboard would give every row."""
    words = _t("Ce paramètre n’existe pas ici.")
    faults = [Fault(field=name, message=words, code="extra_forbidden") for name in {*request.GET} - {*known}]
    if faults:
        raise Problem(422, faults=faults)


def rows_of(request: HttpRequest, resource: Resource, asked: dict[str, Any]) -> "QuerySet[Any]":
    """What the person sees and asked for, by number."""
    rows = resource.rows(request.auth.person)  # type: ignore[attr-defined]
    said = {lookup: asked[name] for name, lookup in resource.filters.items() if name in asked}
    if "since" in asked:
        said[f"{resource.dated}__gte"] = asked["since"]
    if "until" in asked:
        said[f"{resource.dated}__lt"] = asked["until"]
    return rows.filter(**said).order_by("pk")


def _today(request: HttpRequest) -> date:
    day: date = request.auth.person.local_date()  # type: ignore[attr-defined]
    return day


def page_of(request: HttpRequest, resource: Resource, asked: dict[str, Any]) -> HttpResponseBase:
    """The rows after a number, and the address of what follows. One query, and the journal's."""
    rows = rows_of(request, resource, asked)
    note_list(request, resource, rows.model, on=_today(request))
    if "after" in asked:
        rows = rows.filter(pk__gt=asked["after"])
    limit = asked["limit"]
    found = list(rows[: limit + 1])
    items, following = [resource.told(row) for row in found[:limit]], None
    if len(found) > limit:
        query = request.GET.copy()
        query["after"] = str(items[-1]["id"])
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    response = conditional(request, {"items": items, "next": following})
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def told_of(request: HttpRequest, resource: Resource, pk: int) -> dict[str, Any]:
    """One row that the person sees, or 404. One query."""
    row = rows_of(request, resource, {}).filter(pk=pk).first()
    if row is None:
        raise Http404
    return resource.told(row)


def file_of(request: HttpRequest, resource: Resource, asked: dict[str, Any]) -> HttpResponseBase:
    """Every row, as it is read: one query, flat memory. Never a note."""
    rows = rows_of(request, resource, asked)
    note_list(request, resource, rows.model, on=_today(request))
    told = [one for one in resource.fields if one.in_files]

    def lines() -> Iterator[list[object]]:
        for row in rows.iterator(chunk_size=CHUNK):
            values = resource.told(row)
            yield [values[one.name] for one in told]

    return csv_of(resource.name, [one.name for one in told], lines())


def csv_of(name: str, columns: list[str], lines: Iterable[list[object]]) -> HttpResponseBase:
    """A file of these lines, as they come."""
    response = StreamingHttpResponse(_csv(columns, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Line:
    def write(self, text: str) -> str:
        return text


def _csv(names: list[str], lines: Iterable[list[object]]) -> Iterator[str]:
    """In the dialect of programs: UTF-8, a comma, ISO dates, a decimal point; text that no spreadsheet runs."""
    writer = csv.writer(_Line())
    yield writer.writerow(names)
    for cells in lines:
        yield writer.writerow([_cell(cell) for cell in cells])


def _cell(value: Any) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return guarded("|".join(map(str, value)))
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else value


def tag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def content_of(said: dict[str, Any]) -> bytes:
    return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def conditional(request: HttpRequest, said: dict[str, Any], status: int = 200) -> HttpResponseBase:
    """The answer with its ETag; 304 to who has it already."""
    content = content_of(said)
    tag = tag_of(content)
    response = HttpResponse(content, status=status, content_type="application/json", headers={"ETag": tag})
    if request.method != "GET":
        return response
    return get_conditional_response(request, etag=tag, response=response) or response
