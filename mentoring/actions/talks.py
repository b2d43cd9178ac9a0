"""On which day the last talk of an ending was held, or is planned."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mentoring.models import Dyad
from mentoring.models.endings import ClosureTalk
from people.text import spoken


def day_of_talk(dyad: Dyad, talk: str, day: date | None, on: date, *, at: str) -> date | None:
    """The day to keep, None when nobody knows it or there is none; raises ValidationError at the field ``at``."""
    if day is None or talk not in (ClosureTalk.HELD, ClosureTalk.PLANNED):
        return None
    if talk == ClosureTalk.PLANNED and day < on:
        sentence = _("Ce jour est passé\u00a0: choisissez le jour prévu, ou dites que l’échange a eu lieu.")
        raise ValidationError({at: sentence})
    if talk == ClosureTalk.HELD and day > on:
        sentence = _("La date ne peut pas être dans le futur\u00a0: dites-le une fois qu’il a eu lieu.")
        raise ValidationError({at: sentence})
    if day < dyad.starts_on:
        sentence = _("La dyade a commencé le %(day)s\u00a0: choisissez ce jour ou un jour qui suit.")
        raise ValidationError({at: sentence % {"day": spoken(dyad.starts_on)}})
    return day
