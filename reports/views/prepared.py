"""One report that was asked for: how far it is, its file, and what its person does with it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from people import audit
from people.actions.messages import read_about
from people.models import Notification
from people.requests import PersonRequest
from reports import actions
from reports.models import Report, ReportSchedule
from reports.parts import read
from reports.schedules import offered, repeat, stop
from reports.views.exports import KEPT, audiences


@require_safe
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """Where a report stands: how far it is, then its file, until it expires."""
    shown = _own(request, pk)
    user, at = request.user, timezone.now()
    read_about(person=user, target=pk, at=at, kinds=[Notification.Kind.REPORT])
    context = {
        "report": shown,
        "is_open": shown.is_open_to(user.access, at=at),
        "is_over": shown.expires_at is not None and shown.expires_at <= at,
        "every": offered(shown, on=user.local_date()),
        "entry_uuid": uuid.uuid4(),
        "kept": KEPT,
    }
    return render(request, "reports/report.html", context)


@require_safe
def report_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """How far a worker is; the page is asked for again once it is over."""
    shown = _own(request, pk)
    if not shown.is_under_way:
        return HttpResponseClientRefresh()
    return render(request, "reports/_progress.html", {"report": shown})


@require_GET
def report_file(request: PersonRequest, pk: int) -> StreamingHttpResponse:
    """The file, remembered by the audit before its first byte leaves; its name says what it holds, of which days."""
    given, user = _own(request, pk), request.user
    if given.declared is None or not given.is_open_to(user.access, at=timezone.now()):
        raise Http404
    audit.record(board=given.board, person=user, verb=given.declared.verb, subject=given, reason=given.reason)
    response = StreamingHttpResponse(read(given), content_type=given.content_type)
    response["Content-Disposition"] = f'attachment; filename="{given.file_name}"'
    response["Content-Length"] = given.size
    response["X-Checksum-SHA256"] = given.checksum
    return response


@require_POST
def report_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop what is under way."""
    try:
        actions.cancel(report=_own(request, pk), at=timezone.now())
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("report", pk)


@require_POST
def report_again(request: PersonRequest, pk: int) -> HttpResponse:
    """The same report with what is known now, by one press; pressed twice, it is one."""
    try:
        sent = uuid.UUID(request.POST.get("entry_uuid", ""))
    except ValueError:
        sent = uuid.uuid4()
    language = translation.get_language() or ""
    made = actions.ask_again(report=_own(request, pk), entry_uuid=sent, language=language, at=timezone.now())
    return redirect("report", made.pk)


@require_POST
def report_keep(request: PersonRequest, pk: int) -> HttpResponse:
    """Let it stay on the page, or no longer."""
    actions.keep(report=_own(request, pk), kept=request.POST.get("garder") == "oui")
    return redirect("report", pk)


@require_POST
def report_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Destroy it with its file."""
    actions.remove(report=_own(request, pk))
    messages.success(request, _("Le rapport et son fichier sont effacés."))
    return redirect("reports")


@require_POST
def report_repeat(request: PersonRequest, pk: int) -> HttpResponse:
    """Let it prepare itself when each period ends."""
    shown, every, user = _own(request, pk), request.POST.get("quand", ""), request.user
    on = user.local_date()
    if every not in dict(offered(shown, on=on)):
        messages.warning(request, _("Choisissez quand le rapport se prépare."))
        return redirect("report", pk)
    repeat(report=shown, every=every, on=on)
    messages.success(request, _("Le rapport se préparera de lui-même\u00a0: un avis vous le dira."))
    return redirect("reports")


@require_POST
def report_repeat_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Let it prepare itself no more."""
    audiences(request)
    rows = ReportSchedule.objects.visible_to(request.user).select_related("board", "person")
    stop(schedule=get_object_or_404(rows, pk=pk))
    messages.success(request, _("Le rapport ne se préparera plus de lui-même."))
    return redirect("reports")


def _own(request: PersonRequest, pk: int) -> Report:
    """403 for who has no report at all, 404 for another's."""
    audiences(request)
    rows = Report.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("board", "person", "school", "program__school"), pk=pk)
