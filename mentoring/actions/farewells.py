"""What became of the last talk that an ending had foreseen."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.audit_verbs import DYAD_FAREWELL_ANSWERED, DYAD_FAREWELL_REOPENED
from mentoring.models import Dyad
from mentoring.models.endings import ClosureTalk
from people import audit
from people.models import User
from people.text import spoken
from programs.actions.held import locked
from programs.log.history import version_of


@transaction.atomic
def answer_farewell(*, dyad: Dyad, person: User, on: date, talk: str, held_on: date | None = None) -> int:
    """Say that the last talk was held, and when, or is not possible; the version to undo, 0 when it was said before."""
    current = locked(dyad)
    if current.ends_on is None or current.closure_talk != ClosureTalk.PLANNED:
        return 0
    if talk == ClosureTalk.HELD:
        _check_day(current, held_on, on)
    current.closure_talk = talk
    current.closure_talk_on = held_on if talk == ClosureTalk.HELD else None
    current.save()
    audit.record(board=current.board, person=person, verb=DYAD_FAREWELL_ANSWERED, subject=current)
    return version_of(current)


@transaction.atomic
def reopen_farewell(*, dyad: Dyad, person: User, version: int) -> bool:
    """Take the answer back, when nothing of the dyad has changed since; False when it has."""
    current = locked(dyad)
    if not version or version_of(current) != version:
        return False
    current.closure_talk, current.closure_talk_on = ClosureTalk.PLANNED, None
    current.save()
    audit.record(board=current.board, person=person, verb=DYAD_FAREWELL_REOPENED, subject=current)
    return True


def _check_day(dyad: Dyad, held_on: date | None, on: date) -> None:
    if held_on is None:
        raise ValidationError({"day": _("Indiquez le jour où il a eu lieu.")})
    if held_on > on:
        sentence = _("La date ne peut pas être dans le futur\u00a0: dites-le une fois qu’il a eu lieu.")
        raise ValidationError({"day": sentence})
    if held_on < dyad.starts_on:
        sentence = _("La dyade a commencé le %(day)s\u00a0: choisissez ce jour ou un jour qui suit.")
        raise ValidationError({"day": sentence % {"day": spoken(dyad.starts_on)}})
