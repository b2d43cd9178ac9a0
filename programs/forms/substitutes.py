"""Name a substitute."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.fields import DayField, RowField
from people.forms import ActionForm, Data, Initial
from people.models import User


class SubstituteForm(ActionForm):
    substitute = RowField(
        label=_("Personne qui remplace"),
        missing=_("Choisissez la personne."),
        wrong=_("Cette personne n’a pas de rôle qui convient à l’école. Choisissez-en une autre."),
    )
    starts_on = DayField(label=_("Premier jour"))
    last_day = DayField(label=_("Dernier jour"), help_text=_("Ce jour compte encore."))

    def __init__(self, data: Data = None, *, people: QuerySet[User], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("substitute", people)
