"""The forms of what a programme says of itself."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.fields import DayField, RowField
from people.forms import ActionForm, Data, Initial
from people.models import School
from programs.activities import GroupActivity
from programs.models import ExpectedResult, Program, ProgramActivity, ProgramRole

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Choices = Iterable[tuple[str, StrOrPromise]]

YES_NO = [("", _("À préciser")), ("yes", _("Oui")), ("no", _("Non"))]
UNSAID = ("", _("À préciser"))
IN_GROUP = ("forms", "intervention", "whole_class", "school_wide", "prevents_dropout")
IN_MENTORING = ("mentoring_form",)
COMMON = ("name", "population", "cadence_unit", "cadence_days", "meetings_per_unit", "minutes", "logging_grace_days")


def _capital(choices: "Choices") -> "Choices":
    return [(value, capfirst(label)) for value, label in choices]


def _number(
    label: "StrOrPromise", low: int, high: int, sentence: "StrOrPromise", *, required: bool = True
) -> forms.IntegerField:
    words = dict.fromkeys(("invalid", "min_value", "max_value", "required"), sentence)
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "narrow-field"})
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, widget=widget, error_messages=words, required=required
    )


def _three_ways(label: "StrOrPromise") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        empty_value=None,
    )


class ProgramForm(ActionForm):
    """What a programme of a domain is; with ``schools``, it is being opened in one of them."""

    quiet: tuple[str, ...] = ("cadence_days",)

    entry_uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Nom du programme"), max_length=200, error_messages={"required": _("Donnez un nom au programme.")}
    )
    school = RowField(
        label=_("École"),
        empty_label=None,
        missing=_("Choisissez l’école."),
        wrong=_("Choisissez une de vos écoles."),
    )
    intervention = forms.ChoiceField(
        label=_("Type principal"), required=False, choices=[UNSAID, *_capital(Program.Intervention.choices)]
    )
    mentoring_form = forms.ChoiceField(
        label=_("Forme de mentorat"), required=False, choices=[UNSAID, *_capital(Program.MentoringForm.choices)]
    )
    population = forms.ChoiceField(
        label=_("Population"), required=False, choices=[UNSAID, *_capital(Program.Population.choices)]
    )
    whole_class = _three_ways(_("En groupe-classe"))
    school_wide = _three_ways(_("À l’échelle de l’école"))
    prevents_dropout = _three_ways(_("Vise la prévention du décrochage"))
    cadence_unit = forms.ChoiceField(
        label=_("Cadence"), choices=_capital(Program.CadenceUnit.choices), widget=forms.RadioSelect
    )
    cadence_days = _number(
        _("Jours du cycle, si la cadence en est un"),
        5,
        10,
        _("Indiquez la longueur du cycle, de 5 à 10 jours de classe."),
        required=False,
    )
    meetings_per_unit = _number(
        _("Rencontres par semaine ou par cycle"), 1, 10, _("Indiquez de 1 à 10 rencontres."), required=False
    )
    minutes = _number(
        _("Durée d’une rencontre, en minutes"), 1, 300, _("Indiquez une durée de 1 à 300 minutes."), required=False
    )
    logging_grace_days = _number(
        _("Jours pour consigner une rencontre"), 0, 28, _("Indiquez de 0 à 28 jours pour consigner.")
    )

    def __init__(
        self, data: Data = None, *, domain: str, schools: QuerySet[School] | None = None, initial: Initial = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["forms"] = forms.MultipleChoiceField(
            label=_("Formes"),
            required=False,
            choices=_capital(Program.Form.choices),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choisissez parmi les six formes.")},
        )
        self.initial.setdefault("entry_uuid", uuid.uuid4())
        self.domain = domain
        unasked = [*IN_MENTORING] if domain == Program.Domain.GROUP else [*IN_GROUP]
        if schools is None:
            unasked.append("school")
        else:
            self.choose_from("school", schools)
        for name in unasked:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("cadence_unit") == Program.CadenceUnit.CYCLE:
            if not data.get("cadence_days") and "cadence_days" not in self.errors:
                self.add_error("cadence_days", _t("Indiquez la longueur du cycle, de 5 à 10 jours de classe."))
        else:
            self.errors.pop("cadence_days", None)
            data["cadence_days"] = None
        return data

    def facts(self) -> dict[str, Any]:
        """What the programme is told; what belongs to the other domain stays as it is."""
        names = COMMON + (IN_GROUP if self.domain == Program.Domain.GROUP else IN_MENTORING)
        return {name: self.cleaned_data[name] for name in names}


def as_typed(program: Program) -> dict[str, Any]:
    """The programme as its form shows it."""
    said = {True: "yes", False: "no", None: ""}
    shown = {name: getattr(program, name) for name in (*COMMON, *IN_MENTORING, "forms", "intervention")}
    return shown | {name: said[getattr(program, name)] for name in ("whole_class", "school_wide", "prevents_dropout")}


class ProgramEndForm(ActionForm):
    last_on = DayField(label=_("Dernier jour du programme"), help_text=_("Ce jour compte encore."))


class ResultsForm(ActionForm):
    """The expected results, one per line. ``cleaned_data["texts"]`` is the list."""

    results = forms.CharField(
        label=_("Résultats attendus"),
        help_text=_("Un par ligne."),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_results(self) -> list[str]:
        lines = [line.strip() for line in str(self.cleaned_data["results"]).splitlines() if line.strip()]
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_t("Écrivez chaque résultat en 300 caractères au plus."))
        return lines


class ActivityForm(ActionForm):
    """One declared content."""

    name = forms.CharField(label=_("Activité"), max_length=200, error_messages={"required": _("Nommez l’activité.")})
    content = forms.ChoiceField(
        label=_("Contenu, comme les rencontres le consignent"), required=False, choices=[UNSAID, *GroupActivity.choices]
    )
    theme = forms.ChoiceField(
        label=_("Thème"), required=False, choices=[UNSAID, *_capital(ProgramActivity.Theme.choices)]
    )
    format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[UNSAID, *_capital(ProgramActivity.Format.choices)]
    )
    result = RowField(
        label=_("Résultat attendu"),
        required=False,
        empty_label=_("À préciser"),
        wrong=_("Choisissez un résultat du programme."),
    )

    def __init__(self, data: Data = None, *, results: QuerySet[ExpectedResult], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.choose_from("result", results)
        content = str(self.initial.get("content") or "")
        if content and content not in GroupActivity.values:
            # A word that an import brought stays a choice.
            self.choose("content", [UNSAID, *GroupActivity.choices, (content, content)])


class RolesForm(ActionForm):
    """The role and the limits of each actor, two texts each."""

    def __init__(self, data: Data = None, *, program: Program) -> None:
        rows = {row.actor: row for row in program.roles.all()}
        texts = {f"{actor}-{part}": getattr(row, part) for actor, row in rows.items() for part in ("role", "limits")}
        super().__init__(data, initial=texts)
        self.quiet = tuple(f"{actor}-{part}" for actor in ProgramRole.Actor.values for part in ("role", "limits"))
        for actor in ProgramRole.Actor.values:
            for part, label in (("role", _("Rôle")), ("limits", _("Limites"))):
                self.fields[f"{actor}-{part}"] = forms.CharField(
                    label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
                )

    def actors(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (capfirst(str(label)), [self[f"{actor}-role"], self[f"{actor}-limits"]])
            for actor, label in ProgramRole.Actor.choices
        ]

    def texts(self) -> dict[str, tuple[str, str]]:
        data = self.cleaned_data
        return {actor: (data[f"{actor}-role"], data[f"{actor}-limits"]) for actor in ProgramRole.Actor.values}
