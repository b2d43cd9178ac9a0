"""What is asked of a student who waits, and of a mentor, in the same words."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mentoring.models import Mentor
from mentoring.models.mentors import MOST_PLACES
from mentoring.models.wishes import LONGEST_WORDS, TIMES, WEEKDAYS, Interest, Language, Moment, time_in_words
from people.fields import ChipField, DayField, ManyChipsField, RowField
from people.forms import ActionForm, Data, Initial
from programs.models import Program

TOO_LONG = _("Le texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")


@dataclass(frozen=True)
class TimeBox:
    value: str
    label: str
    is_checked: bool


class WishesForm(ActionForm):
    """Interests, languages and times, each from a short list; what the list lacks is written."""

    use_required_attribute = False

    interests = ManyChipsField(
        label=_("Intérêts"), required=False, choices=[(one.value, capfirst(one.label)) for one in Interest]
    )
    other_interests = forms.CharField(
        label=_("Autres intérêts"),
        help_text=_("Séparés par des virgules\u00a0: les mêmes mots chez les deux personnes les rapprochent."),
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": TOO_LONG},
    )
    languages = ManyChipsField(
        label=_("Langues"), required=False, choices=[(one.value, capfirst(one.label)) for one in Language]
    )
    other_languages = forms.CharField(
        label=_("Autres langues"), required=False, max_length=LONGEST_WORDS, error_messages={"max_length": TOO_LONG}
    )
    times = forms.MultipleChoiceField(
        label=_("Moments possibles"),
        required=False,
        choices=lambda: [(time, capfirst(time_in_words(time))) for time in TIMES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Cochez parmi les moments proposés.")},
    )

    @property
    def moments(self) -> list[str]:
        return [capfirst(str(moment.label)) for moment in Moment]

    @property
    def week(self) -> list[tuple[str, list[TimeBox]]]:
        """The boxes of the times, a line a day."""
        chosen = {str(one) for one in self["times"].value() or []}
        return [
            (capfirst(str(day)), [self._box(f"{number}-{moment}", chosen) for moment in Moment.values])
            for number, day in WEEKDAYS.items()
        ]

    def _box(self, time: str, chosen: set[str]) -> TimeBox:
        return TimeBox(time, capfirst(time_in_words(time)), time in chosen)


class ReferralForm(WishesForm):
    """Which programme, why, since when, and who would suit."""

    program = RowField(label=_("Programme"), empty_label=None, missing=_("Choisissez le programme."))
    needs = forms.CharField(
        label=_("Besoins"),
        help_text=_(
            "Ce qu’une présence adulte stable pourrait apporter, en mots simples. Lu par vous et par les responsables "
            "du programme, jamais par la personne mentore."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    wished_kind = ChipField(label=_("Qui conviendrait"), required=False)
    referred_on = DayField(label=_("En attente depuis le"))

    def __init__(self, data: Data = None, *, programs: QuerySet[Program], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("program", programs)
        kinds = [(value, capfirst(label)) for value, label in Mentor.Kind.choices]
        self.choose("wished_kind", [("", _("Peu importe")), *kinds])

    def said(self) -> dict[str, Any]:
        """What the action takes, besides the programme."""
        return {name: value for name, value in self.cleaned_data.items() if name != "program"}


class AvailabilityForm(WishesForm):
    """What a mentor can offer."""

    places = forms.IntegerField(
        label=_("Dyades à la fois, au plus"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        widget=forms.NumberInput(attrs={"class": "narrow-field"}),
        error_messages={
            "invalid": _("Écrivez le nombre de dyades, en chiffres."),
            "min_value": _("De 0 à %(most)s dyades.") % {"most": MOST_PLACES},
            "max_value": _("De 0 à %(most)s dyades.") % {"most": MOST_PLACES},
        },
    )


class StudentSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Prénom ou nom"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
