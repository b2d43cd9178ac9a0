"""« Rapports »: files to download, each within what the person may know."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from people import audit
from people.models import SchoolBoard, User
from people.requests import PersonRequest
from programs.models import SchoolYear
from reports.asking import Ask
from reports.audiences import Audience, audiences_of
from reports.csv_files import csv_response
from reports.forms import ExportForm, FileForm, FixedExportForm
from reports.registry import REPORTS, Edition, ReportKind


@dataclass(frozen=True)
class Section:
    """What the page offers one of the person's audiences: its reports, all made by one form."""

    audience: Audience
    form: FileForm

    @property
    def reports(self) -> list[ReportKind]:
        return [report for report in REPORTS.values() if report.streams and report.edition_for(self.audience)]

    @property
    def editions(self) -> list[Edition]:
        return [edition for report in self.reports if (edition := report.edition_for(self.audience))]


@require_safe
def reports(request: PersonRequest) -> HttpResponse:
    """The files that the person may make, and the period to choose."""
    return _page(request, _audiences(request.user))


@require_http_methods(["GET", "POST"])
def report_csv(request: PersonRequest, report: ReportKind) -> HttpResponseBase:
    """The file, remembered by the audit before its first row leaves; an address opened by hand leads to the form.

    ``kind`` says which of the person's audiences; the first that the report has an edition for, unless said.
    """
    editions = [found for audience in _audiences(request.user) if (found := report.edition_for(audience))]
    if not editions or not report.streams:
        raise PermissionDenied
    if request.method != "POST":
        return redirect("reports")
    asked = request.POST.get("kind", editions[0].audience.name)
    edition = next((edition for edition in editions if edition.audience.name == asked), None)
    if edition is None:
        raise PermissionDenied
    form = _form(request.user, edition.audience, request.POST)
    if not form.is_valid():
        return _page(request, _audiences(request.user), Section(edition.audience, form), status=422)
    board: SchoolBoard | None = request.user.board
    if board is None:
        raise PermissionDenied
    reason = form.cleaned_data.get("reason", "")
    audit.record(board=board, person=request.user, verb=report.verb, subject=None, reason=reason)
    on = request.user.local_date()
    ask = Ask(request.user, board, edition.audience, form.named, on=on, read_at=timezone.now(), reason=reason)
    return csv_response(report.file_name, on, edition.build(ask).sheets[0].table)


def _audiences(user: User) -> list[Audience]:
    """Never none: without an audience, the person has no report."""
    served = {edition.audience for report in REPORTS.values() if report.streams for edition in report.editions}
    if not (found := [audience for audience in audiences_of(user) if audience in served]):
        raise PermissionDenied
    return found


def _form(user: User, audience: Audience, data: QueryDict | None = None) -> FileForm:
    on, auto_id = user.local_date(), f"{audience.name}_%s"
    if audience.periods:
        with_reason = audience.says_why(user)
        return FixedExportForm(data, periods=audience.periods(user, on=on), with_reason=with_reason, auto_id=auto_id)
    year = SchoolYear.objects.visible_to(user).filter(starts_on__lte=on).order_by("-starts_on").first()
    start = year.starts_on if year else on.replace(month=1, day=1)
    return ExportForm(data, with_reason=audience.says_why(user), start=start, end=on, auto_id=auto_id)


def _page(
    request: PersonRequest, audiences: list[Audience], sent: Section | None = None, status: int = 200
) -> HttpResponse:
    """A form for each audience; the one sent comes back as it was typed."""
    sections = [
        sent if sent and sent.audience is audience else Section(audience, _form(request.user, audience))
        for audience in audiences
    ]
    context = {"sections": sections, "form": sent.form if sent else None}
    return render(request, "reports/reports.html", context, status=status)
