"""Take back what was entered by mistake; keep what ends so that it can go on; put either back; forget it in time."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.audit_registry import Verb
from people.models import AuditEntry, SchoolBoard, User
from people.retention import UNDONE_KEPT
from people.witness import tell_created
from programs.audit_verbs import GESTURE_FORGOTTEN, STRUCTURE_RESTORED
from programs.gestures.kinds import KINDS, Kind, M, Made
from programs.gestures.memory import (
    Changes,
    bring_in,
    change_back,
    destroy_versions,
    subject_of,
    take_all_out,
    take_out,
)
from programs.log.restoring import restorable_since
from programs.models import Gesture


@transaction.atomic
def take_back(*, kind: Made[M], row: M, person: User, on: date) -> Gesture:
    """Let what was entered by mistake be gone for rules, charts, files and bundle, with all that hangs on it.

    Refused once it was entered too long ago, and where something is logged that would vanish with it. It can be put
    back for as long as what is undone in the log.
    """
    refuse_old(kind, row, on)
    return remove(kind=kind, row=row, person=person, on=on)


@transaction.atomic
def remove(*, kind: Made[M], row: M, person: User, on: date, verb: Verb | None = None) -> Gesture:
    """As above, however long ago it was entered."""
    kind.hold(row)
    current: Any = kind.model._base_manager.get(pk=row.pk)
    kind.check(current)
    changes, place, number = Changes(), kind.place(current), current.pk
    kind.beside(current, changes)
    audit.record(board=place["board"], person=person, verb=verb or kind.taken_back, subject=current)
    along = [one for rows in kind.along(current) for one in take_all_out(rows)]
    gone = take_out(current, changes) + along
    gesture = Gesture.objects.create(
        kind=kind.slug, subject_id=number, person=person, gone=gone, changed=changes.rows, **place
    )
    kind.after_all(subject_of(gone, kind.model, number), gone + changes.rows, on)
    return gesture


def keep(
    *,
    kind: Kind[M],
    row: M,
    person: User | None,
    changes: Changes,
    gone: list[Any] | None = None,
    key: uuid.UUID | None = None,
) -> Gesture:
    """Keep what an action has just written in rows, to be undone as one; inside its transaction."""
    place = kind.place(row)
    gesture = Gesture.objects.create(
        kind=kind.slug, subject_id=row.pk, person=person, changed=changes.rows, gone=gone or [], key=key, **place
    )
    tell_created(Gesture, [gesture.pk])
    return gesture


@transaction.atomic
def put_back(*, gesture: Gesture, person: User, on: date) -> bool:
    """Undo a gesture: the rows come back under their own numbers, those that it changed say again what they said.

    False when that was done already. Refused when it is no longer kept, when something took the place meanwhile, and
    when a row was changed since.
    """
    gesture = Gesture.objects.select_for_update(of=("self",)).select_related("board").get(pk=gesture.pk)
    if gesture.undone_at is not None:
        return False
    if gesture.at < restorable_since(on):
        words = _("Plus de %(days)s jours ont passé\u00a0: cela ne se rétablit plus.")
        raise ValidationError(words % {"days": UNDONE_KEPT.days})
    kind = KINDS[gesture.kind]
    bring_in(gesture.gone, person)
    row: Any = kind.model._base_manager.filter(pk=gesture.subject_id).first()
    if row is None:
        raise ValidationError(_("Ce à quoi cela se rattachait n’existe plus\u00a0: rien n’est rétabli."))
    kind.hold(row)
    kind.check_return(row, on)
    kind.undoing(gesture, person)
    change_back(gesture.changed)
    gesture.undone_at = timezone.now()
    gesture.save()
    audit.record(board=gesture.board, person=person, verb=STRUCTURE_RESTORED, subject=row)
    kind.after_all(kind.model._base_manager.get(pk=row.pk), gesture.gone + gesture.changed, on)
    return True


@transaction.atomic
def forget(*, board: SchoolBoard, on: date) -> int:
    """Destroy what was taken back too long ago, its history too; the audit keeps that it was done."""
    old = Gesture.objects.filter(board=board, at__lt=restorable_since(on)).select_for_update()
    for gesture in old:
        if gesture.gone and gesture.undone_at is None:
            audit.record(board=board, person=None, verb=GESTURE_FORGOTTEN, subject=gesture)
            destroy_versions(gesture.gone)
        gesture.delete()
    return len(old)


def refuse_old(kind: Made[M], row: M, on: date) -> None:
    """Refuse what was entered here longer ago than what is undone is kept; what an import brought has no such day."""
    entries = AuditEntry.objects.filter(
        board=kind.place(row)["board"],
        subject_type=kind.model._meta.label_lower,
        subject_id=row.pk,
        verb__in=[verb.code for verb in kind.added],
    )
    entered = entries.values_list("at", flat=True).order_by("at").first()
    if entered is not None and entered < restorable_since(on):
        words = _("Plus de %(days)s jours ont passé depuis la saisie\u00a0: corrigez-la, ou inscrivez une fin.")
        raise ValidationError(words % {"days": UNDONE_KEPT.days})


def entered_lately(kind: Made[M], rows: Sequence[M], on: date) -> set[int]:
    """Which of the rows, all of one board, were entered here recently enough to be taken back. One query."""
    if not rows:
        return set()
    entries = AuditEntry.objects.filter(
        board=kind.place(rows[0])["board"],
        at__gte=restorable_since(on),
        subject_type=kind.model._meta.label_lower,
        subject_id__in=[row.pk for row in rows],
        verb__in=[verb.code for verb in kind.added],
    )
    return {pk for pk in entries.values_list("subject_id", flat=True) if pk is not None}
