"""« J’ai un doute »: raised, taken back before it is heard, heard, reopened. Each is audited, without its words."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.audit_verbs import DOUBT_HEARD, DOUBT_RAISED, DOUBT_REOPENED, DOUBT_WITHDRAWN
from mentoring.models import Doubt, Dyad
from people import audit
from people.models import User


@transaction.atomic
def raise_doubt(*, dyad: Dyad, person: User, on: date, entry_uuid: uuid.UUID, words: str = "") -> Doubt:
    """Let those know who answer for the programme; sent twice, or said again in the same words today, it is one."""
    Dyad.objects.select_for_update(of=("self",), no_key=True).get(pk=dyad.pk)
    if sent := Doubt.objects.filter(entry_uuid=entry_uuid).first():
        if (sent.dyad_id, sent.raised_by_id) != (dyad.pk, person.pk):
            raise ValidationError(_("Ce formulaire a déjà servi ailleurs. Ouvrez-le de nouveau, puis enregistrez."))
        return sent
    said = {"dyad": dyad, "raised_by": person, "raised_on": on, "words": words.strip()}
    if same := Doubt.objects.unheard().filter(**said).first():
        return same
    doubt = Doubt.objects.create(board_id=dyad.board_id, entry_uuid=entry_uuid, **said)
    audit.record(board=dyad.board, person=person, verb=DOUBT_RAISED, subject=doubt)
    return doubt


@transaction.atomic
def withdraw_doubt(*, doubt: Doubt, person: User) -> bool:
    """Take it back, words included, as long as nobody has heard it; False when it is too late."""
    current = Doubt.objects.unheard().select_for_update(of=("self",)).filter(pk=doubt.pk).first()
    if current is None:
        return False
    audit.record(board=current.board, person=person, verb=DOUBT_WITHDRAWN, subject=current)
    current.delete()
    return True


@transaction.atomic
def hear_doubt(*, doubt: Doubt, person: User, on: date, answer: str) -> Doubt:
    """Say what came of it; whoever raised it learns that it was heard. The same words twice are one deed."""
    current = _locked(doubt)
    if current.heard_on is not None and current.answer == answer.strip():
        return current
    current.heard_on, current.heard_by = current.heard_on or on, current.heard_by or person
    current.answer = answer.strip()
    current.save()
    audit.record(board=current.board, person=person, verb=DOUBT_HEARD, subject=current)
    return current


@transaction.atomic
def reopen_doubt(*, doubt: Doubt, person: User) -> bool:
    """It waits again to be heard; what had come of it is kept. False when it waits already."""
    current = _locked(doubt)
    if current.heard_on is None:
        return False
    current.heard_on = current.heard_by = None
    current.save()
    audit.record(board=current.board, person=person, verb=DOUBT_REOPENED, subject=current)
    return True


def _locked(doubt: Doubt) -> Doubt:
    return Doubt.objects.select_for_update(of=("self",)).select_related("board").get(pk=doubt.pk)
