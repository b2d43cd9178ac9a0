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
        label=_("Jusqu’au (facultatif)"),
        required=False,
        help_text=_("Pour changer plusieurs jours d’un coup\u00a0: du lundi au vendredi, ce jour inclus."),
    )
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=SchoolDay.Kind,
        error_messages={"required": _("Choisissez la nature du jour."), "invalid_choice": _("Choisissez la nature.")},
    )


class YearForm(ActionForm):
    """A year to open; both dates are days of class."""

    label = forms.CharField(
        label=_("Nom de l’année"),
        max_length=60,
        help_text=_("Par exemple 2027-2028."),
        error_messages={"required": _("Donnez un nom à l’année, comme 2027-2028.")},
    )
    first_on = DayField(
        label=_("Premier jour de classe"), error_messages={"required": _("Indiquez le premier jour de classe.")}
    )
    last_on = DayField(
        label=_("Dernier jour de classe"), error_messages={"required": _("Indiquez le dernier jour de classe.")}
    )
