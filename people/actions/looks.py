"""Ask to see somebody's screens, answer, begin, end; and what the journal keeps of what was seen there."""

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from people import audit
from people.audit_registry import Verb
from people.audit_verbs import (
    LOOK_ACCEPTED,
    LOOK_ASKED,
    LOOK_ENDED,
    LOOK_FILE_OPENED,
    LOOK_LIST_OPENED,
    LOOK_REFUSED,
    LOOK_STARTED,
)
from people.models import AuditEntry, Look, Notification, Student, User
from people.models.looks import LASTS


@transaction.atomic
def ask_to_look(*, adult: User, person: User, reason: str, at: datetime) -> Look:
    """Ask, and tell the adult. Asked again while it waits or is open, it is the same."""
    User.objects.get_queryset().select_for_update(of=("self",), no_key=True).get(pk=adult.pk)
    asked = Look.objects.asked_for_by(person).shown_by(adult)
    known = (asked.waiting(at) | asked.open(at)).first()
    if known is not None:
        return known
    of = {"board_id": adult.board_id, "person": adult, "asked_by": person}
    look = Look.objects.create(**of, reason=reason, asked_at=at)
    _tell(look, adult, Notification.Kind.LOOK_ASKED, at)
    audit.record(board=look.board, person=person, verb=LOOK_ASKED, subject=look, reason=reason)
    return look


@transaction.atomic
def answer_look(*, look: Look, person: User, accepts: bool, at: datetime) -> bool:
    """Show one's screens from now on, or not. False when it was answered before, or is too old."""
    current = _locked(look)
    if not current.is_waiting(at):
        return False
    if accepts:
        current.accepted_at, current.until = at, at + LASTS
        _tell(current, current.asked_by, Notification.Kind.LOOK_GIVEN, at)
    else:
        current.ended_at = at
    current.save()
    verb = LOOK_ACCEPTED if accepts else LOOK_REFUSED
    audit.record(board=current.board, person=person, verb=verb, subject=current, reason=current.reason)
    return True


@transaction.atomic
def start_look(*, look: Look, person: User, at: datetime) -> bool:
    """Remember that the screens are looked at. False when they are not shown."""
    current = _locked(look)
    if not current.is_open(at):
        return False
    audit.record(board=current.board, person=person, verb=LOOK_STARTED, subject=current, reason=current.reason)
    return True


@transaction.atomic
def end_look(*, look: Look, person: User, at: datetime) -> bool:
    """Put an end to it, or take the request back. False when it was over."""
    current = _locked(look)
    if not current.is_open(at) and not current.is_waiting(at):
        return False
    current.ended_at = at
    current.save()
    audit.record(board=current.board, person=person, verb=LOOK_ENDED, subject=current, reason=current.reason)
    return True


@transaction.atomic
def note_seen(*, look: Look, students: Iterable[int], named: tuple[str, int] | None) -> None:
    """Remember, once a look, whose files the page showed, or that it named the students of a row (label, id)."""
    for student in Student._base_manager.filter(pk__in=set(students)):
        _note_once(look, LOOK_FILE_OPENED, student)
    if named is not None:
        _note_once(look, LOOK_LIST_OPENED, apps.get_model(named[0])(pk=named[1]))


def _note_once(look: Look, verb: Verb, subject: Model) -> None:
    of = {"subject_type": subject._meta.label_lower, "subject_id": subject.pk, "verb": verb.code}
    known = AuditEntry.objects.filter(**of, board=look.board_id, person=look.asked_by_id, at__gte=look.accepted_at)
    if not known.exists():
        audit.record(board=look.board, person=look.asked_by, verb=verb, subject=subject, reason=look.reason)


def _locked(look: Look) -> Look:
    rows = Look.objects.select_for_update(of=("self",), no_key=True).select_related("board", "person", "asked_by")
    return rows.get(pk=look.pk)


def _tell(look: Look, person: User, kind: str, at: datetime) -> None:
    on = look.board.local_date(at)
    Notification.objects.create(person=person, board=look.board, kind=kind, on=on, target=look.pk)
