"""Fields that forgive how a thing is typed, and never what it says."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from people.fields import CHECK_YEAR, NO_SUCH_DAY, DayField, is_day
from people.wording import written
from programs.days import EarlierWeek

OTHER = "other"


class ChipField(forms.ChoiceField):
    """Radios shown as chips; ``hints`` holds a second line by value."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(**kwargs)
        self.hints: dict[str, str] = {}


class DayChipField(ChipField):
    """A few days at hand, then « Autre date ». A form left open since yesterday still says the day that it showed.

    ``weeks`` are the earlier days of the fold.
    """

    weeks: Sequence[EarlierWeek] = ()

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"invalid_choice": NO_SUCH_DAY} | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def valid_value(self, value: Any) -> bool:
        return value == OTHER or is_day(str(value))

    def offer(self, today: date, *usual: date) -> None:
        """Offer today, the usual days, and any other."""
        choices: list[tuple[str, Any]] = [(today.isoformat(), _("Aujourd’hui"))]
        self.hints = {today.isoformat(): written(today, "l j N")}
        for day in usual:
            if day != today:
                choices.append((day.isoformat(), written(day, "l").capitalize()))
                self.hints[day.isoformat()] = written(day, "j N")
        self.choices = [*choices, (OTHER, _("Autre date"))]


class BirthDateField(DayField):
    """A day of somebody's birth: of the last century too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        first, last = date(1900, 1, 1), date(2099, 12, 31)
        self.validators = [MinValueValidator(first, CHECK_YEAR), MaxValueValidator(last, CHECK_YEAR)]


class EntryUuidField(forms.UUIDField):
    """The form's own key: sent twice, it says so."""

    def __init__(self) -> None:
        broken = _("Ce formulaire est incomplet : vérifiez ce qui est inscrit, puis enregistrez de nouveau.")
        super().__init__(widget=forms.HiddenInput, error_messages={"required": broken, "invalid": broken})


def usable_uuid(form: forms.Form) -> uuid.UUID:
    """The key to send again with the form: its own when it is one, else a new one."""
    sent = form.data.get(form.add_prefix("entry_uuid")) if form.is_bound else form.initial.get("entry_uuid")
    try:
        return uuid.UUID(str(sent))
    except ValueError:
        return uuid.uuid4()
