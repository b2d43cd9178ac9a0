"""The one field for a day, on the forms of every app; and what their chips take for a day."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

CHECK_YEAR = _("Vérifiez l’année de cette date.")
NO_SUCH_DAY = _("Cette date n’existe pas : écrivez-la année-mois-jour, comme 2026-11-23.")

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""Far from where adding a month would overflow."""


def is_day(text: str) -> bool:
    """Whether a chip's value is a day of this century, as pages write it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return FIRST <= day <= LAST and day.isoformat() == text


class DayField(forms.DateField):
    """A date of this century, in the browser's own picker, sentences included."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date", "class": "narrow-field"}, format="%Y-%m-%d"))
        messages = {"required": _("Indiquez la date."), "invalid": NO_SUCH_DAY}
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        super().__init__(
            validators=[MinValueValidator(FIRST, CHECK_YEAR), MaxValueValidator(LAST, CHECK_YEAR)], **kwargs
        )
