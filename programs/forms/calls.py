"""The pace of support calls, as a programme sets it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.fields import ChipField, DayField, ManyChipsField
from people.forms import ActionForm
from programs.models import Program

YES, NO = "yes", "no"


def _weeks(label: Any) -> forms.IntegerField:
    words = dict.fromkeys(
        ("required", "invalid", "min_value", "max_value"), _("Indiquez de 1 à 52 semaines, en chiffres.")
    )
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "narrow-field"})
    return forms.IntegerField(label=label, min_value=1, max_value=52, widget=widget, error_messages=words)


class CallsForm(ActionForm):
    """Whether the programme follows support calls, from which day, how often and with whom."""

    use_required_attribute = False

    followed = ChipField(
        label=_("Suivre les appels de soutien"),
        choices=[(YES, _("Oui")), (NO, _("Non"))],
        error_messages={"required": _("Choisissez oui ou non.")},
    )
    since = DayField(
        label=_("Depuis le"), error_messages={"required": _("Indiquez depuis quel jour les appels sont suivis.")}
    )
    weeks = _weeks(_("Semaines entre deux appels, les trois premiers mois"))
    later_weeks = _weeks(_("Semaines entre deux appels, ensuite"))
    parties = ManyChipsField(
        label=_("Avec qui"),
        choices=[(value, capfirst(label)) for value, label in Program.Party.choices],
        error_messages={"required": _("Choisissez au moins une personne à appeler.")},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("followed") == NO:
            self.errors.pop("since", None)
        return said

    def facts(self) -> dict[str, Any]:
        """What the action is told; a day left behind « Non » says nothing."""
        said = self.cleaned_data
        since = said["since"] if said["followed"] == YES else None
        return {"since": since, **{name: said[name] for name in ("weeks", "later_weeks", "parties")}}


def pace_of(program: Program, on: Any) -> dict[str, Any]:
    """The programme's pace as its form shows it; one that follows none is proposed to begin today."""
    return {
        "followed": YES if program.support_calls_from else NO,
        "since": program.support_calls_from or on,
        "weeks": program.support_call_weeks,
        "later_weeks": program.support_call_later_weeks,
        "parties": program.support_call_parties,
    }
