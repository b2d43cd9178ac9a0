"""Log, hold, say why it was not held, correct, take back: one set of verbs for every kind of record.

Each is atomic, refuses with a ``ValidationError`` whose sentence says what to do (keyed by the form's field where
there is one), and announces the change inside its transaction.
"""

import uuid
from collections.abc import Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from programs.log.conflicts import Conflict
from programs.log.credit import USUAL, refuse_other_day, who_met
from programs.log.history import history_of, remember
from programs.log.kinds import Beside, Entry, Owner, Part, R, RecordKind, family_of
from programs.log.limits import late_reason
from programs.log.relation_kinds import M, MeetingKind, Rel
from programs.log.restoring import take_values
from programs.models import LoggedRecord, MeetingRecord, Relation, Version

Status = MeetingRecord.Status


def log(*, parts: Sequence[Part], person: User, on: date, second: bool = False) -> list[Any]:
    """Record what one form says: a record a part, all or none, each once however often the form is sent.

    What was planned that day is the row that is logged. ``second`` confirms that the day had another such entry; a
    kind that does not ask takes the same words of the same person for one record.
    """
    try:
        return _log(parts, person, on, second=second)
    except IntegrityError:
        # Another owner's record took the key at the same instant: there is one now, to refuse or to find.
        return _log(parts, person, on, second=second)


@transaction.atomic
def _log(parts: Sequence[Part], person: User, on: date, *, second: bool) -> list[Any]:
    named = {part.owner.pk: part for part in sorted(parts, key=lambda part: part.owner.pk)}
    owners = {pk: part.kind.locked_owner(part.owner) for pk, part in named.items()}
    sent = _sent_already(parts)
    rows: list[Any] = []
    new: list[tuple[Part, Any]] = []
    for part in parts:
        part = replace(part, owner=owners[part.owner.pk])
        with _said_of(part.owner, among=owners):
            record, is_new = _row_for(part, sent.get(part.key), person)
        rows.append(record)
        if is_new:
            new.append((part, record))
    for owner, day in dict.fromkeys((part.owner, day) for part, row in new for day in (part.entry.on, row.on)):
        with _said_of(owner, among=owners):
            refuse_other_day(owner, person, day)
    if not second:
        _refuse_doubles([(part, row) for part, row in new if row.pk is None or row.deleted_at], among=owners)
    for part, record in new:
        record.entry_uuid, record.deleted_at = part.key, None
        with _said_of(part.owner, among=owners):
            entry = _with_late_reason(record, part.entry, on)
            if isinstance(record, MeetingRecord) and record.status == Status.PLANNED and not entry.note:
                # Nothing typed leaves the note that an import brought with the plan.
                entry = replace(entry, note=None)
            _write(part.kind, record, entry, person, on)
    for part in {id(part.owner): part for part, _row in new}.values():
        part.kind.announce(part.owner, on)
    return rows


@transaction.atomic
def hold(*, kind: MeetingKind[M, Rel, Beside], record: M, person: User, on: date) -> M:
    """The planned meeting took place as planned; said twice, it is logged once."""
    current = kind.locked(record)
    if current.status == Status.HELD:
        return current
    if current.is_logged:
        raise ValidationError(_("Cette rencontre est déjà consignée comme non tenue : modifiez-la au besoin."))
    values = {"status": Status.HELD, "reason": ""}
    entry = Entry(current.on, values, note=None, beside=kind.everyone())
    _refuse_other_days(current, entry, person)
    _write(kind, current, _with_late_reason(current, entry, on), person, on)
    kind.announce(kind.owner_of(current), on)
    return current


@transaction.atomic
def not_hold(
    *, kind: MeetingKind[M, Rel, Beside], record: M, entry: Entry, person: User, on: date, saved_at: datetime | None
) -> M:
    """The meeting did not, or will not, take place, and why; the same words sent twice are one change.

    One already logged, held or not, asks for ``saved_at`` as it stood in the form: ``Conflict`` otherwise. An empty
    note leaves the one that there is, except in a correction.
    """
    current = kind.locked(record)
    corrects = current.is_logged and current.saved_at == saved_at
    values = {"status": Status.NOT_HELD, "reason": entry.values["reason"]}
    entry = replace(entry, on=current.on, values=values, note=entry.note if corrects else entry.note or None)
    entry = _with_late_reason(current, entry, on)
    if current.is_logged and says(kind, current, entry):
        return current
    if current.is_logged and not corrects:
        raise Conflict(current)
    _refuse_other_days(current, entry, person)
    _write(kind, current, entry, person, on)
    kind.announce(kind.owner_of(current), on)
    return current


