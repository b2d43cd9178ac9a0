"""What mentor and student agree to, and until when."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import OTHER, ChipField, DayField
from people.forms import ActionForm, Data, Initial
from people.text import spoken

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


class AgreementForm(ActionForm):
    use_required_attribute = False

    signed_on = DayField(label=_("Signée le"))
    objectives = LinesField(
        label=_("Objectifs"), error_messages={"required": _("Inscrivez au moins un objectif, un par ligne.")}
    )
    tasks = LinesField(
        label=_("Tâches"), error_messages={"required": _("Inscrivez au moins une tâche, une par ligne.")}
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
