"""A student is referred to a mentoring programme, waits, waits no more; a mentor says what they can offer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.actions.mentors import board_of
from mentoring.audit_verbs import MENTOR_AVAILABILITY_STATED, REFERRAL_CLOSED, REFERRAL_CORRECTED, REFERRAL_OPENED
from mentoring.models import Dyad, Mentor, Referral
from people import audit
from people.models import Student, User
from people.models.base import active_on
from programs.gestures.kinds import KINDS
from programs.gestures.memory import Changes
from programs.gestures.verbs import keep
from programs.models import Program

WISHES = ("interests", "other_interests", "languages", "other_languages", "times")
SAID = ("needs", "wished_kind", "referred_on", *WISHES)


@transaction.atomic
def refer_student(*, student: Student, program: Program, person: User, on: date, **said: Any) -> Referral:
    """Let a student wait for a mentor in a programme; ``said`` holds ``SAID``. The same words sent twice are one.

    Refused while the student waits there already, or has a dyad there.
    """
    Student.objects.select_for_update().get(pk=student.pk)
    _check(student, program, said["referred_on"], on)
    waits = Referral.objects.waiting(on).filter(student=student, program=program).first()
    if waits is not None:
        if all(getattr(waits, name) == said[name] for name in SAID):
            return waits
        words = _("Cette personne attend déjà une mentore ou un mentor dans ce programme\u00a0: modifiez sa fiche.")
        raise ValidationError(words, code="waits")
    if Dyad.objects.filter(active_on(on), program=program, student=student).exists():
        words = _("Cette personne a déjà une dyade en cours dans ce programme.")
        raise ValidationError(words, code="open")
    referral = Referral.objects.create(student=student, program=program, referred_by=person, **said)
    audit.record(board=program.board, person=person, verb=REFERRAL_OPENED, subject=referral)
    return referral


@transaction.atomic
def correct_referral(*, referral: Referral, person: User, on: date, **said: Any) -> Referral:
    """Say better what a student who waits needs and wishes. Twice changes nothing."""
    current = _locked(referral)
    _check(current.student, current.program, said["referred_on"], on)
    if current.closed_on is not None and said["referred_on"] > current.closed_on:
        raise ValidationError({"referred_on": _("La fiche est fermée avant ce jour.")})
    if _write(current, said, SAID):
        audit.record(board=current.program.board, person=person, verb=REFERRAL_CORRECTED, subject=current)
    return current


@transaction.atomic
def close_referral(*, referral: Referral, person: User, on: date) -> bool:
    """The student waits no more, without a dyad; can be undone. False when that was said already."""
    current = _locked(referral)
    if current.closed_on is not None:
        return False
    changes = Changes()
    changes.write(current, closed_on=max(on, current.referred_on))
    keep(kind=KINDS["demande-fermee"], row=current, person=person, changes=changes)
    audit.record(board=current.program.board, person=person, verb=REFERRAL_CLOSED, subject=current)
    return True


@transaction.atomic
def state_availability(*, mentor: Mentor, person: User, places: int | None, **said: Any) -> Mentor:
    """How many dyads a mentor may keep, and what may bring a student and them together. Twice changes nothing."""
    current = Mentor.objects.select_for_update(of=("self",)).select_related("person__board").get(pk=mentor.pk)
    if _write(current, {**said, "places": places}, ("places", *WISHES)):
        audit.record(board=board_of(current.person), person=person, verb=MENTOR_AVAILABILITY_STATED, subject=current)
    return current


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("student", "program__board")
    return rows.get(pk=referral.pk)


def _check(student: Student, program: Program, referred_on: date, on: date) -> None:
    if program.domain != Program.Domain.MENTORING:
        raise ValidationError({"program": _("Choisissez un programme de mentorat.")})
    if student.school_id != program.school_id or student.board_id != program.board_id:
        raise ValidationError({"program": _("Cette personne ne fréquente pas l’école du programme.")})
    if program.ends_on is not None and referred_on >= program.ends_on:
        raise ValidationError({"referred_on": _("Le programme est terminé à cette date. Choisissez un autre jour.")})
    if referred_on > on:
        raise ValidationError({"referred_on": _("La date ne peut pas être dans le futur\u00a0: l’attente a commencé.")})


def _write(row: Any, said: dict[str, Any], names: Sequence[str]) -> bool:
    """Whether anything changed."""
    if all(getattr(row, name) == said[name] for name in names):
        return False
    for name in names:
        setattr(row, name, said[name])
    row.save()
    return True
