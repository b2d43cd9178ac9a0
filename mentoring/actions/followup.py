"""Logging what surrounds the meetings: teachers heard, the weekly routine, hard events, reviews; and taking it back."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.actions.entries import check_day
from mentoring.actions.substitutes import refuse_outside
from mentoring.models import DifficultEvent, Dyad, FollowUp, RelationshipReview, TeacherLiaison
from mentoring.signals import dyad_changed
from people.models import User
from people.wording import spoken
from programs.actions.conflicts import Conflict

UNDO_DAYS = 30
DONE = ("recognised", "skill", "lates_reviewed", "discipline_reviewed", "results_reviewed")
ROUTINE: tuple[type[FollowUp], type[TeacherLiaison]] = (FollowUp, TeacherLiaison)
"""One sending of the weekly routine fills both, under one ``entry_uuid``."""

FollowUpRecord = TeacherLiaison | FollowUp | DifficultEvent | RelationshipReview
Kind = TypeVar("Kind", TeacherLiaison, FollowUp, DifficultEvent, RelationshipReview)


@dataclass(frozen=True)
class Fact:
    """What every record of a dyad's follow-up says: of which dyad, of what day, by whom, and the note."""

    dyad: Dyad
    day: date
    person: User
    entry_uuid: uuid.UUID
    note: str = ""
    note_level: str = FollowUp.NoteLevel.ORDINARY


@transaction.atomic
def log_liaison(
    *, fact: Fact, on: date, channel: str, subject: str = "", achievement_heard: bool = False, work_heard: bool = False
) -> TeacherLiaison:
    """A contact with a teacher of the student, once per form."""
    heard = {"achievement_heard": achievement_heard, "work_heard": work_heard}
    liaison = _log(TeacherLiaison, fact, on, {"channel": channel, "subject": subject, **heard})
    dyad_changed.send(sender=Dyad, dyad=fact.dyad, on=on, records={TeacherLiaison})
    return liaison


@transaction.atomic
def log_routine(*, fact: Fact, on: date, heard: dict[str, bool], done: dict[str, Any]) -> FollowUpRecord:
    """The week's routine (§3.2): what a teacher said, what was done with the student; one of each a sending.

    The note goes with what was done with the student when there is any.
    """
    if not any([*heard.values(), *done.values()]):
        raise ValidationError(_("Cochez au moins un élément de la routine, puis enregistrez."), code="empty")
    kept: FollowUpRecord | None = _log(FollowUp, fact, on, done) if any(done.values()) else None
    if any(heard.values()):
        note = {"note": "", "note_level": fact.note_level} if kept else {}
        liaison = _log(TeacherLiaison, fact, on, heard | note)
        kept = kept or liaison
    dyad_changed.send(sender=Dyad, dyad=fact.dyad, on=on, records=ROUTINE)
    assert kept is not None  # noqa: S101 - something was ticked
    return kept


@transaction.atomic
def log_event(*, fact: Fact, on: date, kind: str) -> DifficultEvent:
    """A hard event in the student's life, once per form."""
    event = _log(DifficultEvent, fact, on, {"kind": kind})
    dyad_changed.send(sender=Dyad, dyad=fact.dyad, on=on, records={DifficultEvent})
    return event


@transaction.atomic
def support_event(
    *, event: DifficultEvent, on: date, day: date, support: str, saved_at: datetime | None
) -> DifficultEvent:
    """The support that followed a hard event, or its correction; said twice, it is written once.

    ``Conflict`` when what was said of it is not what stood at ``saved_at``: nobody's words are overwritten unseen.
    """
    current = DifficultEvent.objects.select_for_update(of=("self",)).select_related("dyad").get(pk=event.pk)
    if day > on:
        raise ValidationError(
            {"day": _("La date ne peut pas être dans le futur\u00a0: consignez le soutien une fois offert.")}
        )
    if day < current.on:
        sentence = _("L’événement date du %(day)s\u00a0: choisissez ce jour ou un jour qui suit.")
        raise ValidationError({"day": sentence % {"day": spoken(current.on)}})
    if (current.supported_on, current.support) == (day, support):
        return current
    if current.supported_on is not None and current.saved_at != saved_at:
        raise Conflict(current)
    current.supported_on, current.support = day, support
    current.save()
    dyad_changed.send(sender=Dyad, dyad=current.dyad, on=on, records={DifficultEvent})
    return current


