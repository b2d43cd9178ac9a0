"""What became of a record, version by version, in words: who, when, what changed; notes as the person may read them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.models import Student, User
from people.names import plain
from programs.attendance import Presences, presences, presences_then
from programs.log.history import history_of
from programs.log.kinds import AnyKind
from programs.log.labels import Names, Told, fields_of, label_of, names_of, words_of
from programs.models import Attendance, GroupMeeting, LoggedRecord, Version

MOST = 100
Status = GroupMeeting.Status


@dataclass(frozen=True)
class Change:
    """A field's words before and after; empty where nothing was said."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Revision:
    """``at`` is None for what was brought in bulk: only the day of the log is known, when there is one."""

    deed: str
    who: str
    at: datetime | None
    day: date | None
    changes: list[Change]
    version: int
    may_return: bool


@dataclass(frozen=True)
class Line:
    """A version, or the record itself when nobody changed it since it came in bulk; who was there, when it says so.

    A note is hidden by its own level, or since a later one is confidential.
    """

    row: Told
    there: Presences | None
    note_is_hidden: bool


def revisions(kind: AnyKind, record: LoggedRecord, user: User) -> list[Revision]:
    """The record's versions, newest first, without those that changed nothing. Six queries or fewer."""
    lines = _lines(kind, record, user)
    fields = fields_of(type(record))
    names = names_of(fields, [line.row for line in lines])
    students = _students(lines)
    told = [
        _revision(old, new, _changes(old, new, fields, names, students))
        for old, new in zip([*lines[1:], None], lines, strict=True)
    ]
    return [one for one in told if one.changes or not one.may_return or one is told[-1] or one is told[0]]


def _lines(kind: AnyKind, record: LoggedRecord, user: User) -> list[Line]:
    """Newest first."""
    readable = kind.readable_note(user)
    versions = history_of(record).select_related("history_user")
    itself: QuerySet[Any] = type(record)._base_manager.filter(pk=record.pk)
    rows: list[Told] = []
    for read in (versions, itself):
        rows = rows or list(read.annotate(readable_note=readable).select_related("logged_by")[:MOST])
    lines, hidden = [], False
    for row in rows:
        hidden = hidden or bool(row.note and not row.readable_note)
        lines.append(Line(row, presences_then(row), hidden))
    if isinstance(record, GroupMeeting) and record.status == Status.HELD and rows[0].is_logged and not lines[0].there:
        lines[0] = replace(lines[0], there=presences(record))
    return lines


def _students(lines: list[Line]) -> dict[str, str]:
    """The names of those whose presence a version tells."""
    numbers = {number for line in lines for number in line.there or {}}
    rows: Iterable[Student] = Student.objects.filter(pk__in=[int(number) for number in numbers]) if numbers else []
    return {str(row.pk): str(row) for row in rows}


def _changes(
    old: Line | None, new: Line, fields: Iterable[models.Field], names: Names, students: dict[str, str]
) -> list[Change]:
    changes = []
    for field in fields:
        before, after = words_of(field, old.row, names) if old else "", words_of(field, new.row, names)
        if before != after:
            changes.append(Change(label_of(field), before, after))
    return changes + _presence_changes(old.there if old else None, new.there, students) + _note_changes(old, new)


def _revision(old: Line | None, new: Line, changes: list[Change]) -> Revision:
    row, version = new.row, new.row if isinstance(new.row, Version) else None
    by_hand = version and version.history_user
    brought = by_hand is None and old is None
    return Revision(
        deed=_deed(old.row if old else None, row),
        who=str(by_hand or (row.logged_by if brought else None) or ""),
        at=None if brought or version is None else version.history_date,
        day=row.logged_on if brought else None,
        changes=changes,
        version=version.history_id if version else 0,
        may_return=row.deleted_at is None and row.is_logged,
    )


def _deed(old: Told | None, new: Told) -> str:
    if old is None:
        return _("Consignation") if new.is_logged else _("Prévision")
    if new.deleted_at and not old.deleted_at:
        return _("Annulation")
    if old.deleted_at and not new.deleted_at:
        return _("Rétablissement")
    if old.is_logged and not new.is_logged:
        return _("Annulation\u00a0: à consigner de nouveau")
    return _("Consignation") if new.is_logged and not old.is_logged else _("Modification")


def _note_changes(old: Line | None, new: Line) -> list[Change]:
    before, after = (old.row.note if old else ""), new.row.note
    if before == after:
        return []
    if not (new.note_is_hidden or (old and old.note_is_hidden)):
        return [Change(pgettext("rencontre", "Note"), before, after)]
    if not before:
        return [Change("", "", _("note confidentielle ajoutée"))]
    return [Change("", "", _("note confidentielle modifiée") if after else _("note confidentielle retirée"))]


def _presence_changes(old: Presences | None, new: Presences | None, students: dict[str, str]) -> list[Change]:
    if new is None:
        return []
    words = {value: str(label) for value, label in Attendance.Status.choices}
    numbers = sorted((old or {}) | new, key=lambda number: plain(students.get(number, "")))
    if old is None:
        away = [
            (students.get(number, ""), new[number]) for number in numbers if new[number] != Attendance.Status.PRESENT
        ]
        if not away:
            return [Change(_("Présences"), "", _("groupe complet"))]
        return [Change(_("Présences"), "", ", ".join(f"{name} ({words[status]})" for name, status in away))]
    return [
        Change(students.get(number, ""), words.get(old.get(number, ""), ""), words.get(new.get(number, ""), ""))
        for number in numbers
        if old.get(number) != new.get(number)
    ]
