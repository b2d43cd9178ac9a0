"""What is asked before figures and files."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from people.forms import Data
from programs.models import Program
from reports.registry import Period

FEWEST_WORDS = 3


class ScopeForm(forms.Form):
    """The lead's programmes, narrowed to one of them or to one school; what is not understood is left out."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    ecole = forms.ChoiceField(label=_("École"), required=False)

    def __init__(self, data: Mapping[str, Any], *, led: Sequence[Program], on: date) -> None:
        super().__init__(data)
        self.led = led
        self.on = on
        schools = {program.school_id: program.school.name for program in led}
        self.fields["programme"].choices = [("", _("Tous")), *((str(p.pk), p.name) for p in led)]  # type: ignore[attr-defined]
        self.fields["ecole"].choices = [("", _("Toutes")), *((str(pk), name) for pk, name in schools.items())]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The filters as the query of an address."""
        return urlencode(self.chosen)

    @property
    def programs(self) -> list[Program]:
        chosen = self.chosen
        return [
            program
            for program in self.led
            if chosen.get("programme", str(program.pk)) == str(program.pk)
            and chosen.get("ecole", str(program.school_id)) == str(program.school_id)
        ]


class ExportForm(forms.Form):
    """The period of a file, both days included; and why, when it names people."""

    start = DayField(
        label=_("Premier jour"), error_messages={"required": _("Choisissez le premier jour de la période.")}
    )
    end = DayField(
        label=_("Dernier jour (inclus)"), error_messages={"required": _("Choisissez le dernier jour de la période.")}
    )
    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Ce fichier nomme des élèves\u00a0: dites à quoi il servira. Le motif est gardé au journal."),
        max_length=300,
        error_messages={"required": _("Écrivez à quoi le fichier servira.")},
    )

    def __init__(self, data: Data = None, *, with_reason: bool, start: date, end: date, auto_id: str) -> None:
        super().__init__(data, auto_id=auto_id)
        for name, day in (("start", start), ("end", end)):
            self.fields[name].initial = day
        if not with_reason:
            del self.fields["reason"]

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason.split()) < FEWEST_WORDS:
            raise forms.ValidationError(_("Écrivez le motif en quelques mots\u00a0: trois au moins."))
        return reason

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("Le dernier jour précède le premier\u00a0: choisissez une date plus tardive."))
        return cleaned

    @property
    def period(self) -> Period:
        """The days asked for, once the form is valid."""
        return Period(self.cleaned_data["start"], self.cleaned_data["end"] + timedelta(days=1))
