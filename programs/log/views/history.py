"""What became of a record, an earlier version of it, and what was undone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.access import Role
from people.requests import PersonRequest
from people.retention import UNDONE_KEPT
from people.views.forms import number
from programs.gestures.listing import lately
from programs.log.credit import say_for_whom
from programs.log.history import version_of
from programs.log.restoring import bring_back, put_back
from programs.log.revisions import revisions
from programs.log.undone import undone
from programs.log.views.entries import kind_named, to_change
from programs.models import MeetingRecord

LOGGERS = (Role.RESOURCE_TEACHER, Role.MENTOR, Role.PROGRAM_LEAD)
ENTERING = (*LOGGERS, Role.SCHOOL_MANAGER, Role.TRAINER)
"""Who enters groups, dyads, programmes, trainings beside the log."""


@require_safe
def record_history(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Who said what of a record, and when."""
    of = kind_named(kind)
    record = get_object_or_404(of.seen_by(request.user), pk=pk)
    may = of.may_change(request.user, record)
    if isinstance(record, MeetingRecord):
        say_for_whom(record.owner, [record])
    page = {
        "kind": of,
        "title": capfirst(str(of.name)),
        "record": record,
        "relation": record.owner,
        "revisions": revisions(of, record, request.user),
        "may_change": may,
        "edit": of.edit_address(record) if may and record.deleted_at is None else "",
        "back": of.page_of(record.owner),
        "seen": version_of(record),
    }
    return render(request, "log/history.html", page)


@require_POST
def record_restore(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Put a record back: what was undone, or what an earlier version said."""
    of, user, on = kind_named(kind), request.user, request.user.local_date()
    record = to_change(of, user, pk, also_undone=True)
    version, seen = (number(request.POST.get(name) or request.GET.get(name)) for name in ("version", "vu"))
    try:
        if record.deleted_at is not None:
            put_back(kind=of, record=record, seen=seen, person=user, on=on)
        else:
            bring_back(kind=of, record=record, version=version, seen=seen, person=user, on=on)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect(of.history_address(record))
    messages.success(request, _("C’est rétabli."), extra_tags=f"edit:{of.edit_address(record)}")
    return redirect(of.page_of(record.owner))


@require_safe
def undone_list(request: PersonRequest) -> HttpResponse:
    """What one may put back: all of it, or that of one group or dyad."""
    if not request.user.access.holds(*ENTERING):
        raise PermissionDenied
    dyad, group = (number(request.GET.get(name)) for name in ("dyade", "groupe"))
    owner, pk = ("dyad", dyad) if dyad else ("group", group) if group else ("", None)
    on = request.user.local_date()
    lines = undone(request.user, on=on, owner=owner, pk=pk)
    gestures = [] if owner else lately(request.user, on)
    page = {"lines": lines, "gestures": gestures, "owner": owner, "pk": pk, "days": UNDONE_KEPT.days}
    return render(request, "log/undone.html", page)
