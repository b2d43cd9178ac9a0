"""What « Rapports » offers a person: for each of their audiences one form, and the reports that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from people.models import User
from programs.models import SchoolYear
from reports.asking import programs_of
from reports.audiences import Audience, audiences_of
from reports.formats import FORMATS
from reports.registry import REPORTS, Edition, ReportKind
from reports.report_forms import ExportForm, FixedExportForm, ReportForm


@dataclass(frozen=True)
class Choice:
    """A report that the form makes, and what it tells the audience."""

    report: ReportKind
    edition: Edition

    @property
    def own_formats(self) -> str:
        """Its formats in words, where it has not them all."""
        offered = [str(one.title) for one in self.report.offered]
        if len(offered) == len(FORMATS):
            return ""
        *most, last = offered
        return gettext(" ou ").join([", ".join(most), last]) if most else last


@dataclass(frozen=True)
class Section:
    audience: Audience
    form: ReportForm
    choices: list[Choice]

    @property
    def names_people(self) -> bool:
        return "reason" in self.form.fields

    @property
    def chosen(self) -> str:
        """The report that was asked for; the first, before any is."""
        names = [choice.report.name for choice in self.choices]
        said = self.form.data.get("report")
        return said if said in names else names[0]

    @property
    def streams(self) -> bool:
        return any(choice.report.streams for choice in self.choices)


def served(user: User) -> list[Audience]:
    """The person's audiences that some report has an edition for."""
    return [audience for audience in audiences_of(user) if choices_for(audience)]


def choices_for(audience: Audience) -> list[Choice]:
    found = ((report, report.edition_for(audience)) for report in REPORTS.values())
    return [Choice(report, edition) for report, edition in found if edition]


def section_of(user: User, audience: Audience, data: Mapping[str, object] | None = None) -> Section:
    """The form of an audience, as it was typed when ``data`` is given. Two queries."""
    choices, on = choices_for(audience), user.local_date()
    offered = [one for one in FORMATS.values() if any(one in choice.report.offered for choice in choices)]
    narrows = any(choice.edition.narrows for choice in choices)
    said: dict[str, Any] = {
        "audience": audience,
        "with_reason": audience.says_why(user),
        "programs": programs_of(user, audience, on=on) if narrows else [],
        "formats": offered,
    }
    if audience.periods:
        return Section(audience, FixedExportForm(data, periods=audience.periods(user, on=on), **said), choices)
    year = SchoolYear.objects.visible_to(user).filter(starts_on__lte=on).order_by("-starts_on").first()
    start = year.starts_on if year else on.replace(month=1, day=1)
    return Section(audience, ExportForm(data, start=start, end=on, **said), choices)
