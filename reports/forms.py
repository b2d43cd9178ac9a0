"""What is asked before figures and files."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.fields import ChipField, ReasonField
from people.forms import Data
from people.models import User
from people.telling import Path
from programs.fixed_periods import Named, Period, fixed_periods
from programs.models import Program
from reports.choices import adults_of
from reports.scope import Scope
from reports.student_sheets import DOCUMENTS, Document
from reports.tables import Text

A_YEAR = timedelta(days=365)


class ScopeForm(forms.Form):
    """The lead's programmes, narrowed, a fixed period and an adult; what is not understood is left out.

    Programme and school are those of the whole page; period and adult, those of the figures: the list is of today.
    """

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    ecole = forms.ChoiceField(label=_("École"), required=False)
    periode = forms.ChoiceField(label=_("Période des figures"), required=False)
    adulte = forms.ChoiceField(label=_("Adulte, dans les figures"), required=False)

    def __init__(self, data: Mapping[str, Any], *, user: User, led: Sequence[Program], on: date) -> None:
        super().__init__(data)
        self.led = led
        self.on = on
        self.periods = fixed_periods(user, on=on)
        adults = adults_of(user, led, on=on)
        self._offer("programme", _("Tous"), {str(program.pk): program.name for program in led})
        self._offer("ecole", _("Toutes"), {str(program.school_id): program.school.name for program in led})
        self._offer("periode", _("Les dernières semaines"), {key: named.name for key, named in self.periods.items()})
        self._offer("adulte", _("Tous"), {str(pk): name for pk, name in adults.items()})

    def _offer(self, name: str, all_of_them: Text, choices: Mapping[str, str]) -> None:
        self.fields[name].choices = [("", all_of_them), *choices.items()]  # type: ignore[attr-defined]

    @cached_property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The filters as the query of an address."""
        return urlencode(self.chosen)

    @property
    def is_whole(self) -> bool:
        """Whether the whole list is asked for."""
        return "toutes" in self.data

    @property
    def whole_query(self) -> str:
        return urlencode({**self.chosen, "toutes": ""})

    @property
    def offered(self) -> list[forms.BoundField]:
        """The fields with something to choose between."""
        return [field for field in self if len(field.field.choices) > 2]  # type: ignore[attr-defined]

    @property
    def said(self) -> str:
        """What is chosen, in words."""
        return ", ".join(str(dict(self.fields[name].choices)[value]) for name, value in self.chosen.items())  # type: ignore[attr-defined]

    @property
    def is_narrowed(self) -> bool:
        """Whether some programmes alone are asked for."""
        return bool({"programme", "ecole"} & self.chosen.keys())

    @property
    def programs(self) -> list[Program]:
        chosen = self.chosen
        return [
            program
            for program in self.led
            if chosen.get("programme", str(program.pk)) == str(program.pk)
            and chosen.get("ecole", str(program.school_id)) == str(program.school_id)
        ]

    @property
    def year_starts_on(self) -> date:
        """The first day of the school year, the earliest of the programmes'."""
        years: list[date | None] = [program.year_starts_on for program in self.programs]  # type: ignore[attr-defined]
        return min((start for start in years if start), default=self.on - A_YEAR)

    @property
    def scope(self) -> Scope:
        """What the figures are about."""
        named, adult = self.periods.get(self.chosen.get("periode", "")), self.chosen.get("adulte")
        return Scope(self.programs, self.on, named.period if named else None, int(adult) if adult else None)


class BoardForm(forms.Form):
    """A fixed period that is over and a school, for the board's page; what is not understood is left out."""

    periode = forms.ChoiceField(label=_("Période"), required=False)
    ecole = forms.ChoiceField(label=_("École"), required=False)

    def __init__(self, data: Mapping[str, Any], *, periods: Mapping[str, Named]) -> None:
        super().__init__(data)
        self.periods = periods
        self.fields["periode"].choices = named_choices(periods)  # type: ignore[attr-defined]

    def offer_schools(self, schools: Mapping[str, str]) -> None:
        self.fields["ecole"].choices = [("", _("Toutes les écoles")), *schools.items()]  # type: ignore[attr-defined]

    @cached_property
    def named(self) -> Named | None:
        """The period that is shown: the one asked for, or else the latest that is over."""
        return self.periods.get(self.data.get("periode", ""), next(iter(self.periods.values()), None))

    @property
    def asked(self) -> str:
        """The key of the period that is shown."""
        return next((key for key, named in self.periods.items() if named is self.named), "")

    @property
    def period(self) -> Period | None:
        return self.named.period if self.named else None

    @property
    def school(self) -> Path | None:
        self.is_valid()
        chosen = self.cleaned_data.get("ecole")
        return (int(chosen),) if chosen else None

    @property
    def shown(self) -> list[tuple[forms.BoundField, str]]:
        """The fields with something to choose between, each with what is chosen in it."""
        chosen = {"periode": self.asked, "ecole": str(self.school[0]) if self.school else ""}
        return [(field, chosen[field.name]) for field in self if len(field.field.choices) > 1]  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """What a file is asked with; the reason is for those that name people."""

    reason = ReasonField(
        help_text=_("Ce fichier nomme des personnes\u00a0: dites à quoi il servira. Le motif est gardé au journal."),
        error_messages={"required": _("Écrivez à quoi le fichier servira.")},
    )

    def __init__(self, data: Data = None, *, with_reason: bool, auto_id: str) -> None:
        super().__init__(data, auto_id=auto_id)
        if not with_reason:
            del self.fields["reason"]

    @property
    def named(self) -> Named:
        """The period asked for with its name, once the form is valid."""
        raise NotImplementedError

    @property
    def period(self) -> Period:
        return self.named.period


class SheetForm(FileForm):
    """Which sheet of a student, of which fixed period, with or without the ordinary notes."""

    document = ChipField(
        label=_("Document"),
        choices=[(one.name, one.title) for one in DOCUMENTS.values()],
        error_messages={"required": _("Choisissez le document."), "invalid_choice": _("Choisissez le document.")},
    )
    periode = forms.ChoiceField(
        label=_("Période"),
        error_messages={
            "required": _("Choisissez une période de la liste."),
            "invalid_choice": _("Cette période n’est pas de la liste\u00a0: choisissez-en une."),
        },
    )
    notes = forms.BooleanField(
        label=_("Avec les notes ordinaires"),
        required=False,
        help_text=_("Les notes confidentielles ne s’impriment jamais\u00a0: la fiche dit seulement combien il y en a."),
    )

    field_order = ("document", "periode", "notes", "reason")

    def __init__(self, data: Data = None, *, periods: Mapping[str, Named], with_reason: bool) -> None:
        super().__init__(data, with_reason=with_reason, auto_id="id_%s")
        self.periods = periods
        self.fields["periode"].choices = named_choices(periods)  # type: ignore[attr-defined]
        document = self.fields["document"]
        document.initial = next(iter(DOCUMENTS))
        document.hints = {one.name: str(one.about) for one in DOCUMENTS.values()}  # type: ignore[attr-defined]

    @property
    def named(self) -> Named:
        """The period asked for, once the form is valid."""
        return self.periods[self.cleaned_data["periode"]]

    @property
    def document_asked(self) -> Document:
        return DOCUMENTS[self.cleaned_data["document"]]


def named_choices(periods: Mapping[str, Named]) -> list[tuple[str, Text]]:
    return [(key, named.name) for key, named in periods.items()]