@transaction.atomic
def log_review(*, fact: Fact, on: date, redefined: bool, agreed: str) -> RelationshipReview:
    """A meeting of the programme's lead with the mentor, once per form."""
    review = _log(RelationshipReview, fact, on, {"redefined": redefined, "agreed": agreed})
    dyad_changed.send(sender=Dyad, dyad=fact.dyad, on=on, records={RelationshipReview})
    return review


@transaction.atomic
def take_back(*, record: FollowUpRecord, on: date) -> bool:
    """Undo a record, and what the same sending of the routine wrote; False when that is done already.

    Refused once thirty days have passed since it was logged.
    """
    models = ROUTINE if isinstance(record, ROUTINE) else (type(record),)
    rows: list[FollowUpRecord] = []
    for model in models:
        same = model.objects.kept().filter(dyad=record.dyad_id, entry_uuid=record.entry_uuid)
        rows += same.select_for_update(of=("self",)).select_related("dyad")
    if not rows:
        return False
    if not may_take_back(record, on):
        raise ValidationError(_("Plus de 30 jours ont passé depuis la consignation\u00a0: elle ne s’annule plus."))
    now = timezone.now()  # the same for all: what one press took away comes back together
    for row in rows:
        row.deleted_at = now
        row.save()
    dyad_changed.send(sender=Dyad, dyad=rows[0].dyad, on=on, records=models)
    return True


def may_take_back(record: FollowUpRecord, on: date) -> bool:
    """Whether it was logged thirty days ago at most."""
    return record.logged_on is not None and on - record.logged_on <= timedelta(days=UNDO_DAYS)


def check_fact_day(dyad: Dyad, day: date, on: date) -> None:
    """Refuse a day to come, and a day outside the relationship."""
    if day > on:
        raise ValidationError({"day": _("La date ne peut pas être dans le futur.")}, code="future")
    check_day(dyad, day, on)


def check_record_whole(record: Any, on: date) -> None:
    """Refuse of a record, as it stands, what none may say: its day, a routine in which nothing was done."""
    check_fact_day(record.dyad, record.on, on)
    if isinstance(record, FollowUp) and not any(getattr(record, name) for name in DONE):
        said = _("Cochez au moins un élément revu avec l’élève, ou annulez cette routine.")
        raise ValidationError(said, code="empty")


def _log(model: type[Kind], fact: Fact, on: date, values: dict[str, Any]) -> Kind:
    """One row per ``entry_uuid``; the same words of the same person, sent by the back button, are that row."""
    twin = model.objects.filter(entry_uuid=fact.entry_uuid).first()
    if twin is not None and twin.dyad_id != fact.dyad.pk:
        raise ValidationError(
            _("Ce formulaire a déjà servi pour une autre dyade\u00a0: rechargez la page."), code="reused"
        )
    if twin is not None and twin.deleted_at is None:
        return twin
    check_fact_day(fact.dyad, fact.day, on)
    refuse_outside(fact.dyad, fact.person, fact.day)
    said = {"note": fact.note, "note_level": fact.note_level} | values | {"on": fact.day, "logged_by": fact.person}
    same = model.objects.kept().filter(dyad=fact.dyad, **said).first()
    if same is not None:
        return same
    row = twin or model(board_id=fact.dyad.board_id, dyad=fact.dyad, entry_uuid=fact.entry_uuid)
    row.deleted_at, row.logged_on = None, on
    for name, value in said.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return _log(model, fact, on, values)
    return row
