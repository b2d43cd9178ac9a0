"""What every kind of roster is read into: records that name where they come from, and what was noted on the way."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

FILES = {"orgs": "orgs.csv", "users": "users.csv", "academicsessions": "academicSessions.csv"}


@dataclass(frozen=True)
class Place:
    """A cell of a file; ``row`` is the one that a spreadsheet shows (the header is row 1)."""

    file: str
    row: int | None = None
    column: str = ""

    def at(self, column: str) -> "Place":
        return Place(self.file, self.row, column)

    def __str__(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(_("ligne %(row)d") % {"row": self.row})
        if self.column:
            parts.append(_("colonne %(column)s") % {"column": self.column})
        return ", ".join(parts)


@dataclass(frozen=True)
class Note:
    """Something said about a cell: a tolerance (with its ``kind``), a dangling reference or an error."""

    place: Place
    kind: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self.place), "kind": self.kind, "message": self.message}

    def __str__(self) -> str:
        return f"{self.place}\u00a0: {self.message}"


@dataclass(frozen=True)
class Dangling:
    """A reference to an id that the file does not hold; ``target`` is the file where it was looked for."""

    place: Place
    value: str
    target: str

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self.place), "value": self.value, "target": self.target}

    def __str__(self) -> str:
        words = _("la référence «\u00a0%(value)s\u00a0» ne mène nulle part (%(target)s).")
        return f"{self.place}\u00a0: {words % {'value': self.value, 'target': self.target}}"


@dataclass
class Notes:
    """All that one import has to say, in the order of the files."""

    tolerances: list[Note] = field(default_factory=list)
    dangling: list[Dangling] = field(default_factory=list)
    errors: list[Note] = field(default_factory=list)

    def tolerate(self, place: Place, kind: str, message: str) -> None:
        self.tolerances.append(Note(place, kind, message))

    def refuse(self, place: Place, message: str) -> None:
        self.errors.append(Note(place, "error", message))


@dataclass(frozen=True)
class Org:
    place: Place
    key: str
    name: str
    type: str
    parent: str = ""
    gone: bool = False


@dataclass(frozen=True)
class Session:
    """A school year or a part of one; ``ends_on`` is already the first day that no longer counts."""

    place: Place
    key: str
    title: str
    type: str
    starts_on: date
    ends_on: date
    parent: str = ""
    school_year: str = ""


@dataclass(frozen=True)
class Person:
    """Someone of the roster; ``None`` means that the file says nothing, and what is known stays."""

    place: Place
    key: str
    given_name: str
    family_name: str
    kinds: frozenset[str]  # of "student", "guardian", "adult"
    orgs: tuple[str, ...] = ()
    main_org: str = ""  # when the file names one
    email: str | None = None
    phone: str = ""
    grade: int | None = None
    grade_given: bool = False
    birth_date: date | None = None
    active: bool = True
    gone: bool = False


@dataclass(frozen=True)
class Relation:
    """An adult of a student's family; ``word`` is the roster's own name of the link."""

    place: Place
    person: str
    student: str
    word: str


@dataclass
class Roster:
    format: str
    orgs: list[Org] = field(default_factory=list)
    has_orgs_file: bool = True
    sessions: list[Session] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def top_district(self) -> str:
        """The name of the organisation that holds the others, if the file says so."""
        tops: Iterable[Org] = (
            o for o in self.orgs if not o.gone and o.type in {"district", "local", "localeducationagency"}
        )
        return next((o.name for o in tops), "")