@transaction.atomic
def correct(
    *,
    kind: RecordKind[R, Owner, Beside],
    record: R,
    entry: Entry,
    person: User,
    on: date,
    saved_at: datetime | None,
    second: bool = False,
) -> R:
    """Write the entry over the record as it stood at ``saved_at``; ``Conflict`` when it says something else since.

    The same words sent twice are one change. What the record then says is checked whole; ``second`` confirms that the
    day to which it moves had another such entry.
    """
    current = kind.locked(record)
    if current.deleted_at is not None:
        raise ValidationError(_("Cette entrée a été annulée entre-temps. Rétablissez-la, puis modifiez-la."))
    entry = _with_late_reason(current, entry, on)
    if current.saved_at != saved_at:
        if says(kind, current, entry):
            return current
        raise Conflict(current)
    if not second and _tells_another_fact(kind, current, entry):
        _refuse_doubles([(Part(kind, current.owner, entry, current.entry_uuid), current)])
    _refuse_other_days(current, entry, person)
    _write(kind, current, entry, person, on)
    kind.announce(kind.owner_of(current), on)
    return current


@transaction.atomic
def undo(*, kind: RecordKind[R, Owner, Beside], record: R, person: User, on: date, version: int | None = None) -> bool:
    """Put the record back to what it said before; one that said nothing before is set aside, with its history.

    With ``version`` (``version_of``), only that change is undone, and only while it is the last one. Without, the log
    itself is: what was planned waits again. False when there was nothing to undo any more: a second press is harmless.
    """
    current = kind.locked(record)
    remember(current)
    past: list[Version] = list(history_of(current))
    if version is not None:
        if not past or past[0].history_id != version:
            return False
        before = past[1] if len(past) > 1 else None
    else:
        if current.deleted_at is not None or not current.is_logged:
            return False
        before = next((row for row in past if not row.is_logged), None)
    kind.keep_beside(current)
    if before is not None and before.deleted_at is None:
        take_values(kind, current, before, person)
        current.save()
        kind.restore_beside(current, before, person=person, on=on)
    else:
        current.deleted_at = timezone.now()
        current.save()
    kind.announce(kind.owner_of(current), on)
    return True


@transaction.atomic
def take_back(
    *, kind: RecordKind[R, Owner, Beside], owner: Owner, keys: Sequence[uuid.UUID], person: User, on: date
) -> int:
    """Set aside what one press wrote of an owner, under these keys; how many records. Twice takes nothing more."""
    now = timezone.now()  # the same for all: what one press took away comes back together
    rows = [
        row
        for one in family_of(kind)
        for row in one.rows()
        .filter(**{one.owner: owner}, entry_uuid__in=keys, deleted_at__isnull=True)
        .select_for_update(of=("self",))
    ]
    for row in rows:
        refuse_other_day(row.owner, person, row.on)
        remember(row)
        row.deleted_at = now
        row.save()
    if rows:
        kind.announce(rows[0].owner, on)
    return len(rows)


def says(kind: RecordKind[R, Owner, Beside], record: R, entry: Entry) -> bool:
    """Whether the record says all that already."""
    if entry.met_by is not None and isinstance(record, MeetingRecord) and (record.met_by_id or USUAL) != entry.met_by:
        return False
    fields = entry.fields()
    return all(getattr(record, name) == value for name, value in fields.items()) and kind.says_beside(
        record, entry.beside
    )


def _sent_already(parts: Sequence[Part]) -> dict[uuid.UUID, Any]:
    """What was written already under the keys of the parts, each by its key. One query a model."""
    keys: dict[Any, list[uuid.UUID]] = {}
    for part in parts:
        keys.setdefault(part.kind.model, []).append(part.key)
    rows = (model._default_manager.filter(entry_uuid__in=asked) for model, asked in keys.items())
    return {row.entry_uuid: row for row in chain.from_iterable(rows)}


def _row_for(part: Part, sent: LoggedRecord | None, person: User) -> tuple[Any, bool]:
    """The row that the part is to be written on, and whether there is something to write."""
    kind = part.kind
    if sent is not None:
        if getattr(sent, f"{kind.owner}_id") != part.owner.pk:
            raise ValidationError(_("Ce formulaire a déjà servi ailleurs. Ouvrez-le de nouveau, puis enregistrez."))
        setattr(sent, kind.owner, part.owner)
    if sent is not None and sent.deleted_at is None and sent.is_logged:
        return sent, False
    if sent is None and not kind.asks_second and (same := _same_words(part, person)):
        return same, False
    if sent is not None:
        return sent, True
    waiting = kind.waiting(part.owner, part.entry)
    row = waiting or kind.model(board_id=part.owner.board_id, on=part.entry.on)
    setattr(row, kind.owner, part.owner)
    return row, True


