"""What became of a record, version by version, in words: who, when, what changed; notes as the person may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.models import Student, User
from programs.attendance import Presences, presences
from programs.log.history import history_of
from programs.log.kinds import RecordKind
from programs.log.labels import Names, fields_of, label_of, names_of, words_of
from programs.models import Attendance, GroupMeeting, LoggedRecord, MeetingRecord

MOST = 100
Status = MeetingRecord.Status


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


def revisions(kind: RecordKind[Any], record: LoggedRecord, user: User) -> list[Revision]:
    """The record's versions, newest first, without those that changed nothing. Six queries or fewer."""
    lines = _lines(kind, record, user)
    _redact(lines)
    fields = fields_of(type(record))
    names = names_of(fields, lines)
    students = _students(lines)
    told = [
        _revision(old, new, _changes(old, new, fields, names, students))
        for old, new in zip([*lines[1:], None], lines, strict=True)
    ]
    return [one for one in told if one.changes or not one.may_return or one is told[-1] or one is told[0]]


def _lines(kind: RecordKind[Any], record: LoggedRecord, user: User) -> list[Any]:
    """Newest first. A row that nobody changed since it came in bulk is its own only version."""
    readable = kind.readable_note(user)
    lines = list(history_of(record).annotate(readable_note=readable).select_related("history_user", "logged_by")[:MOST])
    if not lines:
        rows = type(record)._base_manager.filter(pk=record.pk).annotate(readable_note=readable)
        lines = list(rows.select_related("logged_by"))
    if isinstance(record, GroupMeeting) and record.status == Status.HELD and not getattr(lines[0], "attendance", None):
        lines[0].attendance = presences(record)
    return lines


def _redact(lines: list[Any]) -> None:
    """Say of each version whether its note is hidden: by its own level, or since a later one is confidential."""
    hidden = False
    for line in lines:
        hidden = hidden or bool(line.note and not line.readable_note)
        line.note_is_hidden = hidden


def _students(lines: list[Any]) -> dict[str, str]:
    """The names of those whose presence a version tells."""
    numbers = {number for line in lines for number in getattr(line, "attendance", None) or {}}
    rows = Student.objects.filter(pk__in=[int(number) for number in numbers]) if numbers else []
    return {str(row.pk): str(row) for row in rows}


def _changes(
    old: Any, new: Any, fields: Iterable[models.Field], names: Names, students: dict[str, str]
) -> list[Change]:
    changes = []
    for field in fields:
        before, after = words_of(field, old, names) if old is not None else "", words_of(field, new, names)
        if before != after:
            changes.append(Change(label_of(field), before, after))
    return changes + _presence_changes(_there(old), _there(new), students) + _note_changes(old, new)


def _revision(old: Any, new: Any, changes: list[Change]) -> Revision:
    by_hand = getattr(new, "history_user", None)
    brought = by_hand is None and old is None
    return Revision(
        deed=_deed(old, new),
        who=str(by_hand or (new.logged_by if brought else None) or ""),
        at=None if brought else new.history_date,
        day=new.logged_on if brought else None,
        changes=changes,
        version=getattr(new, "history_id", 0) or 0,
        may_return=new.deleted_at is None and getattr(new, "status", "") != Status.PLANNED,
    )


def _deed(old: Any, new: Any) -> str:
    status, before = getattr(new, "status", Status.HELD), getattr(old, "status", Status.PLANNED)
    if old is None:
        return _("Prévision") if status == Status.PLANNED else _("Consignation")
    if new.deleted_at and not old.deleted_at:
        return _("Annulation")
    if old.deleted_at and not new.deleted_at:
        return _("Rétablissement")
    if hasattr(new, "status") and status != before:
        if status == Status.PLANNED:
            return _("Annulation\u00a0: à consigner de nouveau")
        if before == Status.PLANNED:
            return _("Consignation")
    return _("Modification")


def _note_changes(old: Any, new: Any) -> list[Change]:
    before, after = (old.note if old is not None else ""), new.note
    if before == after:
        return []
    if not (new.note_is_hidden or (old is not None and old.note_is_hidden)):
        return [Change(pgettext("rencontre", "Note"), before, after)]
    if not before:
        return [Change("", "", _("note confidentielle ajoutée"))]
    return [Change("", "", _("note confidentielle modifiée") if after else _("note confidentielle retirée"))]


def _there(line: Any) -> Presences | None:
    """Who was there at a meeting that was held then; None when the version does not say."""
    return getattr(line, "attendance", None) if getattr(line, "status", "") == Status.HELD else None


def _presence_changes(old: Presences | None, new: Presences | None, students: dict[str, str]) -> list[Change]:
    if new is None:
        return []
    words = {value: str(label) for value, label in Attendance.Status.choices}
    numbers = sorted((old or {}) | new, key=lambda number: students.get(number, ""))
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
