"""What a report was asked with, held again against what there is and what its person may know."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from programs.fixed_periods import Named
from reports.asking import Ask
from reports.audiences import all_periods, audiences_of
from reports.formats import Format
from reports.models import Report
from reports.registry import Edition, ReportKind
from reports.whole import COUNTS_ALL


class Refused(Exception):
    """The report can't be made; the words say what to do."""


@dataclass(frozen=True)
class Order:
    """What is to be built, as what, in which format."""

    ask: Ask
    kind: ReportKind
    edition: Edition
    format: Format


def ready(report: Report, *, on: date, read_at: datetime) -> Order:
    """What a row asks for, once rights, period, scope and format are looked at again.

    Raises ``Refused``. Three queries.
    """
    kind, edition, format = report.declared, report.edition, report.in_format
    if kind is None or edition is None:
        raise Refused(_("Ce rapport n’est plus offert\u00a0: choisissez-en un autre."))
    if edition.audience not in audiences_of(report.person) or not report.person.is_active:
        raise Refused(_("Vos accès ont changé\u00a0: ce rapport n’est plus de votre rôle."))
    if format is None or format not in kind.offered:
        raise Refused(_("Ce rapport ne se fait plus dans ce format\u00a0: choisissez-en un autre."))
    ask = Ask(
        report.person,
        report.board,
        edition.audience,
        _named(report, edition, on),
        on=on,
        read_at=read_at,
        school=str(report.school_id or ""),
        program=str(report.program_id or ""),
        reason=report.reason,
    )
    if ask.is_narrowed and not edition.narrows:
        raise Refused(str(COUNTS_ALL))
    if ask.is_narrowed and not ask.programs:
        raise Refused(_("L’école ou le programme choisi n’est plus de vos accès\u00a0: choisissez de nouveau."))
    return Order(ask, kind, edition, format)


def _named(report: Report, edition: Edition, on: date) -> Named:
    """A fixed period as the calendar has it now, looked up as on its last day; free days as they were typed."""
    if not edition.audience.periods:
        return report.named
    period = report.named.period
    found = all_periods(report.person, on=min(on, period.last_day)).get(report.period_key)
    if found is None or found.period != period or (edition.audience.is_masked and period.until > on):
        raise Refused(_("Le calendrier a changé depuis\u00a0: choisissez la période de nouveau."))
    return found
