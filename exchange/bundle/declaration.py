"""What a bundle's file is: one declaration serves the reader, the writer and the Table Schema."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from exchange.bundle.types import (
    Boolean,
    CellType,
    Choice,
    Clock,
    Day,
    Email,
    Items,
    Percent,
    Reference,
    Text,
    Whole,
)
from people.models import SchoolBoard

#: Which file names the rows of a model, and the lookup from such a row to that name.
NAMED_BY = {
    "people.SchoolBoard": ("boards.csv", "key"),
    "people.School": ("schools.csv", "key"),
    "people.User": ("people.csv", "key"),
    "people.Student": ("students.csv", "key"),
    "people.Guardian": ("guardians.csv", "key"),
    "programs.SchoolYear": ("school_years.csv", "key"),
    "programs.Program": ("programs.csv", "key"),
    "programs.ExpectedResult": ("program_results.csv", "key"),
    "programs.ProgramRole": ("program_roles.csv", "key"),
    "programs.SupportGroup": ("groups.csv", "key"),
    "programs.GroupMeeting": ("group_meetings.csv", "key"),
    "guidelines.TeamMeeting": ("team_meetings.csv", "key"),
    "mentoring.Mentor": ("mentors.csv", "person__key"),
    "mentoring.Dyad": ("dyads.csv", "key"),
    "mentoring.MatchingRound": ("matching_rounds.csv", "key"),
}

Values = dict[str, Any]
#: Looks at a row's final values; answers the column and the sentence of what can't be stored.
Check = Callable[[Values], tuple[str, str] | None]


@dataclass(frozen=True)
class Column:
    """``attribute`` is what the model stores; ``lookup`` is where the writer reads. Both empty: not of the model."""

    name: str
    type: CellType
    attribute: str = ""
    lookup: str = ""
    required: bool = False
    empty: Callable[[], Any] = lambda: None
    read: Callable[[SchoolBoard], dict[int, Any]] | None = None


@dataclass(frozen=True)
class BundleFile:
    """One file and the model that holds its rows.

    ``identity`` names the attributes by which a row is known again; ``handle`` and ``board`` are the lookups from a row
    to its outside name and to its board; ``further_ranges`` are pairs of attributes. Two declarations share a file when
    each needs another column (``given``).
    ``tied`` names the columns that never change under a known key: whom it is about.
    ``derived`` computes what the model stores of a row's final values without a column of its own.
    ``named_by`` names the columns of an identity that the model spells otherwise; ``matched`` are the only rows that a
    row of the file may be known as.
    """

    name: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ("board_id", "key")
    board: str = "board"
    handle: str = "key"
    further_ranges: tuple[tuple[str, str], ...] = ()
    checks: tuple[Check, ...] = ()
    derived: tuple[tuple[str, Callable[[Values], Any]], ...] = ()
    kept: Q = field(default_factory=Q)
    given: str = ""
    tied: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    matched: Q = field(default_factory=Q)
    rules: str = ""

    @cached_property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """The days that may not be upside down: a beginning and an end where a row has both, and those declared."""
        usual, held = ("starts_on", "ends_on"), {column.attribute for column in self.columns}
        return (*([usual] if held.issuperset(usual) else []), *self.further_ranges)

    @property
    def handle_column(self) -> str:
        """The column that names the row for other files."""
        return self.handle.split("__")[0]

    @property
    def references(self) -> list[Column]:
        return [column for column in self.columns if isinstance(column.type, Reference)]

    @property
    def identity_columns(self) -> list[str]:
        """The columns of the identity, as the writer sorts by them."""
        return [*self.named_by] or [column.name for column in self.columns if column.attribute in self.identity]


def rows_of(owner: str, name: str, model: type[models.Model], names: str, *, known_by: str, **more: Any) -> BundleFile:
    """A file of rows that no other names: each is of its owner's board, and is known again by what it says."""
    identity = (f"{owner}_id", *known_by.split())
    made = columns(model, f"{owner} {names}")
    return BundleFile(name, model, made, identity=identity, board=f"{owner}__board", handle="", **more)


def columns(model: type[models.Model], names: str, **special: Column | CellType) -> tuple[Column, ...]:
    """Columns made from the model's fields: type, choices, bounds, whether required, and what an empty cell stores.

    ``special`` gives a column of another kind, or another type for the field.
    """
    made = []
    for name in names.split():
        given = special.get(name)
        made.append(given if isinstance(given, Column) else column(model, name, type=given))
    return tuple(made)


def column(
    model: type[models.Model], name: str, *, required: bool | None = None, type: CellType | None = None
) -> Column:
    source = model._meta.get_field(name)
    if not isinstance(source, models.Field):
        raise TypeError(f"{model.__name__}.{name} holds no value")
    lookup = name
    if isinstance(source, models.ForeignKey):
        file, key = NAMED_BY[source.related_model._meta.label]
        lookup, type = f"{name}__{key}", Reference(120, file)
    if required is None:
        required = name == "key" or not (source.null or source.blank or source.has_default())
    return Column(name, type or cell_type(source), source.attname, lookup, required, empty_of(source))


def named(name: str, column: Column) -> Column:
    """The column under the name that the bundle has given it from the start."""
    return replace(column, name=name)


def undecided(column: Column) -> Column:
    """The column with nothing stored for an empty cell: a rule of its file decides."""
    return replace(column, empty=lambda: None)


def empty_of(source: models.Field) -> Callable[[], Any]:
    if source.null:
        return lambda: None
    if source.has_default() and source.name != "key":
        return source.get_default
    return str


def cell_type(source: models.Field) -> CellType:
    """The type of the cells that a model's field stores."""
    if source.choices:
        return Choice(values_of(source.choices))
    if isinstance(source, models.EmailField):
        return Email(source.max_length)
    if isinstance(source, models.CharField | models.TextField):
        return Text(source.max_length)
    if isinstance(source, models.IntegerField):
        least = [v.limit_value for v in source.validators if isinstance(v, MinValueValidator)]
        most = [v.limit_value for v in source.validators if isinstance(v, MaxValueValidator)]
        largest = 32767 if isinstance(source, models.PositiveSmallIntegerField) else 2147483647
        return Whole(max(0, *least, 0), min(largest, *most, largest))
    simple: dict[type[models.Field], CellType] = {
        models.BooleanField: Boolean(),
        models.DateField: Day(),
        models.DecimalField: Percent(),
        models.JSONField: Items(),
        models.TimeField: Clock(),
    }
    return simple[source.__class__]


def values_of(choices: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value, _label in choices if value)
