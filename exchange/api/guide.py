"""The API as a page tells it: read from its declarations, in the language of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from exchange.api.declaration import Resource, Table, Text, Told, tables_of
from exchange.api.entries import WRITABLE, Writable
from people.models import User

TYPES = {int: "integer", str: "string", bool: "boolean", list: "list"}


@dataclass(frozen=True)
class Field:
    """One line of a table of fields; ``values`` are codes, each with its words."""

    name: str
    label: Text
    type: str
    values: list[tuple[str, Text]]


@dataclass(frozen=True)
class Section:
    """One list: its addresses, what narrows it, its fields."""

    name: str
    title: Text
    addresses: list[tuple[str, str, str]]
    """Method, address, what for."""
    asked: list[str]
    fields: list[Field]
    written: list[Field]


def sections(user: User) -> Iterator[Section]:
    """What the person's programs may ask."""
    writable = {one.name: one for one in WRITABLE}
    for table in tables_of(user).values():
        yield _section(table, writable.get(table.name)) if isinstance(table, Resource) else _counted(table)


def _counted(table: Table) -> Section:
    root = f"/api/v1/{table.name}"
    addresses = [("GET", root, str(table.title)), ("GET", f"{root}.csv", _("tout, en un fichier CSV"))]
    return Section(table.name, table.title, addresses, list(table.asked), list(_fields(table.fields)), [])


def _section(resource: Resource, writable: Writable | None) -> Section:
    root = f"/api/v1/{resource.name}"
    addresses = [
        ("GET", root, _("les lignes, par pages")),
        ("GET", f"{root}/{{id}}", _("une seule ligne")),
        ("GET", f"{root}.csv", _("tout, en un fichier CSV")),
    ]
    written: list[Field] = []
    if writable:
        addresses += [
            ("POST", f"/api/v1/{writable.whose}/{{id}}/{resource.name}", _("consigner")),
            ("PUT", f"{root}/{{id}}", _("corriger")),
        ]
        written = list(_written(writable))
    asked = ["after", "limit", *(["since", "until"] if resource.dated else []), *resource.filters]
    return Section(resource.name, resource.title, addresses, asked, list(_fields(resource.fields)), written)


def _fields(fields: Iterable[Told]) -> Iterator[Field]:
    for told in fields:
        values = [(code, told.labels.get(code, "")) for code in told.values]
        yield Field(told.name, told.label, TYPES.get(told.type, told.type.__name__), values)


def _written(writable: Writable) -> Iterator[Field]:
    schema: Any = writable.schema(is_new=True).model_json_schema()
    required = schema.get("required", [])
    for name, said in schema["properties"].items():
        choices = said.get("enum") or [code for one in said.get("anyOf", []) for code in one.get("enum", [])]
        kind = _("obligatoire") if name in required else _("facultatif")
        yield Field(name, said.get("description", ""), kind, [(str(code), "") for code in choices])
