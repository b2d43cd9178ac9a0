"""What any record of a log may undergo: corrected, brought back to an earlier version, put back, forgotten at last."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import SchoolBoard, Student, User
from people.wording import spoken
from programs.actions.conflicts import Conflict
from programs.audit_verbs import RECORD_FORGOTTEN
from programs.kinds import Kind
from programs.memory import history_of, keep_presences, presences, remember, version_of
from programs.models import Attendance, GroupMeeting, LoggedRecord, MeetingRecord
from programs.models.meetings import readable_note
from programs.substitutes import refuse_other_day

KEPT_DAYS = timedelta(days=30)
OWN = {"id", "board", "key", "entry_uuid", "saved_at", "deleted_at"}
"""What no version gives back: a record keeps its keys, and the form that wrote it anew keeps its own."""


def is_logged(record: Any) -> bool:
    """Whether the record, or a version of it, tells a fact rather than a plan."""
    return getattr(record, "status", "") != MeetingRecord.Status.PLANNED


def restorable_since(on: date) -> datetime:
    """What was undone from then on can be put back; what was undone before is forgotten by the night."""
    return datetime.combine(on - KEPT_DAYS, time.min, tzinfo=UTC)


@transaction.atomic
def correct(
    *, kind: Kind, record: LoggedRecord, values: dict[str, Any], person: User, saved_at: datetime | None, on: date
) -> Any:
    """Write the values (by attribute) over the record as it stood at ``saved_at``; ``Conflict`` when it moved since.

    The same words sent twice are one change. What the record then says is checked whole.
    """
    current = _locked(kind, record)
    if current.deleted_at is not None:
        raise ValidationError(_("Cette entrée a été annulée entre-temps. Rétablissez-la, puis modifiez-la."))
    if current.saved_at != saved_at:
        if all(getattr(current, name) == value for name, value in values.items()):
            return current
        raise Conflict(current)
    remember(current)
    before = current.note
    for name, value in values.items():
        setattr(current, name, value)
    if "note" in values:
        current.logged_by = current.logged_by or person
        current.sign_note(before=before, person=person)
    _refuse_other_day(kind, current, person)
    kind.check(current, on)
    current.save()
    kind.changed(kind.owner_of(current), on)
    return current


@transaction.atomic
def bring_back(*, kind: Kind, record: LoggedRecord, version: int, seen: int, person: User, on: date) -> Any:
    """Let the record say again what it said at ``version``, while ``seen`` is still its latest one.

    Asked twice, it is done once. Refused when the same fact was logged again meanwhile, and, of what was undone, once
    thirty days have passed. A confidential note that the person can't read stays as it is.
    """
    current = _locked(kind, record)
    past = history_of(current).filter(history_id=version, deleted_at__isnull=True).first()
    if past is None or not is_logged(past):
        raise ValidationError(_("Cette version n’existe plus."))
    if current.deleted_at is None and _says(current, past):
        return current
    if version_of(current) != seen:
        raise ValidationError(_("Cette entrée a changé entre-temps\u00a0: voyez son historique, puis choisissez."))
    if current.deleted_at is not None and current.deleted_at < restorable_since(on):
        raise ValidationError(_("Plus de 30 jours ont passé depuis l’annulation\u00a0: l’entrée ne se rétablit plus."))
    was_live = current.deleted_at is None and is_logged(current)
    day = current.on
    _say_again(current, past, keep_note=_hides_note(kind, current, person))
    if not (was_live and current.on == day):
        _refuse_double(kind, current)
    _refuse_other_day(kind, current, person)
    kind.check(current, on)
    current.save()
    if isinstance(current, GroupMeeting):
        _put_back_presences(current, past.attendance)
    kind.changed(kind.owner_of(current), on)
    return current


@transaction.atomic
def put_back(*, kinds: Iterable[Kind], kind: Kind, record: LoggedRecord, seen: int, person: User, on: date) -> int:
    """Undo an undo: the record, and what the same press took away with it; how many records came back."""
    if record.deleted_at is None:
        return 0
    family = [one for one in kinds if one.family == kind.family]
    owner = {kind.owner: kind.owner_of(record), "deleted_at": record.deleted_at}
    taken = [(one, row) for one in family for row in one.rows().filter(**owner)]
    if version_of(record) != seen and taken:
        raise ValidationError(_("Cette entrée a changé entre-temps\u00a0: voyez son historique, puis choisissez."))
    for one, row in taken:
        before = history_of(row).filter(deleted_at__isnull=True).first()
        bring_back(kind=one, record=row, version=before.history_id, seen=version_of(row), person=person, on=on)
    return len(taken)


@transaction.atomic
def forget(*, kinds: Iterable[Kind], board: SchoolBoard, on: date) -> int:
    """Destroy what was undone more than thirty days ago, its history too; the audit keeps that it was done."""
    forgotten = 0
    for kind in kinds:
        rows = kind.model._default_manager.filter(board=board, deleted_at__lt=restorable_since(on))
        for row in rows.select_for_update():
            audit.record(board=board, person=None, verb=RECORD_FORGOTTEN, subject=row)
            versions = history_of(row)
            row.delete()
            versions.delete()
            forgotten += 1
    return forgotten


def _locked(kind: Kind, record: LoggedRecord) -> Any:
    """The record as it is now, held until the transaction ends."""
    return kind.rows().select_for_update(of=("self",)).get(pk=record.pk)


def _says(record: Any, past: Any) -> bool:
    """Whether the record says what a version said, who was there included."""
    fields = [field for field in record._meta.concrete_fields if field.name not in OWN]
    if any(getattr(record, field.attname) != getattr(past, field.attname) for field in fields):
        return False
    return not isinstance(record, GroupMeeting) or past.attendance in (None, presences(record))


def _hides_note(kind: Kind, record: LoggedRecord, person: User) -> bool:
    """Whether the record holds a confidence that the person may not read."""
    readable = kind.rows().filter(pk=record.pk).annotate(readable_note=readable_note(person, kind.program))
    return record.holds_confidence and not readable.values_list("readable_note", flat=True).get()


def _say_again(record: Any, past: Any, *, keep_note: bool) -> None:
    """Give the record the values of a version; what these pointed to may be gone meanwhile."""
    remember(record)
    if isinstance(record, GroupMeeting) and record.status == MeetingRecord.Status.HELD:
        keep_presences(record, presences(record))
    kept = OWN | ({"note", "note_level", "note_by", "logged_by"} if keep_note else set())
    for field in record._meta.concrete_fields:
        if field.name in kept:
            continue
        value = getattr(past, field.attname)
        if isinstance(field, models.ForeignKey) and field.null and value is not None:
            value = value if field.related_model._base_manager.filter(pk=value).exists() else None
        setattr(record, field.attname, value)
    record.deleted_at = None
    _free_slot(record)


def _free_slot(record: Any) -> None:
    """A slot whose day was planned anew meanwhile is free for the record; one where another was logged is not."""
    if getattr(record, "timetable_id", None) is None:
        return
    rivals = type(record)._default_manager.filter(timetable=record.timetable_id, on=record.on).exclude(pk=record.pk)
    rivals.filter(status=MeetingRecord.Status.PLANNED).delete()
    if rivals.exists():
        record.timetable_id = None


def _refuse_other_day(kind: Kind, record: LoggedRecord, person: User) -> None:
    """Who stands in logs, and corrects, the days of their range."""
    owner = kind.owner_of(record)
    any_day = type(owner)._default_manager.loggable_any_day_by(person).filter(pk=owner.pk)
    refuse_other_day(owner.substitutes.all(), person, record.on, any_day)


def _refuse_double(kind: Kind, record: LoggedRecord) -> None:
    if kind.twins(record).exists():
        sentence = _(
            "Une entrée semblable du %(day)s a été consignée entre-temps\u00a0: rien n’est rétabli. "
            "Modifiez plutôt celle-là."
        )
        raise ValidationError(sentence % {"day": spoken(record.on)})


def _put_back_presences(meeting: GroupMeeting, said: dict[str, str] | None) -> None:
    if meeting.status == MeetingRecord.Status.HELD and said is None:
        return
    Attendance.objects.filter(meeting=meeting).delete()
    if meeting.status == MeetingRecord.Status.HELD:
        known = set(Student.objects.filter(pk__in=[int(pk) for pk in said or {}]).values_list("pk", flat=True))
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, student_id=pk, status=(said or {})[str(pk)]) for pk in sorted(known)
        )
        keep_presences(meeting, presences(meeting))
