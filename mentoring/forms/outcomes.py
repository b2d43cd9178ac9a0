"""How a term went, a row a student: three numbers of those who agree, a consent for the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mentoring.models.outcomes import MOST
from mentoring.outcomes import MEASURES, Followed
from people.fields import DayField
from people.forms import ActionForm, Data
from people.models import Consent

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GIVERS = [("", _("Pas de consentement")), *((value, capfirst(label)) for value, label in Consent.Giver.choices)]


@dataclass(frozen=True)
class Row:
    """A student with the fields of their row."""

    followed: Followed
    fields: list[forms.BoundField]

    def cells(self) -> "zip[tuple[StrOrPromise, forms.BoundField]]":
        """Each field under its heading."""
        return zip(MEASURES.values(), self.fields, strict=True)


class OutcomesForm(ActionForm):
    use_required_attribute = False

    headings = tuple(MEASURES.values())

    given_on = DayField(label=_("Consentements donnés le"))

    def __init__(self, data: Data = None, *, rows: Sequence[Followed], on: date) -> None:
        self.rows = rows
        super().__init__(data, initial={"given_on": on})

    def prepare(self) -> None:
        super().prepare()
        if all(row.consent for row in self.rows):
            del self.fields["given_on"]
        for row in self.rows:
            if row.consent is None:
                self.fields[f"{row.student.pk}-giver"] = _giver(row)
            else:
                self.fields |= {f"{row.student.pk}-{name}": _number(row, name) for name in MEASURES}

    def with_numbers(self) -> list[Row]:
        return [
            Row(row, [self[f"{row.student.pk}-{name}"] for name in MEASURES])
            for row in self.rows
            if row.consent is not None
        ]

    def to_ask(self) -> list[Row]:
        return [Row(row, [self[f"{row.student.pk}-giver"]]) for row in self.rows if row.consent is None]

    def facts(self) -> dict[str, Any]:
        """What ``save_term`` is told."""
        said = self.cleaned_data
        asked = {row.student.pk: said[f"{row.student.pk}-giver"] for row in self.rows if row.consent is None}
        numbers = {
            row.student.pk: {name: said[f"{row.student.pk}-{name}"] for name in MEASURES}
            for row in self.rows
            if row.consent is not None
        }
        return {
            "givers": {pk: giver for pk, giver in asked.items() if giver},
            "given_on": said.get("given_on"),
            "said": numbers,
        }


def _giver(row: Followed) -> forms.ChoiceField:
    words = {"student": row.student}
    label = _t("Consentement, %(student)s") % words
    widget = forms.Select(attrs={"class": "form-select", "aria-label": label})
    return forms.ChoiceField(
        label=label, choices=GIVERS, required=False, widget=widget,
        error_messages={"invalid_choice": _("Choisissez qui a donné le consentement.")},
    )  # fmt: skip


def _number(row: Followed, name: str) -> forms.IntegerField:
    most = MOST[name]
    label = f"{MEASURES[name]}, {row.student}"
    wrong = _t("%(what)s\u00a0: un nombre entier, de 0 à %(most)s.") % {"what": label, "most": most}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        initial=getattr(row.outcome, name, None),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control", "aria-label": label}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )
