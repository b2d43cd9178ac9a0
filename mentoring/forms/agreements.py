"""What mentor and student agree to, and until when."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.actions.agreements import Terms
from people.fields import OTHER, ChipField, DayField
from people.forms import ActionForm, Data, Initial
from people.text import spoken

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_LINES = 20
LONGEST_LINE = 300


class LinesField(forms.CharField):
    """A text whose lines are a list: one thing a line, empty lines and bullets left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Un par ligne."), **kwargs)

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: object) -> Any:
        lines = [line.strip().lstrip("-•–*").strip() for line in str(value or "").splitlines()]
        return [line for line in lines if line]

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_LINES:
            raise forms.ValidationError(_("Vingt lignes au plus\u00a0: regroupez celles qui se ressemblent."))
        if any(len(line) > LONGEST_LINE for line in value):
            raise forms.ValidationError(_("Une ligne dépasse 300 caractères\u00a0: raccourcissez-la."))


def _words(label: "StrOrPromise", help_text: "StrOrPromise", longest: int, rows: int = 2) -> forms.CharField:
    words = {"max_length": _("Le texte dépasse %(limit_value)d caractères\u00a0: raccourcissez-le.")}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=words,
    )


class AgreementForm(ActionForm):
    """What is agreed and who signed. Sent by the button of that name, it is kept without a signature."""

    use_required_attribute = False
    DRAFT = "brouillon"

    objectives = LinesField(
        label=_("Objectifs"), error_messages={"required": _("Inscrivez au moins un objectif, un par ligne.")}
    )
    tasks = LinesField(
        label=_("Tâches"), error_messages={"required": _("Inscrivez au moins une tâche, une par ligne.")}
    )
    times = _words(_("Quand et où"), _("Le jour, l’heure, le lieu, à quel rythme et jusqu’à quand."), 1000)
    limits = _words(_("Limites"), _("Ce que l’accompagnement ne fait pas, et vers qui se tourner alors."), 2000)
    confidentiality = _words(_("Confidentialité"), _("Ce qui reste entre vous, et ce qui doit se dire."), 3000, 5)
    signed_on = DayField(label=_("Signée le"), help_text=_("Par l’élève et la mentore ou le mentor."))
    student_on = DayField(label=_("L’élève, si c’est un autre jour"), required=False)
    mentor_on = DayField(label=_("La mentore ou le mentor, si c’est un autre jour"), required=False)
    parent_on = DayField(label=_("Un parent"), required=False)
    lead_on = DayField(label=_("La personne responsable du programme"), required=False)

    def prepare(self) -> None:
        super().prepare()
        if self.is_draft:
            for name in ("objectives", "tasks", "signed_on"):
                self.fields[name].required = False

    @property
    def is_draft(self) -> bool:
        return self.DRAFT in self.data

    def terms(self) -> Terms:
        """What the valid form says: the day of both is that of whoever has no other."""
        said = dict(self.cleaned_data)
        both = said.pop("signed_on")
        if not self.is_draft:
            said |= {name: said[name] or both for name in ("student_on", "mentor_on")}
        return Terms(**said)

    def typed_in(self, name: str) -> str | None:
        of_both = name in ("student_on", "mentor_on") and not self.data.get(name)
        return super().typed_in("signed_on" if of_both else name)


class ProgramAgreementForm(ActionForm):
    """What the agreements of a programme say at first, and whether a parent signs them."""

    use_required_attribute = False

    agreement_by_parent = forms.BooleanField(label=_("Un parent signe aussi l’entente"), required=False)
    agreement_confidentiality = _words(
        _("Confidentialité"), _("Proposé dans chaque nouvelle entente. Vide, le texte d’usage revient."), 3000, 7
    )


class CommitmentForm(ActionForm):
    """The last day that counts: the school year's, or another."""

    use_required_attribute = False

    day = ChipField(
        label=_("Dernier jour de l’engagement"), error_messages={"required": _("Choisissez le dernier jour.")}
    )
    other_on = DayField(label=_("Date"))

    def __init__(self, data: Data = None, *, year_end: date | None, initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        other: list[tuple[str, Any]] = [(OTHER, _("Autre date"))]
        if year_end is None:
            self.choose("day", other)
        else:
            usual = [(year_end.isoformat(), _("Jusqu’à la fin de l’année scolaire"))]
            self.choose("day", [*usual, *other], {year_end.isoformat(): spoken(year_end)})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.data.get("day") != OTHER:
            self.errors.pop("other_on", None)  # what stands in a field that the chips set aside says nothing
        if "day" in said and not self.errors:
            said["last_day"] = said["other_on"] if said["day"] == OTHER else date.fromisoformat(said["day"])
        return said
