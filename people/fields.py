"""The one field for a day, on the forms of every app."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

CHECK_YEAR = _("Vérifiez l’année de cette date.")
NO_SUCH_DAY = _("Cette date n’existe pas : écrivez-la année-mois-jour, comme 2026-11-23.")


class DayField(forms.DateField):
    """A date of this century, in the browser's own picker, sentences included."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date", "class": "narrow-field"}, format="%Y-%m-%d"))
        messages = {"required": _("Indiquez la date."), "invalid": NO_SUCH_DAY}
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        first, last = date(2000, 1, 1), date(2099, 12, 31)  # far from where adding a month would overflow
        super().__init__(
            validators=[MinValueValidator(first, CHECK_YEAR), MaxValueValidator(last, CHECK_YEAR)], **kwargs
        )
