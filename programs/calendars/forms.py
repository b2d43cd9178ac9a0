"""The forms of the calendar page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from people.forms import ActionForm
from programs.models import SchoolDay


class DayForm(ActionForm):
    """What a date is, or all the days from it to another."""

    day = DayField(label=_("Date"))
    last_on = DayField(
        label=_("Jusqu’au"),
        required=False,
        help_text=_("Pour changer plusieurs jours d’un coup\u00a0: du lundi au vendredi, ce jour inclus."),
    )
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=SchoolDay.Kind,
        error_messages={"required": _("Choisissez la nature du jour."), "invalid_choice": _("Choisissez la nature.")},
    )


class TermForm(ActionForm):
    """A term: both days included."""

    name = forms.CharField(
        label=_("Étape"), max_length=60, error_messages={"required": _("Donnez un nom à l’étape, comme Étape 1.")}
    )
    first_on = DayField(label=_("Du"), error_messages={"required": _("Indiquez le premier jour de l’étape.")})
    last_on = DayField(label=_("Au"), error_messages={"required": _("Indiquez le dernier jour de l’étape.")})
