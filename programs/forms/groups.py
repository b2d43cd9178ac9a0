"""The forms of a group's structure: what was typed, turned into dates and ids; whether it may be is for the actions."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.fields import DayField, RowField
from people.forms import ActionForm, Data, Initial
from people.models import User
from programs.log.limits import DAY
from programs.models import GroupLead, Program

WRONG_LENGTH = {
    name: _("La durée va de 1 à %(longest)s minutes.") % {"longest": DAY} for name in ("min_value", "max_value")
}


class GroupEditForm(ActionForm):
    """What a group is called, and from when to when it lasts."""

    name = forms.CharField(
        label=_("Nom du groupe"), max_length=120, error_messages={"required": _("Donnez un nom au groupe.")}
    )
    starts_on = DayField(label=_("Premier jour"))
    last_on = DayField(label=_("Dernier jour"), required=False, help_text=_("Ce jour compte encore."))


class GroupEndForm(ActionForm):
    last_on = DayField(label=_("Dernier jour du groupe"), help_text=_("Ce jour compte encore."))


class LeadStartForm(ActionForm):
    """Since when an adult is in charge."""

    starts_on = DayField(label=_("Premier jour de la prise en charge"))


class LeadForm(ActionForm):
    """Hand a group over, or say that nobody takes it over for now."""

    quiet: tuple[str, ...] = ("reason", "nobody")

    lead = RowField(
        label=_("Nouvelle personne responsable"),
        missing=_("Choisissez la personne."),
        wrong=_("Cette personne ne travaille pas à l’école du groupe. Choisissez-en une autre."),
    )
    nobody = forms.BooleanField(label=_("Personne ne prend la suite pour le moment."), required=False)
    starts_on = DayField(label=_("À partir du"))
    reason = forms.ChoiceField(
        label=_("Motif du changement"),
        required=False,
        choices=[("", _("Choisir")), *((value, capfirst(label)) for value, label in GroupLead.Reason.choices)],
    )

    def __init__(self, data: Data = None, *, leads: QuerySet[User], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("lead", leads)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("nobody"):
            # The box sets aside what stands in the list.
            self.errors.pop("lead", None)
            given["lead"] = None
        return given


class LeadEndForm(ActionForm):
    """Another last day or another reason of an adult in charge. ``seen`` is the end that the page showed."""

    last_on = DayField(label=_("Dernier jour de la prise en charge"), help_text=_("Ce jour compte encore."))
    reason = forms.ChoiceField(
        label=_("Motif du changement"),
        choices=[(value, capfirst(label)) for value, label in GroupLead.Reason.choices],
        error_messages={"required": _("Choisissez le motif du changement.")},
    )
    seen = forms.DateField(widget=forms.HiddenInput)


class SlotForm(ActionForm):
    """A weekly slot."""

    weekday = forms.ChoiceField(label=_("Jour de rencontre"), required=False)
    starts_at = forms.TimeField(
        label=_("Heure"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "narrow-field"}),
        error_messages={"invalid": _("Écrivez une heure qui existe, comme 14:30.")},
    )
    minutes = forms.IntegerField(
        label=_("Durée en minutes"),
        required=False,
        min_value=1,
        max_value=DAY,
        error_messages={"invalid": _("Écrivez la durée en minutes, en chiffres."), **WRONG_LENGTH},
    )
    place = forms.CharField(label=_("Lieu"), required=False, max_length=120)

    def prepare(self) -> None:
        super().prepare()
        days = [_t("lundi"), _t("mardi"), _t("mercredi"), _t("jeudi"), _t("vendredi")]
        none = [("", _t("Choisir") if self.fields["weekday"].required else _t("À préciser plus tard"))]
        self.choose("weekday", none + [(str(number), day) for number, day in enumerate(days, start=1)])


class GroupForm(SlotForm):
    """Open a group, and say when it meets."""

    entry_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Nom du groupe"), max_length=120, error_messages={"required": _("Donnez un nom au groupe.")}
    )
    program = RowField(
        label=_("Programme"),
        empty_label=None,
        missing=_("Choisissez le programme."),
        wrong=_("Choisissez un de vos programmes."),
    )
    lead = RowField(
        label=_("Personne responsable du groupe"),
        missing=_("Choisissez la personne."),
        wrong=_("Choisissez une personne de l’école du programme."),
    )
    starts_on = DayField(label=_("Premier jour"))
    last_on = DayField(label=_("Dernier jour"), required=False, help_text=_("Ce jour compte encore."))

    def __init__(
        self, data: Data = None, *, programs: QuerySet[Program], leads: QuerySet[User], initial: Initial = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("program", programs)
        self.choose_from("lead", leads)
        self.initial.setdefault("entry_uuid", uuid.uuid4())
