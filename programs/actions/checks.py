"""What every entry of a log must be: of a day past, inside its dates, of a length that exists, explained when late."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import SupportGroup

MINUTES = range(1, 301)
LATE = timedelta(days=30)
"""An entry is made within that time, or says why it comes later."""


def is_late(day: date, on: date) -> bool:
    return on - day > LATE


def late_reason(day: date, on: date, reason: str) -> str:
    """What to keep as the reason of an entry: asked for when its day is more than thirty days back, else nothing."""
    if not is_late(day, on):
        return ""
    if not reason.strip():
        sentence = _("Ce jour remonte à plus de 30 jours\u00a0: dites pourquoi la rencontre est consignée maintenant.")
        raise ValidationError({"late_reason": ValidationError(sentence, code="late")})
    return reason.strip()


def check_entry(group: SupportGroup, met_on: date, minutes: int | None, on: date) -> None:
    """Refuse in one go, field by field: a day to come, a day outside the group's dates, an absurd length."""
    wrong = {}
    if met_on > on:
        wrong["day"] = _("La date ne peut pas être dans le futur.")
    elif met_on < group.starts_on or (group.ends_on is not None and met_on >= group.ends_on):
        wrong["day"] = _("Le groupe n’existait pas à cette date. Choisissez un jour où il est ouvert.")
    if minutes is not None and minutes not in MINUTES:
        wrong["minutes"] = _("Indiquez une durée de 1 à 300 minutes.")
    if wrong:
        raise ValidationError(wrong)