def _same_words(part: Part, person: User) -> LoggedRecord | None:
    """What the same person said already that day, word for word: the back button's second sending."""
    mine = {part.kind.owner: part.owner, "logged_by": person, "deleted_at__isnull": True}
    same: LoggedRecord | None = part.kind.model._default_manager.filter(**mine, **part.entry.fields()).first()
    return same


def _refuse_other_days(record: LoggedRecord, entry: Entry, person: User) -> None:
    for day in dict.fromkeys((entry.on, record.on)):
        refuse_other_day(record.owner, person, day)


def _refuse_doubles(rows: Sequence[tuple[Part, Any]], *, among: Sized = ()) -> None:
    """Ask whether it was another one, of all those that the day has already."""
    said = [(part.kind, _as_said(part.kind, row, part.entry)) for part, row in rows if part.kind.asks_second]
    others = [kind.others(row, kind.alike(row)) for kind, row in said]
    # The models of one form are few, its records many: nearly always, nothing is doubled.
    asked: dict[Any, Any] = {}
    for one in others:
        asked[one.model] = asked[one.model] | one if one.model in asked else one
    if not any(one.exists() for one in asked.values()):
        return
    doubled = [told for told, one in zip(said, others, strict=True) if one.exists()]
    kind, first = doubled[0]
    with _said_of(first.owner, among=among):
        words = kind.second_words([row for _kind, row in doubled])
        raise ValidationError({"second": ValidationError(words, code="same_day")})


def _as_said(kind: RecordKind[R, Owner, Beside], record: R, entry: Entry) -> R:
    """The record as the entry would have it, to look for its like."""
    row = kind.model(pk=record.pk, board_id=record.board_id, **{kind.owner: record.owner})
    for field in kind.model._meta.concrete_fields:
        if field.name not in ("id", "note"):
            setattr(row, field.attname, getattr(record, field.attname))
    for name, value in entry.fields().items():
        setattr(row, name, value)
    return row


def _tells_another_fact(kind: RecordKind[R, Owner, Beside], record: R, entry: Entry) -> bool:
    """Whether a correction makes another record of it: another day, another outcome, another person."""
    fields = entry.fields()
    return any(fields[name] != getattr(record, name) for name in ("on", *kind.fact) if name in fields)


def _with_late_reason(record: LoggedRecord, entry: Entry, on: date) -> Entry:
    """As for a new entry; a correction that leaves the day of a logged meeting asks nothing."""
    if not isinstance(record, MeetingRecord):
        return entry
    stays = record.pk is not None and record.is_logged and record.on == entry.on
    reason = entry.late_reason.strip() if stays else late_reason(entry.on, on, entry.late_reason)
    return replace(entry, late_reason=reason, values={**entry.values, "late_reason": reason})


def _write(kind: RecordKind[R, Owner, Beside], record: R, entry: Entry, person: User, on: date) -> None:
    """Save; the right to read a confidential note stays with whoever wrote it, the credit with whoever met.

    A confidential note that came with an import opens to nobody who does not write it anew.
    """
    moved = record.pk is not None and record.on != entry.on
    fields = entry.fields()
    if isinstance(record, MeetingRecord):
        status = fields.get("status", record.status)
        rows = list(record.owner.substitutes.all())
        fields["met_by_id"] = who_met(record, rows, status=status, day=entry.on, person=person, met_by=entry.met_by)
        if moved:
            fields["timetable"] = None
    if record.pk:
        remember(record)
        kind.keep_beside(record)
    record.logged_on = record.logged_on or on
    if entry.note is not None or not record.holds_confidence:
        record.logged_by = record.logged_by or person
    before = record.note
    for name, value in fields.items():
        setattr(record, name, value)
    if entry.note is not None:
        record.sign_note(before=before, person=person)
    kind.check(record, on)
    record.save()
    kind.write_beside(record, entry.beside, moved=moved, person=person, on=on)


@contextmanager
def _said_of(owner: Relation, *, among: Sized) -> Iterator[None]:
    """Of a refusal about one of several owners, says which one before each sentence."""
    try:
        yield
    except ValidationError as refusal:
        if len(among) < 2 or not hasattr(refusal, "error_dict"):
            raise
        about = owner.short_name
        named = {
            name: [ValidationError(f"{about}\u00a0: {' '.join(row.messages)}", code=row.code) for row in rows]
            for name, rows in refusal.error_dict.items()
        }
        raise ValidationError(named) from refusal
