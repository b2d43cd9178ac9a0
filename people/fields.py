"""The fields of every app's forms: they forgive how a thing is typed, and never what it says."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from people.apart import tell_apart

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


def day_or_none(text: object) -> date | None:
    """The day that a text names, as pages and addresses write it; None when it names none."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


class DayField(forms.DateField):
    """A date of this century, in the browser's own picker, sentences included."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date", "class": "narrow-field"}, format="%Y-%m-%d"))
        messages = {"required": _("Indiquez la date."), "invalid": NO_SUCH_DAY}
        kwargs["error_messages"] = messages | kwargs.get("error_messages", {})
        super().__init__(
            validators=[MinValueValidator(FIRST, CHECK_YEAR), MaxValueValidator(LAST, CHECK_YEAR)], **kwargs
        )


class BirthDateField(DayField):
    """A day of somebody's birth: of the last century too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        first, last = date(1900, 1, 1), date(2099, 12, 31)
        self.validators = [MinValueValidator(first, CHECK_YEAR), MaxValueValidator(last, CHECK_YEAR)]


FEWEST_WORDS = 3


class ReasonField(forms.CharField):
    """Why somebody reads or takes away what names a child: a few words, which the journal keeps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Motif"), "max_length": 300, **kwargs})

    def clean(self, value: Any) -> str:
        reason: str = super().clean(value)
        if len(reason.split()) < FEWEST_WORDS:
            raise forms.ValidationError(_("Écrivez le motif en quelques mots\u00a0: trois au moins."))
        return reason


OTHER = "other"
"""The value of the chip « Autre », which calls for the field ``other_<name>`` beside it."""

OTHERS = {"day": "on"}
"""« Autre date » calls for ``other_on``."""


class ChipField(forms.ChoiceField):
    """Radios shown as chips; ``hints`` holds a second line by value."""

    widget = forms.RadioSelect
    hints: Mapping[str, str] = {}

    def shows(self, value: str) -> bool:
        """Whether a chip of the page has this value."""
        return value in {str(choice) for choice, _label in self.choices}  # type: ignore[misc, union-attr]


class ManyChipsField(forms.MultipleChoiceField):
    """Boxes shown as chips; ``hints`` holds a second line by value."""

    widget = forms.CheckboxSelectMultiple
    hints: Mapping[str, str] = {}


CHOOSE = _("Choisir")


class RowsApart(ModelChoiceIterator):
    """The rows offered, two people of one name told apart."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in tell_apart(self.queryset):
            yield self.choice(row)


class RowField(forms.ModelChoiceField):
    """One of the rows that the page offers (``ActionForm.choose_from``); ``missing`` and ``wrong`` are its refusals."""

    iterator = RowsApart

    def __init__(self, *, missing: Any = "", wrong: Any = "", empty_label: Any = CHOOSE, **kwargs: Any) -> None:
        given = {"required": missing, "invalid_choice": wrong}
        said = {code: words for code, words in given.items() if words}
        super().__init__(None, empty_label=empty_label, error_messages=said, **kwargs)


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
