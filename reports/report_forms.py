"""What the reports of an audience are asked with: a period, a scope, a format, and why when they name people."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.fields import ChipField, DayField, EntryUuidField, usable_uuid
from people.forms import Data
from people.models import School
from people.text import spoken
from programs.fixed_periods import Named, Period
from programs.models import Program
from reports.actions import Wish
from reports.audiences import Audience
from reports.formats import FORMATS, Format
from reports.forms import FileForm, named_choices
from reports.registry import ReportKind
from reports.whole import COUNTS_ALL

SCHOOL, PROGRAM = "ecole", "programme"
Scope = tuple[School | None, Program | None]
T = TypeVar("T")


class ReportForm(FileForm):
    """One form for all the reports of an audience: which of them, its page says.

    ``programs`` are those that the audience may tell of; ``formats``, those of any of its reports.
    """

    portee = forms.ChoiceField(
        label=_("Portée"),
        required=False,
        error_messages={
            "invalid_choice": _("Cette école ou ce programme n’est pas de la liste\u00a0: choisissez-en un.")
        },
    )
    format = ChipField(
        label=_("Format"),
        error_messages={
            "required": _("Choisissez le format du fichier."),
            "invalid_choice": _("Ce format n’est pas offert\u00a0: choisissez-en un de la liste."),
        },
    )
    entry_uuid = EntryUuidField()

    def __init__(
        self,
        data: Data = None,
        *,
        audience: Audience,
        with_reason: bool,
        programs: Sequence[Program],
        formats: Sequence[Format],
    ) -> None:
        if data is not None:
            data = {**first_format(formats), "entry_uuid": str(uuid.uuid4()), **_plain(data)}
        super().__init__(data, with_reason=with_reason, auto_id=f"{audience.name}_%s")
        self.audience, self.programs = audience, programs
        self._offer_scopes(programs)
        self._offer_formats(formats)

    def _offer_scopes(self, programs: Sequence[Program]) -> None:
        schools = {program.school_id: program.school for program in programs}
        choices: list[tuple[str, object]] = [("", _("Tous les programmes"))]
        for pk, school in schools.items() if len(schools) > 1 else ():
            whole = gettext("%(school)s, tous ses programmes") % {"school": school}
            choices.append((f"{SCHOOL}-{pk}", whole))
            choices += [(f"{PROGRAM}-{one.pk}", f"{school}, {one}") for one in programs if one.school_id == pk]
        if len(schools) == 1:
            choices += [(f"{PROGRAM}-{one.pk}", str(one)) for one in programs]
        self.fields["portee"].choices = choices  # type: ignore[attr-defined]

    def _offer_formats(self, formats: Sequence[Format]) -> None:
        field = self.fields["format"]
        field.choices = [(one.name, one.title) for one in formats]  # type: ignore[attr-defined]
        field.initial = formats[0].name if formats else ""

    @property
    def is_ready(self) -> bool:
        """Whether there is a period to tell of."""
        return True

    @property
    def asks_scope(self) -> bool:
        return len(self.programs) > 1

    @property
    def asks_format(self) -> bool:
        return len(self.fields["format"].choices) > 1  # type: ignore[attr-defined]

    @property
    def uuid_to_send(self) -> str:
        return str(usable_uuid(self))

    @property
    def named(self) -> Named:
        raise NotImplementedError

    @property
    def period_key(self) -> str:
        """Of a fixed period; empty for days that were typed."""
        return ""

    def wished(self, report: ReportKind) -> Wish | None:
        """What a row keeps of it; None with what to correct on the form."""
        return self._unless_refused(lambda: self._wish_of(report))

    def scope_for(self, report: ReportKind) -> Scope | None:
        """The school or the programme chosen, or neither; None with what to correct on the form."""
        return self._unless_refused(lambda: self._scope_of(report))

    def _unless_refused(self, give: Callable[[], T]) -> T | None:
        if not self.is_valid():
            return None
        try:
            return give()
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None

    def _wish_of(self, report: ReportKind) -> Wish:
        school, program = self._scope_of(report)
        return Wish(
            report.name,
            self.audience.name,
            self._format_for(report).name,
            self.named,
            period_key=self.period_key,
            school=school,
            program=program,
            reason=self.cleaned_data.get("reason", ""),
        )

    def _scope_of(self, report: ReportKind) -> Scope:
        kind, _dash, pk = self.cleaned_data["portee"].partition("-")
        edition = report.edition_for(self.audience)
        if pk and not (edition and edition.narrows):
            raise ValidationError({"portee": COUNTS_ALL})
        schools = (one.school for one in self.programs if kind == SCHOOL and str(one.school_id) == pk)
        programs = (one for one in self.programs if kind == PROGRAM and str(one.pk) == pk)
        return next(schools, None), next(programs, None)

    def _format_for(self, report: ReportKind) -> Format:
        """The one chosen; that of a report which has one alone, whatever is chosen for the others."""
        if len(report.offered) == 1:
            return report.offered[0]
        chosen = FORMATS[self.cleaned_data["format"]]
        if chosen not in report.offered:
            titles = ", ".join(str(one.title) for one in report.offered)
            words = gettext("«\u00a0%(report)s\u00a0» se prépare en %(titles)s\u00a0: choisissez l’un de ces formats.")
            raise ValidationError({"format": words % {"report": capfirst(str(report.title)), "titles": titles}})
        return chosen


def first_format(formats: Sequence[Format]) -> dict[str, str]:
    """What is asked for by who says no format."""
    return {"format": formats[0].name} if formats else {}


def _plain(data: Mapping[str, object]) -> dict[str, object]:
    return {name: data[name] for name in data}


class ExportForm(ReportForm):
    """The period of a file, both days included; and why, when it names people."""

    start = DayField(
        label=_("Premier jour"), error_messages={"required": _("Choisissez le premier jour de la période.")}
    )
    end = DayField(
        label=_("Dernier jour (inclus)"), error_messages={"required": _("Choisissez le dernier jour de la période.")}
    )

    field_order = ("start", "end", "portee", "format", "reason")

    def __init__(self, data: Data = None, *, start: date, end: date, **also: Any) -> None:
        super().__init__(data, **also)
        for name, day in (("start", start), ("end", end)):
            self.fields[name].initial = day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("Le dernier jour précède le premier\u00a0: choisissez une date plus tardive."))
        return cleaned

    @property
    def named(self) -> Named:
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        said = gettext("du %(start)s au %(end)s") % {"start": spoken(start), "end": spoken(end)}
        return Named(said, Period(start, end + timedelta(days=1)))


class FixedExportForm(ReportForm):
    """A fixed period: of those that are over, two files asked for on two days tell the same, or nothing that meets."""

    periode = forms.ChoiceField(
        label=_("Période"),
        error_messages={
            "required": _("Choisissez une étape, un mois ou une année scolaire de la liste."),
            "invalid_choice": _("Cette période n’est pas de la liste, ou n’est pas terminée\u00a0: choisissez-en une."),
        },
    )

    field_order = ("periode", "portee", "format", "reason")

    def __init__(self, data: Data = None, *, periods: Mapping[str, Named], **also: Any) -> None:
        super().__init__(data, **also)
        self.periods = periods
        self.fields["periode"].choices = named_choices(periods)  # type: ignore[attr-defined]
        if self.audience.is_masked:
            words = _("Une étape, un mois ou une année scolaire se compte une fois la période terminée.")
            self.fields["periode"].help_text = words

    @property
    def is_ready(self) -> bool:
        return bool(self.periods)

    @property
    def named(self) -> Named:
        return self.periods[self.cleaned_data["periode"]]

    @property
    def period_key(self) -> str:
        key: str = self.cleaned_data["periode"]
        return key
