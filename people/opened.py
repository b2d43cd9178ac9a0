"""Whose file the page of a request shows: read once a request, remembered for the day in the session."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef
from django.http import HttpRequest

from people.actions.looks import note_seen
from people.actions.openings import note_files, note_list
from people.looking import look_of
from people.models import Student, User
from people.privacy.pages import NAMING, PAGES
from people.privacy.tables import table_of
from people.ways import WAYS

SHOWN = (200, 422)
"""The answers that show what their address holds."""
TODAY = "files_opened_today"
"""In the session: the day, and what was opened that day."""


@dataclass(frozen=True)
class Opened:
    """What the page is of: ``students`` by id, each with the ways by which their file opens to the person.

    The page of a student whom nothing opens by itself may still show something of theirs.
    """

    of: str
    students: Mapping[int, list[str]]
    is_noted: bool


def opened_on(request: HttpRequest) -> Opened | None:
    """None on pages that are of nobody in particular. No query the second time of a day, else two."""
    if not hasattr(request, "opened_file"):
        request.opened_file = _opened_on(request)  # type: ignore[attr-defined]
    found: Opened | None = request.opened_file  # type: ignore[attr-defined]
    return found


def _opened_on(request: HttpRequest) -> Opened | None:
    match, user = request.resolver_match, getattr(request, "user", None)
    page = PAGES.get(match.url_name or "") if match is not None else None
    if page is None or match is None or not isinstance(user, User):
        return None
    model, pk = page.row(match.kwargs)
    of = f"{model._meta.label}:{pk}"
    known = _today(request).get(of)
    if known is not None:
        return Opened(of, {int(student): ways for student, ways in known.items()}, is_noted=True)
    return Opened(of, ways_to(students_of(model, pk), user), is_noted=False)


def students_of(model: type[Model], pk: int) -> set[int]:
    """The students whom a row is about, by the line of its table. One query, none when it is about none."""
    one = table_of(model)
    lookups = [lookup or "pk" for lookup in one.student] if one else []
    values = model._base_manager.filter(pk=pk).values_list(*lookups).first() if lookups else None
    return {value for value in values or () if value}


def ways_to(students: set[int], user: User) -> dict[int, list[str]]:
    """By which ways each student's file opens to a person. One query."""
    here = Student._base_manager.filter(pk=OuterRef("pk"))
    ways = {f"by_{way.code}": Exists(here.filter(way.students(user))) for way in WAYS}
    rows = Student._base_manager.filter(pk__in=students).annotate(**ways) if students else ()
    return {row.pk: sorted(way.code for way in WAYS if getattr(row, f"by_{way.code}")) for row in rows}


def note_page(request: HttpRequest) -> None:
    """Keep in the journal what the page shows, once a day. Nothing when it was, else two queries and the entry."""
    found, user, look = opened_on(request), request.user, look_of(request)
    if look is not None:
        note_seen(look=look, students=_shown(request, found), named=_naming(found))
        return
    if found is None or found.is_noted or not isinstance(user, User):
        return
    label, _colon, pk = found.of.partition(":")
    if found.students:
        note_files(students=found.students, user=user)
    elif label in NAMING:
        note_list(label=label, pk=int(pk), user=user)
    day = user.local_date().isoformat()
    request.session[TODAY] = {"day": day, "rows": {**_today(request), found.of: found.students}}


def _shown(request: HttpRequest, found: Opened | None) -> set[int]:
    """Of whose files the page is; the student's own page, which keeps its opening itself, among them."""
    match = request.resolver_match
    own = {match.kwargs["pk"]} if match is not None and match.url_name == "student" else set()
    return own | set(found.students if found else ())


def _naming(found: Opened | None) -> tuple[str, int] | None:
    """The row of which the page names the students."""
    label, _colon, pk = (found.of if found else "").partition(":")
    return (label, int(pk)) if found and label in NAMING and not found.students else None


def _today(request: HttpRequest) -> dict[str, Any]:
    kept = request.session.get(TODAY) or {}
    user = request.user
    same = isinstance(user, User) and kept.get("day") == user.local_date().isoformat()
    rows: dict[str, Any] = kept["rows"] if same else {}
    return rows
