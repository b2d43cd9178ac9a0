"""What every entry of a group's log must be: of a day past, inside the group's dates, of a length that exists."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import SupportGroup

MINUTES = range(1, 301)


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
