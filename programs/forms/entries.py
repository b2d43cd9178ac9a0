"""What the entries of every log share: a key, a day, a length, a note."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.fields import NO_SUCH_DAY, DayField, is_day
from programs.days import EarlierWeek, without
from programs.models import LoggedRecord

OTHER = "other"
USUAL_MINUTES = (10, 25, 40, 60)
NOTE_LENGTH = 4000


class ChoosingForm(forms.Form):
    """A form whose choices come with the page; fields under « silent » say nothing of being optional."""

    def choose(self, name: str, choices: list[tuple[str, str]], hints: dict[str, str] | None = None) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type)
        field.choices = choices
        if hints:
            field.hints = hints  # type: ignore[attr-defined]

    def silence(self, *names: str) -> None:
        """These are shown only where they are wanted."""
        for name in names:
            self.fields[name].silent = True  # type: ignore[attr-defined]

    def refuse(self, error: forms.ValidationError) -> None:
        """Show what an action refused, at the field where it was typed."""
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                self.add_error(self._typed(name), errors)
        else:
            self.add_error(None, error)

    def _typed(self, name: str) -> str | None:
        other = {"day": "other_on", "minutes": "other_minutes"}.get(name)
        where = other if other and self.data.get(name) == OTHER else name
        return where if where in self.fields else None


class EntryForm(ChoosingForm):
    """One entry, sent once, of one day. ``cleaned_data`` gains ``met_on``."""

    entry_uuid = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.ChoiceField(
        label=_("Quand"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le jour."), "invalid_choice": NO_SUCH_DAY},
    )
    other_on = DayField(label=_("Date"), required=False)

    def __init__(self, *args: Any, days: Iterable[tuple[str, str, str]], **kwargs: Any) -> None:
        """``days`` are the chips: value, first line, second line."""
        super().__init__(*args, **kwargs)
        chips = list(days)
        typed = self.data.get("day", "")
        if is_day(typed) and typed not in {value for value, _label, _hint in chips}:
            chips.append((typed, typed, ""))
        choices = [(value, label) for value, label, _hint in chips] + [(OTHER, _t("Autre date"))]
        self.choose("day", choices, {value: hint for value, _label, hint in chips})
        self.initial.setdefault("entry_uuid", uuid.uuid4())
        self.silence("other_on")

    def offer_weeks(self, weeks: Sequence[EarlierWeek]) -> None:
        """Put earlier days in the fold of the day's chips; those already at hand stay there alone."""
        typed = self.data.get("day", "")
        at_hand = {value for value, label in self.fields["day"].choices if label != typed}  # type: ignore[attr-defined]
        self.fields["day"].weeks = without(at_hand, weeks)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "day" in data and "other_on" in data:
            data["met_on"] = data["other_on"] if data["day"] == OTHER else date.fromisoformat(data["day"])
            if data["met_on"] is None:
                self.add_error("other_on", _t("Indiquez la date."))
        return data


class MinutesForm(ChoosingForm):
    """How long. ``cleaned_data`` gains ``how_long``, None when the length may be left out and is."""

    minutes = forms.ChoiceField(
        label=_("Durée"),
        help_text=_("en minutes"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la durée."), "invalid_choice": _("Choisissez la durée.")},
    )
    other_minutes = forms.IntegerField(
        label=_("Durée en minutes"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "max": 300, "inputmode": "numeric"}),
        error_messages={"invalid": _("Écrivez la durée en chiffres, de 1 à 300 minutes.")},
    )
    usual_minutes: tuple[int, ...] = USUAL_MINUTES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = list(self.usual_minutes)
        for minutes in (str(self.initial.get("minutes")), str(self.data.get("minutes"))):
            if _is_small_number(minutes) and int(minutes) not in usual:
                usual = sorted([*usual, int(minutes)])
        self.choose("minutes", [(str(n), str(n)) for n in usual] + [(OTHER, _t("Autre"))])
        self.silence("other_minutes")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "minutes" in data and "other_minutes" in data:
            typed = data["minutes"]
            data["how_long"] = data["other_minutes"] if typed == OTHER else int(typed) if typed else None
            if typed == OTHER and data["how_long"] is None:
                self.add_error("other_minutes", _t("Indiquez la durée, de 1 à 300 minutes."))
        return data


class NoteForm(ChoosingForm):
    """A note, and who reads it."""

    note = forms.CharField(
        label=pgettext_lazy("rencontre", "Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note_level = forms.ChoiceField(
        label=_("Niveau de la note"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in LoggedRecord.NoteLevel.choices],
        widget=forms.RadioSelect,
        initial=LoggedRecord.NoteLevel.ORDINARY,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note_level"].hints = {  # type: ignore[attr-defined]
            LoggedRecord.NoteLevel.ORDINARY: _t("qui accompagne le groupe"),
            LoggedRecord.NoteLevel.CONFIDENTIAL: _t("vous et la personne responsable"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["note_level"] = data.get("note_level") or LoggedRecord.NoteLevel.ORDINARY
        return data


class LateForm(forms.Form):
    """Why a meeting is logged more than thirty days later; ``asks_why`` when the page knows that it must ask."""

    late_reason = forms.CharField(
        label=_("Pourquoi elle est consignée maintenant"),
        help_text=_("La rencontre remonte à plus de 30 jours."),
        required=False,
        max_length=300,
        error_messages={"max_length": _("Le motif dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")},
    )

    def __init__(self, *args: Any, asks_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_why = asks_why
        self.fields["late_reason"].silent = True  # type: ignore[attr-defined]  # shown only where it is wanted

    @property
    def shows_why(self) -> bool:
        field = self["late_reason"]
        return bool(self.asks_why or field.errors or field.value())


def _is_small_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6
