"""What the API reads, declared once: a list's fields serve its JSON, its CSV, its schema and its documentation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict, Field, create_model

from people.access import Role
from people.models import User

Text = str | Promise
MOST = 2**63 - 1
"""The largest id there can be."""


@dataclass(frozen=True)
class Told:
    """A field of a row: ``read`` is a lookup (``"mentor.person"``) or a function of the row.

    An empty word is told as null. ``in_files`` is False for what a file never holds (notes).
    """

    name: str
    label: Text
    type: Any
    read: str | Callable[[Any], Any] = ""
    values: Sequence[str] = ()
    """The codes that there are, when it is one of a few."""
    labels: Mapping[str, Text] = field(default_factory=dict)
    """Their words, for the documentation."""
    nullable: bool = True
    in_files: bool = True

    @property
    def reader(self) -> Callable[[Any], Any]:
        read: Any = self.read or self.name
        return attrgetter(read) if isinstance(read, str) else read

    @property
    def annotation(self) -> Any:
        literal: Any = Literal
        said = literal[tuple(self.values)] if self.values else self.type
        said = list[str] if self.type is list else said
        return said | None if self.nullable else said


def one_of(name: str, label: Text, choices: Any, read: str = "", *, nullable: bool = True) -> Told:
    """A field that holds one of a model's choices, by its code."""
    return Told(name, label, str, read, choices.values, dict(choices.choices), nullable)


def plain(value: Any) -> Any:
    """A value as JSON and CSV say it: an empty word is nothing, an instant is in UTC."""
    if value is None or value == "":
        return None
    if isinstance(value, (Promise, BaseModel)):
        return str(value)
    if isinstance(value, (bool, int, float, str, list, date, datetime)):
        return value
    return str(value)


Rows = Callable[[User], "QuerySet[Any]"]


@dataclass(frozen=True)
class Resource:
    """One list: ``rows`` begin with what the person may see. ``filters`` name lookups; ``dated`` is that of its day."""

    name: str
    title: Text
    fields: tuple[Told, ...]
    rows: Rows
    filters: Mapping[str, str] = field(default_factory=dict)
    dated: str = ""

    @property
    def slug(self) -> str:
        """As names of Python and of the schema have it."""
        return self.name.replace("-", "_")

    @property
    def key(self) -> str:
        """« DyadMeeting »: the name of one of its rows in the schema."""
        return "".join(part.capitalize() for part in self.name.split("-")).removesuffix("s") or self.name

    def told(self, row: Any) -> dict[str, Any]:
        """One row, by field."""
        return {told.name: plain(told.reader(row)) for told in self.fields}

    def schema(self) -> type[BaseModel]:
        """The schema of one row."""
        return schema_of(self.key, self.fields)


def schema_of(name: str, fields: Sequence[Told]) -> type[BaseModel]:
    """The schema of an object with these fields."""
    columns: dict[str, Any] = {told.name: (told.annotation, worded(told.label)) for told in fields}
    return create_model(name, __config__=ConfigDict(extra="forbid"), **columns)


def worded(words: Any, default: Any = ..., **bounds: Any) -> Any:
    """A field of a schema; its words are said in the language of whoever reads the description."""
    return Field(default, description=words, **bounds)


RESOURCES: dict[str, Resource] = {}
"""By name, as addresses have it, in the order of the documentation."""


def declare(*resources: Resource) -> None:
    RESOURCES.update({one.name: one for one in resources})


@dataclass(frozen=True)
class Table:
    """What is read as one table for some roles, and counted elsewhere: it stands beside the lists in what we tell."""

    name: str
    title: Text
    fields: tuple[Told, ...]
    roles: tuple[Role, ...]
    asked: tuple[str, ...]

    @property
    def slug(self) -> str:
        return self.name.replace("-", "_")


TABLES: dict[str, Table] = {}


def declare_tables(*tables: Table) -> None:
    TABLES.update({one.name: one for one in tables})


def tables_of(user: User) -> dict[str, Resource | Table]:
    """All that the person may read as a table, by name; first what is their role's own."""
    own = {name: table for name, table in TABLES.items() if user.access.holds(*table.roles)}
    return {**own, **RESOURCES}
