"""The forms of groups: what was typed, turned into dates, minutes and ids; whether it may be is for the actions."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.fields import NO_SUCH_DAY, DayField
from people.models import Student, User
from programs.activities import GroupActivity
from programs.attendance import by_given_name
from programs.models import GroupLead, GroupMeeting, Program

OTHER = "other"
USUAL_MINUTES = (10, 25, 40, 60)
NOTE_LENGTH = 4000


class MeetingForm(forms.Form):
    """When, how long, what, and who was away. ``cleaned_data`` gains ``met_on`` and ``how_long``."""

    entry_uuid = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.ChoiceField(
        label=_("Quand"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le jour."), "invalid_choice": NO_SUCH_DAY},
    )
    other_on = DayField(label=_("Date de la rencontre"), required=False)
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
    activities = forms.MultipleChoiceField(
        label=_("Activité"), required=False, choices=GroupActivity.choices, widget=forms.CheckboxSelectMultiple
    )
    absent = forms.MultipleChoiceField(
        label=_("Présences"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "Une absence vise un élève qui n’est pas du groupe à cette date. Vérifiez les présences."
            )
        },
    )
    note = forms.CharField(
        label=pgettext_lazy("rencontre", "Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note_level = forms.ChoiceField(
        label=_("Niveau de la note"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in GroupMeeting.NoteLevel.choices],
        widget=forms.RadioSelect,
        initial=GroupMeeting.NoteLevel.ORDINARY,
    )
    second = forms.BooleanField(label=_("Oui, le groupe s’est réuni une autre fois ce jour-là."), required=False)

    def __init__(
        self, *args: Any, days: Iterable[tuple[str, str, str]], members: Iterable[Student], **kwargs: Any
    ) -> None:
        """``days`` are the chips: value, first line, second line; ``members`` those of the day chosen."""
        super().__init__(*args, **kwargs)
        chips = list(days)
        typed = self.data.get("day", "")
        if _is_day(typed) and typed not in {value for value, _label, _hint in chips}:
            chips.append((typed, typed, ""))
        self._choose("day", [(value, label) for value, label, _hint in chips] + [(OTHER, _t("Autre date"))])
        self.fields["day"].hints = {value: hint for value, _label, hint in chips}  # type: ignore[attr-defined]
        usual = list(USUAL_MINUTES)
        for minutes in (str(self.initial.get("minutes")), str(self.data.get("minutes"))):
            if _is_small_number(minutes) and int(minutes) not in usual:
                usual = sorted([*usual, int(minutes)])
        self._choose("minutes", [(str(n), str(n)) for n in usual] + [(OTHER, _t("Autre"))])
        self.fields["note_level"].hints = {  # type: ignore[attr-defined]
            GroupMeeting.NoteLevel.ORDINARY: _t("qui accompagne le groupe"),
            GroupMeeting.NoteLevel.CONFIDENTIAL: _t("vous et la personne responsable"),
        }
        self._choose("absent", [(str(student.pk), str(student)) for student in sorted(members, key=by_given_name)])
        self.initial.setdefault("entry_uuid", uuid.uuid4())
        for name in ("other_on", "other_minutes", "second"):  # shown only where they are wanted
            self.fields[name].silent = True  # type: ignore[attr-defined]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells the type)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "day" in data and "other_on" in data:
            data["met_on"] = data["other_on"] if data["day"] == OTHER else date.fromisoformat(data["day"])
            if data["met_on"] is None:
                self.add_error("other_on", _t("Indiquez la date."))
        if "minutes" in data and "other_minutes" in data:
            data["how_long"] = data["other_minutes"] if data["minutes"] == OTHER else int(data["minutes"])
            if data["how_long"] is None:
                self.add_error("other_minutes", _t("Indiquez la durée, de 1 à 300 minutes."))
        data["note_level"] = data.get("note_level") or GroupMeeting.NoteLevel.ORDINARY
        return data

    def refuse(self, error: forms.ValidationError) -> None:
        """Show what an action refused, at the field where it was typed."""
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                self.add_error(self._typed(name), errors)
        else:
            self.add_error(None, error)

    def _typed(self, name: str) -> str:
        other = {"day": "other_on", "minutes": "other_minutes"}.get(name)
        return other if other and self.data.get(name) == OTHER else name


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_small_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6


class NotHeldForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Motif"),
        choices=[(value, capfirst(label)) for value, label in GroupMeeting.Reason.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un motif.")},
    )
    note = forms.CharField(
        label=pgettext_lazy("rencontre", "Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MemberForm(forms.Form):
    """Bring a student in; ``confirm`` and ``reason`` are asked when the group would be large."""

    student = forms.ModelChoiceField(
        label=_("Élève"),
        queryset=Student.objects.none(),
        empty_label=_("Choisir"),
        error_messages={
            "required": _("Choisissez l’élève."),
            "invalid_choice": _("L’élève n’est pas de l’école du groupe. Choisissez une autre personne."),
        },
    )
    starts_on = DayField(label=_("Premier jour dans le groupe"))
    confirm = forms.BooleanField(label=_("J’ajoute cet élève malgré la taille du groupe."), required=False)
    reason = forms.CharField(label=_("Motif"), required=False, max_length=300)

    def __init__(self, *args: Any, students: QuerySet[Student], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["student"]
        field.queryset = students  # type: ignore[attr-defined]
        for name in ("confirm", "reason"):  # shown only where they are wanted
            self.fields[name].silent = True  # type: ignore[attr-defined]

    def confirmed_reason(self) -> str:
        """The reason, once the box is ticked."""
        return str(self.cleaned_data["reason"]) if self.cleaned_data["confirm"] else ""


class MemberEndForm(forms.Form):
    last_on = DayField(label=_("Dernier jour dans le groupe"), help_text=_("Ce jour compte encore."))
    reason = forms.CharField(
        label=_("Motif du départ"), max_length=300, error_messages={"required": _("Écrivez le motif du départ.")}
    )


class MemberEndFixForm(MemberEndForm):
    """Another last day, or none: the student never left. ``seen`` is the end that the page showed."""

    seen = forms.DateField(widget=forms.HiddenInput, required=False)
    stays = forms.BooleanField(label=_("L’élève n’a pas quitté le groupe : retirer la fin."), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("stays"):
            # What stands in the fields that the box sets aside says nothing.
            for name in ("last_on", "reason"):
                self.errors.pop(name, None)
        return given

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        if given["stays"]:
            return {"seen": given["seen"], "last_on": None, "reason": ""}
        return {name: given[name] for name in ("seen", "last_on", "reason")}


class LeadForm(forms.Form):
    """Hand a group over."""

    lead = forms.ModelChoiceField(
        label=_("Nouvelle personne responsable"),
        queryset=User.objects.none(),
        empty_label=_("Choisir"),
        error_messages={
            "required": _("Choisissez la personne."),
            "invalid_choice": _("Cette personne ne travaille pas à l’école du groupe. Choisissez-en une autre."),
        },
    )
    starts_on = DayField(label=_("À partir du"))
    reason = forms.ChoiceField(
        label=_("Motif du changement"),
        required=False,
        choices=[("", _("Choisir")), *((value, capfirst(label)) for value, label in GroupLead.Reason.choices)],
    )

    def __init__(self, *args: Any, leads: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]
        self.fields["reason"].silent = True  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """Open a group, and say when it meets."""

    entry_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Nom du groupe"), max_length=120, error_messages={"required": _("Donnez un nom au groupe.")}
    )
    program = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=Program.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choisissez le programme."),
            "invalid_choice": _("Choisissez un de vos programmes."),
        },
    )
    lead = forms.ModelChoiceField(
        label=_("Personne responsable du groupe"),
        queryset=User.objects.none(),
        empty_label=_("Choisir"),
        error_messages={
            "required": _("Choisissez la personne."),
            "invalid_choice": _("Choisissez une personne de l’école du programme."),
        },
    )
    starts_on = DayField(label=_("Premier jour"))
    last_on = DayField(label=_("Dernier jour"), required=False, help_text=_("Ce jour compte encore."))
    weekday = forms.ChoiceField(label=_("Jour de rencontre"), required=False)
    starts_at = forms.TimeField(
        label=_("Heure"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Écrivez une heure qui existe, comme 14:30.")},
    )
    minutes = forms.IntegerField(
        label=_("Durée en minutes"),
        required=False,
        min_value=1,
        max_value=300,
        error_messages={
            "invalid": _("Écrivez la durée en chiffres, de 1 à 300 minutes."),
            "min_value": _("Indiquez une durée de 1 à 300 minutes."),
            "max_value": _("Indiquez une durée de 1 à 300 minutes."),
        },
    )
    place = forms.CharField(label=_("Lieu"), required=False, max_length=120)

    def __init__(self, *args: Any, programs: QuerySet[Program], leads: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = programs  # type: ignore[attr-defined]
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]
        self.initial.setdefault("entry_uuid", uuid.uuid4())
        days = [_t("lundi"), _t("mardi"), _t("mercredi"), _t("jeudi"), _t("vendredi")]
        weekday = self.fields["weekday"]
        weekday.choices = [("", _t("À préciser plus tard"))] + [  # type: ignore[attr-defined]
            (str(number), day) for number, day in enumerate(days, start=1)
        ]
