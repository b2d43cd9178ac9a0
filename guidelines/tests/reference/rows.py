"""The rows of one board, as plain values: what the slow reference reads, and what a test stores."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

Span = tuple[date, date | None]
"""From a day to the first that no longer counts; none: no end."""


class Undoable(Protocol):
    undone: bool


U = TypeVar("U", bound=Undoable)


def kept(rows: Iterable[U]) -> list[U]:
    return [row for row in rows if not row.undone]


def holds(span: tuple[date | None, date | None], on: date) -> bool:
    starts, ends = span
    return (starts is None or starts <= on) and (ends is None or ends > on)


@dataclass
class Meeting:
    on: date
    status: str
    channel: str = "in_person"
    reason: str = ""
    planned: bool = False
    minutes: int | None = None
    logged_on: date | None = None
    undone: bool = False
    setting: str = ""
    activity: str = ""
    structured: bool | None = None
    chosen_by: str = ""
    topic: str = ""
    activities: tuple[str, ...] = ()
    marks: dict[str, str] = field(default_factory=dict)


@dataclass
class Entry:
    """A liaison, a follow-up, an event, a review or a contact: ``of`` a student where there are several."""

    on: date
    of: str | None = None
    reviewed: tuple[bool, bool, bool] = (False, False, False)
    supported_on: date | None = None
    outcome: str = ""
    undone: bool = False


@dataclass
class Slot:
    weekday: int | None
    cycle_day: int | None
    minutes: int | None
    span: tuple[date | None, date | None] = (None, None)


@dataclass
class Dyad:
    key: str
    mentor: str
    student: str
    starts_on: date
    ends_on: date | None = None
    committed_until: date | None = None
    planned_handover: bool = False
    program: str = ""
    slots: list[Slot] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    pauses: list[Span] = field(default_factory=list)
    agreements: list[tuple[date, int, int]] = field(default_factory=list)  # signed on, objectives, tasks
    liaisons: list[Entry] = field(default_factory=list)
    followups: list[Entry] = field(default_factory=list)
    events: list[Entry] = field(default_factory=list)
    reviews: list[Entry] = field(default_factory=list)


@dataclass
class Lead:
    person: str
    starts_on: date
    ends_on: date | None = None
    reason: str = ""


@dataclass
class Group:
    key: str
    program: str
    starts_on: date
    ends_on: date | None
    members: list[tuple[str, date, date | None]] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    contacts: list[Entry] = field(default_factory=list)
    families: list[Entry] = field(default_factory=list)
    reviews: list[Entry] = field(default_factory=list)


@dataclass
class Mentor:
    key: str
    kind: str
    birth_date: date | None = None
    trainings: list[tuple[str, date, int]] = field(default_factory=list)  # kind, completed on, minutes
    styles: list[tuple[date, int, int]] = field(default_factory=list)  # on, developmental, prescriptive
    approaches: list[tuple[date, tuple[str, str, str, str]]] = field(default_factory=list)


@dataclass
class FunctionTime:
    on: date
    function: str
    minutes: int
    undone: bool = False


@dataclass
class Teacher:
    key: str
    releases: list[tuple[int, Decimal]] = field(default_factory=list)  # which school year, per cent
    times: list[FunctionTime] = field(default_factory=list)
    foundations: list[date] = field(default_factory=list)  # stated on, each of another topic


@dataclass
class Activity:
    content: str
    theme: str
    format: str
    has_result: bool


@dataclass
class Role:
    role: str
    limits: str
    acknowledged: dict[str, date] = field(default_factory=dict)


@dataclass
class Program:
    """``cadence``: 0 for weeks, or the class days of its cycle."""

    key: str
    school: str
    domain: str
    cadence: int = 0
    grace: int = 7
    meetings_per_unit: int | None = None
    minutes: int | None = None
    mentoring_form: str = ""
    forms: tuple[str, ...] = ()
    intervention: str = ""
    prevents_dropout: bool | None = None
    results: int = 0
    activities: list[Activity] = field(default_factory=list)
    roles: dict[str, Role] = field(default_factory=dict)


@dataclass
class Student:
    key: str
    grade: int | None = None
    birth_date: date | None = None


@dataclass
class Setting:
    guideline: str
    name: str
    program: str | None
    value: int | None
    starts_on: date


@dataclass
class Board:
    """Everything that a board knows. ``class_days``: of each school."""

    years: list[tuple[date, date]]
    terms: list[tuple[date, date]]
    class_days: dict[str, list[date]]
    programs: dict[str, Program] = field(default_factory=dict)
    mentors: dict[str, Mentor] = field(default_factory=dict)
    teachers: dict[str, Teacher] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    dyads: list[Dyad] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    periods: dict[tuple[str, int], list[tuple[date, date, list[date]]]] = field(default_factory=dict)
    """Weeks and cycles already cut (see ``weeks.periods``)."""
    weeks: dict[tuple[str, date], Any] = field(default_factory=dict)
    """The assessable weeks of a dyad or group on a day, already found (see ``weeks.assessable``)."""
