"""What was said before: brought back from a version, put back after an undo, forgotten at last."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import SchoolBoard, User
from people.retention import UNDONE_KEPT
from people.text import spoken
from programs.audit_verbs import RECORD_FORGOTTEN
from programs.log.credit import refuse_other_day
from programs.log.history import history_of, remember, version_of
from programs.log.kinds import AnyKind, Beside, Owner, R, RecordKind, family_of
from programs.models import LoggedRecord, MeetingRecord, Version

OWN = {"id", "board", "key", "entry_uuid", "saved_at", "deleted_at"}
"""What no version gives back: a record keeps its keys, and the form that wrote it anew keeps its own."""


def restorable_since(on: date) -> datetime:
    """What was undone from then on can be put back; what was undone before is forgotten by the night."""
    return datetime.combine(on - UNDONE_KEPT, time.min, tzinfo=UTC)


@transaction.atomic
def bring_back(*, kind: RecordKind[R, Owner, Beside], record: R, version: int, seen: int, person: User, on: date) -> R:
    """Let the record say again what it said at ``version``, while ``seen`` is still its latest one.

    Asked twice, it is done once. Refused when the same fact was logged again meanwhile, and, of what was undone, once
    it is no longer kept. A confidential note that the person can't read stays as it is.
    """
    current = kind.locked(record)
    past: Version | None = history_of(current).filter(history_id=version, deleted_at__isnull=True).first()
    if past is None or not past.is_logged:
        raise ValidationError(_("Cette version n’existe plus."))
    if current.deleted_at is None and _says(kind, current, past):
        return current
    if version_of(current) != seen:
        raise ValidationError(_("Cette entrée a changé entre-temps\u00a0: voyez son historique, puis choisissez."))
    if current.deleted_at is not None and current.deleted_at < restorable_since(on):
        words = _("Plus de %(days)s jours ont passé depuis l’annulation\u00a0: l’entrée ne se rétablit plus.")
        raise ValidationError(words % {"days": UNDONE_KEPT.days})
    was_live = current.deleted_at is None and current.is_logged
    day = current.on
    remember(current)
    kind.keep_beside(current)
    take_values(kind, current, past, person)
    if not (was_live and current.on == day):
        _refuse_double(kind, current)
    refuse_other_day(kind.owner_of(current), person, current.on)
    kind.check(current, on)
    current.save()
    kind.restore_beside(current, past, person=person, on=on)
    kind.announce(kind.owner_of(current), on)
    return current


@transaction.atomic
def put_back(*, kind: RecordKind[R, Owner, Beside], record: R, seen: int, person: User, on: date) -> int:
    """Undo an undo: the record, and what the same press took away with it; how many records came back."""
    if record.deleted_at is None:
        return 0
    owner = {kind.owner: kind.owner_of(record), "deleted_at": record.deleted_at}
    taken = [(one, row) for one in family_of(kind) for row in one.rows().filter(**owner)]
    if version_of(record) != seen and taken:
        raise ValidationError(_("Cette entrée a changé entre-temps\u00a0: voyez son historique, puis choisissez."))
    for one, row in taken:
        before = history_of(row).filter(deleted_at__isnull=True)[0]
        bring_back(kind=one, record=row, version=before.history_id, seen=version_of(row), person=person, on=on)
    return len(taken)


@transaction.atomic
def forget(*, kinds: Iterable[AnyKind], board: SchoolBoard, on: date) -> int:
    """Destroy what was undone too long ago, its history too; the audit keeps that it was done."""
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


def take_values(kind: RecordKind[R, Owner, Beside], record: R, past: Version, person: User) -> None:
    """Give the record the values of a version; what these pointed to may be gone meanwhile. Nothing is saved."""
    hides_note = _hides_note(kind, record, past, person)
    kept = OWN | ({"note", "note_level", "note_by", "logged_by"} if hides_note else set())
    for field in record._meta.concrete_fields:
        if field.name in kept:
            continue
        value = getattr(past, field.attname)
        if isinstance(field, models.ForeignKey) and field.null and value is not None:
            value = value if field.related_model._base_manager.filter(pk=value).exists() else None
        setattr(record, field.attname, value)
    record.deleted_at = None
    _free_slot(record)


def _says(kind: RecordKind[R, Owner, Beside], record: R, past: Version) -> bool:
    """Whether the record says what a version said, what stands beside it included."""
    fields = [field for field in record._meta.concrete_fields if field.name not in OWN]
    same = all(getattr(record, field.attname) == getattr(past, field.attname) for field in fields)
    return same and kind.stands_beside(record, past)


def _hides_note(kind: RecordKind[R, Owner, Beside], record: R, past: Version, person: User) -> bool:
    """As the history does: the note of the version, or of what came after it, is not the person's to read."""
    readable, itself = kind.readable_note(person), type(record)._base_manager.filter(pk=record.pk)
    rows: tuple[Any, ...] = (itself, history_of(record).filter(history_id__gte=past.history_id))
    noted = (said.exclude(note="").annotate(readable_note=readable) for said in rows)
    return any(said.filter(readable_note="").exists() for said in noted)


def _free_slot(record: LoggedRecord) -> None:
    """A slot whose day was planned anew meanwhile is free for the record; one where another was logged is not."""
    if not isinstance(record, MeetingRecord) or getattr(record, "timetable_id", None) is None:
        return
    slot: Any = record
    rows: Any = type(record)._default_manager
    rivals = rows.filter(timetable=slot.timetable_id, on=record.on).exclude(pk=record.pk)
    rivals.filter(status=MeetingRecord.Status.PLANNED).delete()
    if rivals.exists():
        slot.timetable_id = None


def _refuse_double(kind: RecordKind[R, Owner, Beside], record: R) -> None:
    if kind.others(record, kind.rivals(record)).exists():
        sentence = _(
            "Une entrée semblable du %(day)s a été consignée entre-temps\u00a0: rien n’est rétabli. "
            "Modifiez plutôt celle-là."
        )
        raise ValidationError(sentence % {"day": spoken(record.on)})
