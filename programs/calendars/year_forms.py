"""The form of a year: its days, its terms, and what is not usual in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from people.forms import ActionForm, Data, Initial
from programs.actions.calendar import Kind, Marks
from programs.actions.terms import Span
from programs.actions.years import MOST_CLASS_DAYS, usual_days
from programs.calendars.spans import DaySpan, Pattern, marks_of
from programs.models import SchoolDay

TERMS, MOST_ROWS, MORE_ROWS = 4, 200, 6
BLANK = (Kind.HOLIDAY,) * 4 + (Kind.PEDAGOGICAL,) * 6
"""The rows of a year that nobody has described yet."""
LEFT_OUT = ("", _("Ne pas en tenir compte"))


@dataclass(frozen=True)
class SpanRow:
    """A row of the page: its words, if any, and its fields."""

    text: str
    fields: list[BoundField]


class YearForm(ActionForm):
    """A year to open; both dates are days of class. Rows left blank say nothing."""

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
    sure = forms.BooleanField(label=_("Ouvrir l’année avec plus de 200 jours de classe"), required=False)
    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """How many rows of days the page had; absent, the form asks for no confirmation."""

    def __init__(self, data: Data = None, *, initial: Initial = None) -> None:
        self.terms: list[Span] = []
        self.marks: Marks = {}
        self.class_days = 0
        self.is_too_long = False
        super().__init__(data, initial=initial, prefix="annee")

    def prepare(self) -> None:
        for place in range(TERMS):
            self.fields[f"term_{place}_name"] = forms.CharField(label=_("Étape"), max_length=60, required=False)
            self.fields[f"term_{place}_first_on"] = DayField(label=_("Du"), required=False)
            self.fields[f"term_{place}_last_on"] = DayField(label=_("Au"), required=False)
        for place in range(self.count):
            self.fields[f"span_{place}_first_on"] = DayField(label=_("Du"), required=False)
            self.fields[f"span_{place}_last_on"] = DayField(label=_("Au"), required=False)
            choices = [LEFT_OUT, *SchoolDay.Kind.choices]
            self.fields[f"span_{place}_kind"] = forms.ChoiceField(label=_("Nature"), choices=choices, required=False)
            self.fields[f"span_{place}_text"] = forms.CharField(
                max_length=200, required=False, widget=forms.HiddenInput
            )

    @property
    def count(self) -> int:
        sent = str(self.data.get("annee-rows") if self.is_bound else self.initial.get("rows", 0))
        return min(int(sent), MOST_ROWS) if sent.isdecimal() and len(sent) < 9 else 0

    @property
    def term_rows(self) -> list[list[BoundField]]:
        return [[self[f"term_{place}_{name}"] for name in ("name", "first_on", "last_on")] for place in range(TERMS)]

    @property
    def span_rows(self) -> Iterator[SpanRow]:
        for place in range(self.count):
            names = ("text", "first_on", "last_on", "kind")
            fields = [self[f"span_{place}_{name}"] for name in names]
            yield SpanRow(str(fields[0].value() or ""), fields)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        self.marks = marks_of([span for place in range(self.count) if (span := self._span(place))])
        first, last = given.get("first_on"), given.get("last_on")
        self.terms = list(self._terms(first, last)) if first and last else []
        if first and last and timedelta(0) < last - first <= timedelta(days=366):
            self.class_days = list(usual_days(first, last, self.marks).values()).count(Kind.CLASS)
            self.is_too_long = self.class_days > MOST_CLASS_DAYS
            if self.is_too_long and given.get("rows") is not None and not given.get("sure"):
                words = _t(
                    "L’année compterait %(days)d jours de classe; le régime pédagogique en prévoit au plus 200. "
                    "Inscrivez les congés et les journées pédagogiques qui manquent, ou cochez pour l’ouvrir ainsi."
                )
                self.add_error("sure", words % {"days": self.class_days})
        return given

    def _span(self, place: int) -> DaySpan | None:
        first, last, kind, text = (
            self.cleaned_data.get(f"span_{place}_{name}") for name in ("first_on", "last_on", "kind", "text")
        )
        if first is None:
            if last is not None:
                self.add_error(f"span_{place}_first_on", _t("Indiquez le premier jour."))
            return None
        if last is not None and last < first:
            self.add_error(f"span_{place}_last_on", _t("Le dernier jour précède le premier."))
            return None
        if last is not None and last - first > timedelta(days=366):
            self.add_error(f"span_{place}_last_on", _t("Vérifiez l’année de cette date."))
            return None
        return DaySpan(first, last or first, SchoolDay.Kind(kind), text or "") if kind else None

    def _terms(self, first: date, last: date) -> Iterator[Span]:
        """Those with a day at least: a term begins after the one before, and the last one ends with the year."""
        begins = first
        for place in range(TERMS):
            name, start, end = (
                self.cleaned_data.get(f"term_{place}_{name}") for name in ("name", "first_on", "last_on")
            )
            if start or end:
                span = Span(
                    (name or "").strip() or _t("Étape %(number)d") % {"number": place + 1}, start or begins, end or last
                )
                begins = span.last_on + timedelta(days=1)
                yield span


def first_shown(label: str, pattern: Pattern | None = None, *, spare: Sequence[SchoolDay.Kind] = BLANK) -> Initial:
    """What the form shows at first: the days of a pattern, then blank rows."""
    shown: dict[str, Any] = {"label": label}
    for place in range(TERMS - 1):
        shown[f"term_{place}_name"] = _t("Étape %(number)d") % {"number": place + 1}
    spans = list(pattern.spans[: MOST_ROWS - len(spare)]) if pattern else []
    if pattern:
        shown |= {"label": pattern.label, "first_on": pattern.first_on, "last_on": pattern.last_on}
    for place, span in enumerate(spans):
        last = span.last_on if span.last_on != span.first_on else None
        shown |= _row(place, span.kind or "") | {
            f"span_{place}_first_on": span.first_on,
            f"span_{place}_last_on": last,
            f"span_{place}_text": span.text,
        }
    for place, kind in enumerate(spare, start=len(spans)):
        shown |= _row(place, kind)
    return shown | {"rows": len(spans) + len(spare)}


def with_more_rows(data: Any) -> Initial:
    """What was typed, to show again with more blank rows."""
    form = YearForm(data)
    shown = {name: data.get(f"annee-{name}", "") for name in form.fields}
    count = min(form.count + MORE_ROWS, MOST_ROWS)
    for place in range(form.count, count):
        shown |= _row(place, Kind.PEDAGOGICAL)
    return shown | {"rows": count}


def _row(place: int, kind: str) -> dict[str, Any]:
    return {f"span_{place}_kind": str(kind)}
