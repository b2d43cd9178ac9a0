"""« Rapports »: files to download, each within what the person may know."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from guidelines.models import Flag
from people import audit
from people.access import Role
from people.audit_registry import Verb
from people.models import SchoolBoard, User
from people.requests import PersonRequest
from programs.models import SchoolYear
from reports.audit_verbs import FINDINGS_EXPORTED, MEETINGS_EXPORTED
from reports.csv_files import csv_response
from reports.findings import finding_rows, finding_totals
from reports.forms import ExportForm
from reports.meetings import meeting_rows, meeting_totals

IN_CHARGE = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)


class Reader(Enum):
    """What files tell a person: rows, counts of a board, or counts of training findings."""

    ROWS = "rows"
    BOARD = "board"
    TRAINING = "training"


OPENED_BY = {
    Reader.ROWS: (*IN_CHARGE, Role.RESOURCE_TEACHER, Role.MENTOR),
    Reader.BOARD: (Role.BOARD_ADMIN,),
    Reader.TRAINING: (Role.TRAINER,),
}


def reports(request: PersonRequest) -> HttpResponse:
    """The files that the person may make, and the period to choose."""
    return _page(request, _readers(request.user))


def report_meetings_csv(request: PersonRequest) -> HttpResponseBase:
    """Meetings and contacts of a period; no note is ever in it."""
    readers: list[Reader] = [reader for reader in _readers(request.user) if reader is not Reader.TRAINING]
    return _download(request, readers, "rencontres", MEETINGS_EXPORTED)


def report_findings_csv(request: PersonRequest) -> HttpResponseBase:
    """Findings raised in a period."""
    return _download(request, _readers(request.user), "points-de-vigilance", FINDINGS_EXPORTED)


def _readers(user: User) -> list[Reader]:
    """The kinds of files that the person's roles open, all of them; never none."""
    readers = [reader for reader, roles in OPENED_BY.items() if user.access.holds(*roles)]
    if not readers or user.access.only_mentors:
        raise PermissionDenied
    return readers


def _form(user: User, reader: Reader, data: Any = None) -> ExportForm:
    on = user.local_date()
    year = SchoolYear.objects.visible_to(user).filter(starts_on__lte=on).order_by("-starts_on").first()
    start = year.starts_on if year else on.replace(month=1, day=1)
    nominal = reader is Reader.ROWS and user.access.holds(*IN_CHARGE)
    return ExportForm(data, with_reason=nominal, start=start, end=on, auto_id=f"{reader.value}_%s")


def _page(
    request: PersonRequest, readers: list[Reader], sent: tuple[Reader, ExportForm] | None = None, status: int = 200
) -> HttpResponse:
    """A form for each kind of files; the one sent comes back as it was typed."""
    forms = {reader: _form(request.user, reader) for reader in readers} | dict([sent] if sent else [])
    kinds = [(reader.value, form) for reader, form in forms.items()]
    context = {"kinds": kinds, "form": sent[1] if sent else None}
    return render(request, "reports/reports.html", context, status=status)


def _download(request: PersonRequest, readers: list[Reader], name: str, verb: Verb) -> HttpResponseBase:
    """The file, remembered by the audit before its first row leaves; an address opened by hand leads to the form.

    ``kind`` says which of the person's kinds of files; the first that they have, unless said.
    """
    if not readers:
        raise PermissionDenied
    if request.method != "POST":
        return redirect("reports")
    asked = request.POST.get("kind", readers[0].value)
    reader = next((reader for reader in readers if reader.value == asked), None)
    if reader is None:
        raise PermissionDenied
    form = _form(request.user, reader, request.POST)
    if not form.is_valid():
        return _page(request, _readers(request.user), (reader, form), status=422)
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
    counted = Flag.objects.counted_for(user) if reader is Reader.BOARD else Flag.objects.advised_by(user)
    return finding_totals(counted, since=since, until=until)
