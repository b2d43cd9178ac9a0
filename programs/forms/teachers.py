"""The forms of what a resource teacher counts and states."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.fields import ChipField, RowField
from people.forms import ActionForm, Data, Initial
from people.models import User
from programs.log.forms import EntryForm, MinutesForm
from programs.log.limits import MINUTES
from programs.models import Foundation, FunctionTime, SchoolYear, TeacherRelease

LONGEST_WEEK = MINUTES["temps"]
WRONG = ("invalid", "min_value", "max_value")
NO_PERCENT = ("required", "invalid", "max_digits", "max_decimal_places", "max_whole_digits")
PERCENT = _("Indiquez un pourcentage de plus de 0 à 100, comme 40 ou 37,5.")


class PercentField(forms.DecimalField):
    """« 37,5 » as people write it, and « 37.5 »."""

    def to_python(self, value: object) -> Any:
        typed = str(value or "").replace("\u00a0", "").replace(" ", "").rstrip("%").replace(",", ".")
        return super().to_python(typed)


class ReleaseForm(ActionForm):
    """The part of a task that a school year frees. ``seen`` is how many rows the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    school_year = RowField(
        label=_("Année scolaire"),
        empty_label=None,
        missing=_("Choisissez l’année."),
        wrong=_("Choisissez l’année."),
    )
    percent = PercentField(
        label=_("Part de la tâche libérée, en pourcentage"),
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "narrow-field"}),
        error_messages=dict.fromkeys(NO_PERCENT, PERCENT),
    )
    base = forms.ChoiceField(
        label=_("Base"),
        choices=[(value, capfirst(label)) for value, label in TeacherRelease.Base.choices],
        initial=TeacherRelease.Base.EDUCATIVE_TASK,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la base."), "invalid_choice": _("Choisissez la base.")},
    )

    def __init__(self, data: Data = None, *, years: QuerySet[SchoolYear], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("school_year", years)

    def clean_seen(self) -> int:
        return int(self.cleaned_data["seen"] or 0)


class FunctionTimeForm(MinutesForm, EntryForm):
    """Minutes given to one of the three functions."""

    function = ChipField(
        label=_("Fonction"),
        choices=[(value, capfirst(label)) for value, label in FunctionTime.Function.choices],
        error_messages={"required": _("Choisissez la fonction."), "invalid_choice": _("Choisissez la fonction.")},
    )
    preparation = forms.BooleanField(label=_("C’était de la préparation"), required=False)
    second = forms.BooleanField(label=_("Oui, c’est un autre moment du même jour."), required=False)
    field_order: Sequence[str] = ("entry_uuid", "function", "minutes", "other_minutes", "day", "other_on")
    quiet: tuple[str, ...] = ("preparation", "second")
    usual_minutes = (15, 30, 45, 60, 90)

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("function", "preparation")
        return {name: said[name] for name in names} | {"minutes": said["how_long"]}


class FoundationsForm(ActionForm):
    """The five statements, each under its topic."""

    def __init__(self, data: Data = None, *, teacher: User) -> None:
        stated = {row.topic: row for row in teacher.foundations.all()}
        super().__init__(data, initial={topic: row.statement for topic, row in stated.items()})
        for topic, label in Foundation.Topic.choices:
            self.fields[topic] = forms.CharField(
                label=capfirst(label), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
            )
        self.stated = len(stated)


class WeekTimeForm(ActionForm):
    """A whole week in one go: which one, by its Monday, and the minutes of each function.

    ``cleaned_data`` gains ``spent_on``: today, or the Friday of a week gone by.
    """

    entry_uuid = forms.UUIDField(widget=forms.HiddenInput)
    week = ChipField(
        label=_("Semaine"),
        error_messages={"required": _("Choisissez la semaine."), "invalid_choice": _("Choisissez la semaine.")},
    )
    second = forms.BooleanField(label=_("Oui, ces minutes s’ajoutent à celles-là."), required=False)
    quiet: tuple[str, ...] = ("second", *FunctionTime.Function.values)

    def __init__(self, data: Data = None, *, on: date, initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.on = on
        this = on - timedelta(days=on.weekday())
        last = this - timedelta(days=7)
        self.choose("week", [(this.isoformat(), _t("Cette semaine")), (last.isoformat(), _t("La semaine dernière"))])
        self.initial.setdefault("week", this.isoformat())
        self.initial.setdefault("entry_uuid", uuid.uuid4())
        for value, label in FunctionTime.Function.choices:
            self.fields[value] = forms.IntegerField(
                label=capfirst(label),
                required=False,
                min_value=1,
                max_value=LONGEST_WEEK,
                widget=forms.NumberInput(attrs={"class": "narrow-field", "inputmode": "numeric"}),
                error_messages={name: _("Écrivez les minutes en chiffres, de 1 à 3000.") for name in WRONG},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "week" in data:
            data["spent_on"] = min(self.on, date.fromisoformat(data["week"]) + timedelta(days=4))
        return data

    @property
    def of_functions(self) -> list[forms.BoundField]:
        return [self[value] for value in FunctionTime.Function.values]

    def minutes(self) -> dict[str, int]:
        said = {value: self.cleaned_data[value] for value in FunctionTime.Function.values}
        return {value: minutes for value, minutes in said.items() if minutes}
