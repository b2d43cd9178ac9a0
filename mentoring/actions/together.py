"""One gesture for a meeting like the last one, or for one that several dyads had together."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.actions.entries import Entry, log_meeting, undo
from mentoring.again import last_meetings
from mentoring.models import Dyad, DyadMeeting
from people.models import User

COPIED = ("minutes", "channel", "activity", "chosen_by", "setting", "structured")


@transaction.atomic
def repeat_last(*, dyad: Dyad, person: User, on: date, entry_uuid: uuid.UUID) -> DyadMeeting:
    """Log today's meeting as the last one went: length, channel, activity; never its note nor its topic."""
    sent = DyadMeeting.objects.kept().filter(dyad=dyad, entry_uuid=entry_uuid).first()
    if sent is not None:
        return sent
    last = last_meetings([dyad.pk], on).get(dyad.pk)
    if last is None:
        raise ValidationError(_("Aucune rencontre à refaire\u00a0: ouvrez la page pour consigner la première."))
    if last.on == on:
        raise ValidationError(_("Une rencontre est déjà consignée aujourd’hui\u00a0: modifiez-la au besoin."))
    entry = Entry(on, **{name: getattr(last, name) for name in COPIED})
    return log_meeting(dyad=dyad, entry=entry, person=person, on=on, entry_uuid=entry_uuid)


@transaction.atomic
def log_together(
    *, dyads: Sequence[Dyad], entry: Entry, person: User, on: date, entry_uuid: uuid.UUID, second: bool = False
) -> list[DyadMeeting]:
    """One meeting that several dyads had together: a record each, all or none, once however often it is sent."""
    entry = replace(entry, setting=DyadMeeting.Setting.GROUP)
    rows = []
    for dyad in dyads:
        key = shared_key(entry_uuid, dyad)
        try:
            rows.append(log_meeting(dyad=dyad, entry=entry, person=person, on=on, entry_uuid=key, second=second))
        except ValidationError as refusal:
            raise _about(dyad, refusal) from refusal
    return rows


@transaction.atomic
def undo_together(*, dyads: Sequence[Dyad], person: User, on: date, entry_uuid: uuid.UUID) -> int:
    """Take back what one form wrote for these dyads; how many records. Twice takes nothing more back."""
    rows = DyadMeeting.objects.filter(entry_uuid__in=[shared_key(entry_uuid, dyad) for dyad in dyads])
    return sum(undo(meeting=row, person=person, on=on) for row in rows)


def shared_key(entry_uuid: uuid.UUID, dyad: Dyad) -> uuid.UUID:
    """The key of one dyad's record among those of a form, the same each time that the form is sent."""
    return uuid.uuid5(entry_uuid, str(dyad.pk))


def _about(dyad: Dyad, refusal: ValidationError) -> ValidationError:
    """The refusal, with the dyad's student before each sentence."""
    if not hasattr(refusal, "error_dict"):
        return refusal
    said = {
        name: [ValidationError(f"{dyad.student}\u00a0: {' '.join(row.messages)}", code=row.code) for row in rows]
        for name, rows in refusal.error_dict.items()
    }
    return ValidationError(said)
