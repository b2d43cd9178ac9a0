"""The form that tries other numbers for a guideline, and applies them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guidelines.bounds import Refusal, refused_from
from guidelines.catalogue import Guideline
from guidelines.models import GuidelineSetting
from guidelines.numbers import Numbers
from people.comparing import THEIRS, Comparison, KeptTheirs, Line
from people.fields import DayField
from people.forms import ActionForm
from people.models import SchoolBoard
from people.stamps import STAMP
from people.text import spoken
from programs.models import Program

FEWEST_WORDS = 3
LARGEST = 1000
A_YEAR = timedelta(days=366)
WHOLE_BOARD = "organisme"


class TryForm(ActionForm):
    """Where, which numbers, on which day to look. Valid numbers are in ``wanted``: only those that would change."""

    place = forms.ChoiceField(
        label=gettext_lazy("Où"),
        error_messages={"invalid_choice": gettext_lazy("Choisissez un programme de la liste.")},
    )
    on = DayField(
        label=gettext_lazy("Essayer au"),
        help_text=gettext_lazy(
            "Aujourd’hui ou un jour passé\u00a0: les faits de ce jour-là sont relus, rien n’est écrit."
        ),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        guideline: Guideline,
        board: SchoolBoard,
        numbers: Numbers,
        programs: QuerySet[Program],
        whole_board: bool,
        today: date,
    ) -> None:
        super().__init__(data)
        self.guideline, self.board, self.numbers, self.today = guideline, board, numbers, today
        self.programs = {str(program.pk): program for program in programs}
        places = [(key, str(program)) for key, program in self.programs.items()]
        if whole_board:
            places.insert(0, (WHOLE_BOARD, _("Tout l’organisme")))
        cast(forms.ChoiceField, self.fields["place"]).choices = places
        if places:
            self.fields["place"].initial = places[0][0]
        for name in {"on", "starts_on"} & set(self.fields):
            self.fields[name].initial = today
        place = places[0][0] if places else WHOLE_BOARD
        first = self.programs.get(str((data or {}).get("place", place)))
        for name in guideline.settable:
            value = numbers.value(guideline.code, name, first.pk if first else None)
            self.fields[_field(name)] = self._number(name, value)
            self.fields[_field(name)].initial = value
        self.stamp = str(self.data.get(STAMP) or self._newest())

    def _newest(self) -> str:
        """Which numbers the form shows: rows are only added."""
        rows = GuidelineSetting.objects.filter(board=self.board, guideline=self.guideline.code)
        return str(rows.order_by("pk").values_list("pk", flat=True).last() or 0)

    @property
    def number_fields(self) -> list[forms.BoundField]:
        return [self[_field(name)] for name in self.guideline.settable]

    @property
    def program(self) -> Program | None:
        """The programme chosen; None is the whole board."""
        return self.programs.get(self.cleaned_data["place"])

    @property
    def wanted(self) -> dict[str, int | None]:
        """The numbers typed that would change what is in force at the place; None goes back to what is next nearest."""
        typed = {name: self.cleaned_data.get(_field(name)) for name in self.guideline.settable}
        return {name: value for name, value in typed.items() if self._changes(name, value)}

    def _changes(self, name: str, value: int | None) -> bool:
        place = self.program.pk if self.program else None
        code = self.guideline.code
        own = self.numbers.changed.get((code, name, place))
        return value != own if own is not None or value is None else value != self.numbers.value(code, name, place)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("Choisissez aujourd’hui ou un jour passé."))
        return on

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            self._check_sense()
        return said

    def _check_sense(self) -> None:
        """Refuse what would check nothing, or grow milder as it worsens, here or in a programme that follows."""
        place = self.program.pk if self.program else None
        wanted = {(name, place): value for name, value in self.wanted.items()}
        since = self.cleaned_data.get("starts_on", self.today)
        already = refused_from(self.board.pk, self.guideline, since)
        for refusal in refused_from(self.board.pk, self.guideline, since, wanted):
            if refusal not in already:
                changed = [name for name in refusal.names if name in self.wanted]
                self.add_error(_field((changed or refusal.names)[0]), self._told(refusal, place))

    def _told(self, refusal: Refusal, place: int | None) -> str:
        if refusal.program_id is None or refusal.program_id == place:
            return refusal.sentence
        program = Program._base_manager.get(pk=refusal.program_id)
        words = {"program": program, "sentence": refusal.sentence}
        return _("Dans le programme %(program)s\u00a0: %(sentence)s") % words

    def _number(self, name: str, value: int) -> forms.IntegerField:
        largest = 100 if self.guideline.is_per_cent else LARGEST
        return forms.IntegerField(
            label=label_of(self.guideline, name, value),
            required=False,
            min_value=0,
            validators=[MaxValueValidator(largest, _("Écrivez un nombre de 0 à %(limit_value)s."))],
            help_text=_("Par défaut\u00a0: %(number)s. Vide\u00a0: la valeur de l’organisme, sinon celle par défaut.")
            % {"number": self.guideline.settable[name]},
            widget=forms.NumberInput(attrs={"class": "narrow-field", "inputmode": "numeric"}),
            error_messages={
                "invalid": _("Écrivez un nombre entier."),
                "min_value": _("Écrivez un nombre de 0 ou plus."),
            },
        )


class ApplyForm(TryForm):
    """The same, to be applied from a day on, with a reason."""

    starts_on = DayField(label=gettext_lazy("À partir du"))
    reason = forms.CharField(
        label=gettext_lazy("Motif"),
        help_text=gettext_lazy("Une phrase que les personnes évaluées comprendront."),
        max_length=300,
        error_messages={"required": gettext_lazy("Écrivez pourquoi cette balise change.")},
    )

    def watch_numbers(self, back: str) -> None:
        """Let no change undo another unseen: the page said which numbers it showed (``ActionForm.watch``)."""
        self.watched = [self.board]
        if self.data.get("choice") == THEIRS:
            raise KeptTheirs(back)
        self._look()

    def changed_meanwhile(self) -> bool:
        """The same, once the board is held: a number may have been set since."""
        held = super().changed_meanwhile()
        self._look()
        return held or self.clash is not None

    def _look(self) -> None:
        seen = str(self.data.get(STAMP) or "")
        self.clash = self._compared(int(seen)) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None
        self.stamp = self._newest() if self.clash else seen or self.stamp

    def _compared(self, seen: int) -> Comparison | None:
        """What is typed beside what was set at the place since; None where nothing would be undone."""
        self.is_valid()
        place = self.programs.get(str(self.data.get("place")))
        newer = GuidelineSetting.objects.filter(
            board=self.board, guideline=self.guideline.code, program=place, pk__gt=seen
        )
        rows = {row.name: row for row in newer.select_related("set_by").order_by("pk")}
        fields = [(self[_field(name)], row) for name, row in rows.items() if _field(name) in self.fields]
        lines = [Line(str(field.label), str(field.value() or ""), _words(row.value)) for field, row in fields]
        if not any(line.differs for line in lines):
            return None
        last = max(rows.values(), key=lambda row: row.pk)
        typed = self.cleaned_data.get("starts_on")
        lines.append(Line(str(self["starts_on"].label), spoken(typed) if typed else "", spoken(last.starts_on)))
        lines.append(Line(str(self["reason"].label), str(self["reason"].value() or ""), last.reason))
        return Comparison(who=str(last.set_by or ""), at=last.set_at, lines=lines)

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason.split()) < FEWEST_WORDS:
            raise forms.ValidationError(_("Écrivez le motif en quelques mots\u00a0: trois au moins."))
        return reason

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if not self.today <= day <= self.today + A_YEAR:
            raise forms.ValidationError(
                _(
                    "Choisissez un jour d’aujourd’hui (%(day)s) à dans un an\u00a0: les points de vigilance passés "
                    "gardent leur balise."
                )
                % {"day": date_format(self.today)}
            )
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and not self.wanted:
            raise forms.ValidationError(_("Ces nombres sont déjà ceux en vigueur\u00a0: changez-en au moins un."))
        return said


def label_of(guideline: Guideline, name: str, value: int | None = None) -> str:
    """What a number stands for: the severity and words of its bound (at the default value if none is given), or the
    parameter's words.
    """
    for threshold in guideline.thresholds:
        if threshold.key == name:
            return f"{threshold.severity.label}\u00a0: {threshold.in_words(value)}"
    return next(str(parameter.words) for parameter in guideline.parameters if parameter.name == name)


def _words(value: int | None) -> str:
    return "" if value is None else str(value)


def _field(name: str) -> str:
    return f"n_{name}"
