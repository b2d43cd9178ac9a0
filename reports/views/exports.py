"""« Rapports »: what one may have prepared, what is prepared, and files that leave at once."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import audit
from people.requests import PersonRequest
from people.retention import REPORT_FILE_KEPT, REPORT_KEPT
from people.shortcuts import own_board
from people.views.forms import number
from reports.actions import ask
from reports.asking import Ask
from reports.audiences import Audience
from reports.csv_files import csv_response
from reports.models import Report, ReportSchedule
from reports.registry import ReportKind
from reports.sections import Section, section_of, served

PER_PAGE = 20
KEPT = {"file_days": REPORT_FILE_KEPT.days, "row_days": REPORT_KEPT.days}


@require_safe
def reports(request: PersonRequest) -> HttpResponse:
    """What the person may have prepared, then what they had prepared. Two queries a section, and three."""
    return _page(request)


@require_POST
def report_prepare(request: PersonRequest) -> HttpResponseBase:
    """Ask for one report; its page says how far it is. ``tout_de_suite`` gives the file of one that streams at once."""
    section, report = _asked(request, request.POST.get("report"))
    if report.streams and "tout_de_suite" in request.POST:
        return report_csv(request, report)
    wish = section.form.wished(report)
    if wish is None:
        return _page(request, section, status=422)
    made = ask(
        board=own_board(request.user),
        person=request.user,
        wish=wish,
        entry_uuid=section.form.cleaned_data["entry_uuid"],
        language=translation.get_language() or "",
        at=timezone.now(),
    )
    return redirect("report", made.pk)


@require_http_methods(["GET", "POST"])
def report_csv(request: PersonRequest, report: ReportKind) -> HttpResponseBase:
    """The file at once, remembered by the audit before its first row leaves; an address opened by hand leads to the
    form.

    ``kind`` says which of the person's audiences; the first that the report has an edition for, unless said.
    """
    section, _same = _asked(request, report.name)
    edition = report.edition_for(section.audience)
    if edition is None:
        raise Http404
    if request.method != "POST":
        return redirect("reports")
    form = section.form
    scope = form.scope_for(report)
    if scope is None:
        return _page(request, section, status=422)
    user, board, reason = request.user, own_board(request.user), form.cleaned_data.get("reason", "")
    school, program = (str(one.pk) if one else "" for one in scope)
    said: dict[str, Any] = {"school": school, "program": program, "reason": reason}
    audit.record(board=board, person=user, verb=report.verb, subject=None, reason=reason)
    on = user.local_date()
    asked = Ask(user, board, edition.audience, form.named, on=on, read_at=timezone.now(), **said)
    return csv_response(report.file_name, on, edition.build(asked).sheets[0].table)


def audiences(request: PersonRequest) -> list[Audience]:
    """Never none: without an audience, the person has no report."""
    if not (found := served(request.user)):
        raise PermissionDenied
    return found


def _asked(request: PersonRequest, name: str | None) -> tuple[Section, ReportKind]:
    """The form that was sent, and the report that it names: the first that there is, unless said.

    403 for a report that none of the person's audiences has, or not the one that ``kind`` says.
    """
    said = request.POST.get("kind")
    for audience in audiences(request):
        if said not in (None, audience.name):
            continue
        section = section_of(request.user, audience, request.POST if request.method == "POST" else None)
        for choice in section.choices:
            if name in (None, choice.report.name):
                return section, choice.report
    raise PermissionDenied


def _page(request: PersonRequest, sent: Section | None = None, status: int = 200) -> HttpResponse:
    """A form for each audience; the one sent comes back as it was typed."""
    user = request.user
    sections = [
        sent if sent and sent.audience is audience else section_of(user, audience) for audience in audiences(request)
    ]
    mine = Report.objects.visible_to(user).select_related("school", "program__school")
    context = {
        "sections": sections,
        "may_prepare": any(section.form.is_ready for section in sections),
        "form": sent.form if sent else None,
        "page": Paginator(mine, PER_PAGE).get_page(number(request.GET.get("page")) or 1),
        "schedules": ReportSchedule.objects.visible_to(user).select_related("school", "program__school"),
        "entry_uuid": uuid.uuid4(),
        "kept": KEPT,
    }
    return render(request, "reports/reports.html", context, status=status)
