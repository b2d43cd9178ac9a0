"""One gesture for a meeting like the last one, or for one that several dyads had together."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.last_meetings import last_meetings
from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.log.kinds import Entry, Part, RecordKind, kind_of, part_key
from programs.log.verbs import log, undo

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
    held = {"status": DyadMeeting.Status.HELD, "reason": "", "topic": ""}
    entry = Entry(on, held | {name: getattr(last, name) for name in COPIED})
    made: DyadMeeting = log(parts=[Part(_kind(), dyad, entry, entry_uuid)], person=person, on=on)[0]
    return made


def log_together(
    *, dyads: Sequence[Dyad], entry: Entry, person: User, on: date, entry_uuid: uuid.UUID, second: bool = False
) -> list[DyadMeeting]:
    """One meeting that several dyads had together: a record each, all or none, once however often it is sent."""
    entry = replace(entry, values={**entry.values, "setting": DyadMeeting.Setting.GROUP})
    parts = [Part(_kind(), dyad, entry, part_key(entry_uuid, dyad.pk)) for dyad in dyads]
    return log(parts=parts, person=person, on=on, second=second)


@transaction.atomic
def undo_together(*, dyads: Sequence[Dyad], person: User, on: date, entry_uuid: uuid.UUID) -> int:
    """Take back what one form wrote for these dyads; how many records. Twice takes nothing more back."""
    rows = DyadMeeting.objects.filter(entry_uuid__in=[part_key(entry_uuid, dyad.pk) for dyad in dyads])
    return sum(undo(kind=_kind(), record=row, person=person, on=on) for row in rows)


def _kind() -> RecordKind[DyadMeeting, Dyad, None]:
    return kind_of(DyadMeeting())
