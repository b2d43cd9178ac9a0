"""What is asked for at the privacy officer's desk."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.actions.incidents import SAID
from people.fields import ChipField, DayField, EntryUuidField, ReasonField
from people.forms import ActionForm, Data
from people.models import PrivacyIncident, RetentionPlan
from people.models.privacy import LONGEST
from people.privacy.journal import KINDS, Asked
from people.privacy.plan import RULES


class JournalForm(forms.Form):
    """The filters of the journal: which deeds, which days. An address opened by hand may say anything."""

    geste = forms.ChoiceField(label=_("Genre de geste"), required=False)
    du = DayField(label=_("Du"), required=False)
    au = DayField(label=_("Au"), required=False, help_text=_("Ce jour compris."))
    adulte = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    eleve = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choices = [("", _("Tous")), *((word, capfirst(str(label))) for word, label in KINDS.items())]
        self.fields["geste"].choices = choices  # type: ignore[attr-defined]

    def asked(self, **people: Any) -> Asked:
        """What is asked for; what is not understood is left out."""
        self.full_clean()
        said = self.cleaned_data
        return Asked(kind=said.get("geste", ""), since=said.get("du"), until=said.get("au"), **people)


def text(label: Any, help_text: Any = "", *, missing: Any = "", rows: int = 4) -> forms.CharField:
    """A few paragraphs; required when ``missing`` says what to write."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else {},
    )


class IncidentForm(ActionForm):
    """An incident by the regulation's eight items; what is not known yet may wait."""

    use_required_attribute = False

    entry_uuid = EntryUuidField()
    circumstances = text(_("Circonstances"), missing=_("Dites en quelques mots ce qui est arrivé."))
    information = text(
        _("Renseignements personnels visés"),
        _("Lesquels, sans nommer personne. S’ils ne sont pas connus, pourquoi."),
        missing=_("Décrivez les renseignements visés, ou dites pourquoi ils ne sont pas connus."),
    )
    happened_on = DayField(label=_("A eu lieu le, ou à partir du"), required=False)
    happened_until = DayField(label=_("Jusqu’au"), required=False, help_text=_("Laissez vide pour un seul jour."))
    is_period_approximate = forms.BooleanField(label=_("Ces dates sont approximatives"), required=False)
    aware_on = DayField(label=_("L’organisme en a pris connaissance le"))
    people = forms.IntegerField(
        label=_("Personnes concernées"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        widget=forms.NumberInput(attrs={"class": "narrow-field"}),
        error_messages={"invalid": _("Inscrivez un nombre entier, ou laissez vide s’il n’est pas connu.")},
    )
    is_count_approximate = forms.BooleanField(label=_("Ce nombre est approximatif"), required=False)
    assessment = text(
        _("Ce qui fait conclure au risque ou non"),
        _("Sensibilité des renseignements, usages malveillants possibles, conséquences à craindre, probabilité."),
    )
    risk = ChipField(
        label=_("Conclusion"),
        choices=[(value, capfirst(label)) for value, label in PrivacyIncident.Risk.choices],
        error_messages={"required": _("Choisissez\u00a0: à évaluer, aucun risque ou risque de préjudice sérieux.")},
    )
    commission_told_on = DayField(label=_("Avis à la Commission d’accès à l’information, le"), required=False)
    people_told_on = DayField(label=_("Avis aux personnes concernées, le"), required=False)
    public_notices = text(_("Avis publics"), _("S’il y en a eu, lesquels et pourquoi."), rows=2)
    measures = text(_("Mesures prises pour diminuer le risque"))

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SAID}


class DataForm(ActionForm):
    """Why all that is kept of a person is taken out."""

    reason = ReasonField(
        help_text=_("Une demande d’accès, de qui, reçue quel jour."),
        error_messages={"required": _("Écrivez pourquoi vous produisez ces renseignements.")},
    )


class RetentionForm(ActionForm):
    """For how many years a board keeps what; empty, as we do. From which day the night destroys; empty, never."""

    use_required_attribute = False

    nightly_from = DayField(
        label=_("Détruire la nuit à partir du"),
        required=False,
        help_text=_("Deux semaines d’avance au moins. Laissez vide : rien ne se détruit sans qu’on le confirme."),
    )
    reason = ReasonField(
        help_text=_("Le calendrier de conservation de l’organisme, une décision, et sa date."),
        error_messages={"required": _("Écrivez pourquoi ces durées changent.")},
    )

    def __init__(self, data: Data = None, *, initial: Any, ours: Mapping[str, str]) -> None:
        self.ours = ours
        super().__init__(data, initial=initial)

    def prepare(self) -> None:
        super().prepare()
        for rule in RULES:
            column: Any = RetentionPlan._meta.get_field(rule)
            least, most = (bound.limit_value for bound in column.validators[:2])
            bounds = {"least": least, "most": most}
            words = _("Inscrivez un nombre entier, de %(least)s à %(most)s ans, ou laissez vide.") % bounds
            hint = _("De %(least)s à %(most)s ans; vide : %(ours)s.") % {**bounds, "ours": self.ours[rule]}
            self.fields[rule] = forms.IntegerField(
                label=capfirst(str(column.verbose_name)),
                required=False,
                min_value=least,
                max_value=most,
                help_text=hint,
                widget=forms.NumberInput(attrs={"class": "narrow-field"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
            )

    @property
    def years(self) -> list[Any]:
        """The fields of the durations, to be shown in their order."""
        return [self[rule] for rule in RULES]

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*RULES, "nightly_from")}


class DestructionForm(ActionForm):
    """That what goes was read: how many rows there were, and that it is for good."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("J’ai lu ce qui sera détruit. C’est pour de bon."),
        error_messages={"required": _("Cochez que vous avez lu ce qui sera détruit.")},
    )

    def __init__(self, data: Data = None, *, seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        self.now = seen

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("seen") != self.now:
            self.add_error(None, _("Ce qui sera détruit a changé entre-temps\u00a0: relisez la liste."))
            self.data = {**self.data.dict(), "seen": str(self.now)}  # type: ignore[attr-defined]
        return said
