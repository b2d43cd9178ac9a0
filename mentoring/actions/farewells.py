"""What became of the last talk that an ending had foreseen."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.actions.talks import day_of_talk
from mentoring.audit_verbs import DYAD_FAREWELL_ANSWERED, DYAD_FAREWELL_REOPENED
from mentoring.models import Dyad
from mentoring.models.endings import ClosureTalk
from people import audit
from people.models import User
from programs.actions.held import locked
from programs.log.history import history_of, version_of


@transaction.atomic
def answer_farewell(*, dyad: Dyad, person: User, on: date, talk: str, day: date | None = None) -> int:
    """Say that the last talk was held, and when, for which day it is planned, or that it is not possible.

    The version to undo; 0 when it was said before.
    """
    current = locked(dyad)
    if current.ends_on is None or current.closure_talk != ClosureTalk.PLANNED:
        return 0
    if talk != ClosureTalk.NOT_POSSIBLE and day is None:
        raise ValidationError({"day": _("Indiquez le jour où il a eu lieu, ou celui où il est prévu.")})
    talk_on = day_of_talk(current, talk, day, on, at="day")
    if (current.closure_talk, current.closure_talk_on) == (talk, talk_on):
        return 0
    current.closure_talk, current.closure_talk_on = talk, talk_on
    current.save()
    audit.record(board=current.board, person=person, verb=DYAD_FAREWELL_ANSWERED, subject=current)
    return version_of(current)


@transaction.atomic
def reopen_farewell(*, dyad: Dyad, person: User, version: int) -> bool:
    """Take the answer back, when nothing of the dyad has changed since; False when it has."""
    current = locked(dyad)
    if not version or version_of(current) != version:
        return False
    before = history_of(current).filter(history_id__lt=version).first()
    planned = before is not None and before.closure_talk == ClosureTalk.PLANNED
    current.closure_talk_on = before.closure_talk_on if before is not None and planned else None
    current.closure_talk = ClosureTalk.PLANNED
    current.save()
    audit.record(board=current.board, person=person, verb=DYAD_FAREWELL_REOPENED, subject=current)
    return True
