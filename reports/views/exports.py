"""« Rapports »: files to download, each within what the person may know."""

from collections.abc import Iterable
from datetime import date
from enum import Enum, auto
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from guidelines.models import Flag
from people import audit
from people.access import Role
from people.models import SchoolBoard, User
from people.requests import PersonRequest
from programs.models import SchoolYear
from reports.csv_files import csv_response
from reports.findings import finding_rows, finding_totals
from reports.forms import ExportForm
from reports.meetings import meeting_rows, meeting_totals

IN_CHARGE = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)


class Reader(Enum):
    """What files tell a person: rows, counts of a board, or counts of training findings."""

    ROWS = auto()
    BOARD = auto()
    TRAINING = auto()


def reports(request: PersonRequest) -> HttpResponse:
    """The files that the person may make, and the period to choose."""
    reader = _reader(request.user)
    return _page(request, reader, _form(request.user))


def report_meetings_csv(request: PersonRequest) -> HttpResponseBase:
    """Meetings and contacts of a period; no note is ever in it."""
    reader = _reader(request.user)
    if reader is Reader.TRAINING:
        raise PermissionDenied
    return _download(request, reader, "rencontres", "export_meetings")


def report_findings_csv(request: PersonRequest) -> HttpResponseBase:
    """Findings raised in a period."""
    return _download(request, _reader(request.user), "points-de-vigilance", "export_findings")


def _reader(user: User) -> Reader:
    if user.access.holds(*IN_CHARGE, Role.RESOURCE_TEACHER, Role.MENTOR):
        return Reader.ROWS
    if user.access.holds(Role.BOARD_ADMIN):
        return Reader.BOARD
    if user.access.holds(Role.TRAINER):
        return Reader.TRAINING
    raise PermissionDenied


def _form(user: User, data: Any = None) -> ExportForm:
    on = user.local_date()
    year = SchoolYear.objects.visible_to(user).filter(starts_on__lte=on).order_by("-starts_on").first()
    start = year.starts_on if year else on.replace(month=1, day=1)
    return ExportForm(data, with_reason=user.access.holds(*IN_CHARGE), start=start, end=on)


def _page(request: PersonRequest, reader: Reader, form: ExportForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "reader": reader.name.lower()}
    return render(request, "reports/reports.html", context, status=status)


def _download(request: PersonRequest, reader: Reader, name: str, verb: str) -> HttpResponseBase:
    """The file, remembered by the audit before its first row leaves; an address opened by hand leads to the form."""
    if request.method != "POST":
        return redirect("reports")
    form = _form(request.user, request.POST)
    if not form.is_valid():
        return _page(request, reader, form, status=422)
    board: SchoolBoard | None = request.user.board
    if board is None:
        raise PermissionDenied
    reason = form.cleaned_data.get("reason", "")
    audit.record(board=board, person=request.user, verb=verb, subject=None, reason=reason)
    rows = _rows(request.user, reader, name, form.cleaned_data["start"], form.until)
    return csv_response(name, request.user.local_date(), rows)


def _rows(user: User, reader: Reader, name: str, since: date, until: date) -> Iterable[Iterable[Any]]:
    if name == "rencontres":
        make = meeting_rows if reader is Reader.ROWS else meeting_totals
        return make(user, since=since, until=until)
    if reader is Reader.ROWS:
        return finding_rows(user, since=since, until=until)
    visible = Flag.objects.counted_for(user) if reader is Reader.BOARD else Flag.objects.visible_to(user)
    return finding_totals(visible, since=since, until=until)
