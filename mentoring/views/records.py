"""What any record of the log offers: its history, its correction, an earlier version, and what was undone."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.actions.corrections import bring_back_routine
from mentoring.editors import EDITORS
from mentoring.kinds import KINDS
from mentoring.models import FollowUp, TeacherLiaison
from mentoring.undone import undone
from people.access import Role
from people.models import User
from people.requests import PersonRequest
from programs.actions.conflicts import Conflict
from programs.actions.records import bring_back, correct, put_back
from programs.comparison import KEPT_THEIRS, THEIRS, Comparison, compare
from programs.kinds import Kind
from programs.memory import version_of
from programs.models.meetings import readable_note
from programs.revisions import revisions
from programs.views.banners import after_correction
from programs.views.doors import record_of

LOGGERS = (Role.RESOURCE_TEACHER, Role.MENTOR, Role.PROGRAM_LEAD)
MEETINGS = {"rencontre": "meeting_edit", "rencontre-groupe": "group_meeting_edit"}


def record_history(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Who said what of a record, and when."""
    of = _kind(kind)
    record = get_object_or_404(of.seen_by(request.user), pk=pk)
    may = of.may_change(request.user, record)
    page = {
        "kind": of,
        "title": capfirst(str(of.name)),
        "record": record,
        "owner": of.owner_of(record),
        "revisions": revisions(record, request.user, program=of.program),
        "may_change": may,
        "edit": edit_address(of, record) if may and record.deleted_at is None else "",
        "seen": version_of(record),
    }
    return render(request, "mentoring/record_history.html", page)


@require_http_methods(["GET", "POST"])
def record_edit(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Correct a logged contact, liaison, routine, event or review; nobody's words are overwritten unseen."""
    of, user, on = _kind(kind, EDITORS), request.user, request.user.local_date()
    record = _to_change(of, user, pk)
    if (routine := _routine_of(record)) is not None:
        return redirect("record_edit", "routine", routine.pk)
    editor = EDITORS[kind]
    form = editor.form(record, request.POST if request.method == "POST" else None, user, on)
    comparison, seen = None, record.saved_at if request.method == "GET" else instant(request.POST.get("saved_at"))
    if request.POST.get("choice") == THEIRS:
        return kept_theirs(request, of, record)
    if form.is_valid():
        values = editor.values(form)
        said: dict[str, Any] = {"record": record, "values": values, "person": user, "saved_at": seen, "on": on}
        try:
            editor.save(form=form, **said) if editor.save else correct(kind=of, **said)
        except Conflict as clash:
            form.refuse(clash)
            record = _to_change(of, user, pk)  # read again: the copy above precedes their save
            comparison, seen = compare(record, values, *editor.more(record, form)), record.saved_at
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _corrected(request, of, record)
    return _edit_page(request, of, record, form, comparison, seen)


@require_POST
def record_restore(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Put a record back: what was undone, or what an earlier version said."""
    of, user, on = _kind(kind), request.user, request.user.local_date()
    record = _to_change(of, user, pk, also_undone=True)
    version, seen = (number(request.POST.get(name) or request.GET.get(name)) for name in ("version", "vu"))
    try:
        if record.deleted_at is not None:
            put_back(kinds=KINDS.values(), kind=of, record=record, seen=seen, person=user, on=on)
        elif isinstance(record, FollowUp):
            bring_back_routine(record=record, version=version, seen=seen, person=user, on=on)
        else:
            bring_back(kind=of, record=record, version=version, seen=seen, person=user, on=on)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("record_history", kind, pk)
    messages.success(request, _("C’est rétabli."), extra_tags=f"edit:{edit_address(of, record)}")
    return redirect(owner_address(of, record))


def undone_list(request: PersonRequest) -> HttpResponse:
    """What one may put back: all of it, or that of one group or dyad."""
    if not request.user.access.holds(*LOGGERS):
        raise PermissionDenied
    dyad, group = (number(request.GET.get(name)) for name in ("dyade", "groupe"))
    owner, pk = ("dyad", dyad) if dyad else ("group", group) if group else ("", None)
    lines = undone(request.user, on=request.user.local_date(), owner=owner, pk=pk)
    page = {"lines": lines, "owner": owner, "pk": pk}
    return render(request, "mentoring/undone.html", page)


def kept_theirs(request: PersonRequest, kind: Kind, record: Any) -> HttpResponse:
    """The person saw both versions, and leaves the other's."""
    messages.info(request, KEPT_THEIRS)
    return redirect(owner_address(kind, record))


def edit_address(kind: Kind, record: Any) -> str:
    """Where the record is corrected."""
    if kind.slug in MEETINGS:
        return reverse(MEETINGS[kind.slug], args=[record.pk])
    return reverse("record_edit", args=[kind.slug, record.pk])


def owner_address(kind: Kind, record: Any) -> str:
    """The page of the record's dyad or group."""
    return reverse(kind.owner, args=[kind.owner_of(record).pk])


def number(text: str | None) -> int:
    """A row's number, 0 when it is none; more digits are no row of ours."""
    text = (text or "")[:18]
    return int(text) if text.isascii() and text.isdigit() else 0


def instant(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


def _kind(slug: str, among: Any = KINDS) -> Kind:
    if slug not in among:
        raise Http404
    return KINDS[slug]


def _to_change(kind: Kind, user: User, pk: int, *, also_undone: bool = False) -> Any:
    """A record that the person may correct; a stranger gets 404, who may only read it 403."""
    rows = kind.seen_by(user).defer("note").annotate(readable_note=readable_note(user, kind.program))
    record = record_of(kind, user, rows if also_undone else rows.filter(deleted_at__isnull=True), pk)
    if not kind.may_change(user, record):
        raise PermissionDenied
    return record


def _routine_of(record: Any) -> FollowUp | None:
    """The routine that wrote this word with a teacher in the same sending: they are corrected on one page."""
    if not isinstance(record, TeacherLiaison):
        return None
    return record.dyad.followups.kept().filter(entry_uuid=record.entry_uuid).first()


def _corrected(request: PersonRequest, kind: Kind, record: Any) -> HttpResponse:
    """Say that it is saved; « Annuler » goes back to what it said before."""
    tags = after_correction(kind.slug, record, edit_address(kind, record))
    messages.success(request, _("La modification est enregistrée."), extra_tags=tags)
    return redirect(owner_address(kind, record))


def _edit_page(
    request: PersonRequest, kind: Kind, record: Any, form: Any, comparison: Comparison | None, seen: datetime | None
) -> HttpResponse:
    """The form of the first log, as it was filled; after a clash, beside what someone else saved."""
    page = {
        "parent": EDITORS[kind.slug].template,
        "form": form,
        "kind": kind,
        "record": record,
        "day": record.on,
        kind.owner: kind.owner_of(record),
        "comparison": comparison,
        "saved_at": seen.isoformat() if seen else "",
        "note_is_hidden": "note" not in form.fields,
    }
    return render(request, "mentoring/record_edit.html", page, status=422 if form.is_bound else 200)
