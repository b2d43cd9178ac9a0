"""The support that followed a hard event."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mentoring.models import DifficultEvent
from people.text import spoken
from programs.log.conflicts import Conflict
from programs.log.kinds import KINDS


@transaction.atomic
def support_event(
    *, event: DifficultEvent, on: date, day: date, support: str, saved_at: datetime | None
) -> DifficultEvent:
    """The support that followed a hard event, or its correction; said twice, it is written once.

    ``Conflict`` when what was said of it is not what stood at ``saved_at``: nobody's words are overwritten unseen.
    """
    current: DifficultEvent = KINDS["evenement"].locked(event)
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
    current.dyad.announce(on, records={DifficultEvent})
    return current
