"""Name a substitute."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from people.forms import ActionForm
from people.models import User


class SubstituteForm(ActionForm):
    substitute = forms.ModelChoiceField(
        label=_("Personne qui remplace"),
        queryset=User.objects.none(),
        empty_label=_("Choisir"),
        error_messages={
            "required": _("Choisissez la personne."),
            "invalid_choice": _("Cette personne n’a pas de rôle qui convient à l’école. Choisissez-en une autre."),
        },
    )
    starts_on = DayField(label=_("Premier jour"))
    last_day = DayField(label=_("Dernier jour"), help_text=_("Ce jour compte encore."))

    def __init__(self, data: Any = None, *, people: QuerySet[User], **options: Any) -> None:
        super().__init__(data, **options)
        self.choose_from("substitute", people)
