"""Log, hold, say why it was not held, correct, take back."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.comparing import KEPT_THEIRS, THEIRS, Comparison
from people.expired_forms import LedAway
from people.models import User
from people.requests import PersonRequest
from people.views.forms import done, instant, number, page, posted
from programs.access import rights_on
from programs.log import verbs
from programs.log.credit import logs_for, other_day
from programs.log.diff import compare
from programs.log.forms import noted
from programs.log.history import version_of
from programs.log.kinds import KINDS, AnyKind, Beside, Entry, Owner, R, RecordKind, kind_of
from programs.log.limits import is_late
from programs.log.relation_kinds import MeetingKind
from programs.models import Relation


@require_http_methods(["GET", "POST"])
def record_log(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """Log one or several records of a relation, as one form says them."""
    of, user, on = kind_named(kind), request.user, request.user.local_date()
    owner = of.owner_to_log(user, pk)
    form = of.form(posted(request), owner=owner, user=user, on=on, query=request.GET)

    def log() -> list[Any]:
        second = bool(form.cleaned_data.get("second"))
        return verbs.log(parts=of.parts(form, owner), person=user, on=on, second=second)

    if rows := done(form, log):
        return saved(request, of, owner, rows, form.cleaned_data["entry_uuid"])
    more = {"for_whom": _for_whom(of, owner, user, on)}
    return page(request, of.template, form, kind=of, **{of.owner: owner}, relation=owner, **more)


@require_http_methods(["GET", "POST"])
def record_edit(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Correct a record, or log a planned one otherwise than planned; nobody's words are overwritten unseen."""
    of, user, on = kind_named(kind), request.user, request.user.local_date()
    record = to_change(of, user, pk)
    if request.method == "GET" and (elsewhere := of.edited_at(record)):
        return redirect(elsewhere)
    if request.POST.get("choice") == THEIRS:
        return kept_theirs(request, of, record)
    form = of.edit_form(posted(request), record=record, user=user, on=on, query=request.GET)
    beside, seen = None, record.saved_at if request.method == "GET" else instant(request.POST.get("saved_at"))
    if form.is_valid():
        entry = of.corrected(form, record)
        said = {"kind": of, "record": record, "entry": entry, "person": user, "on": on, "saved_at": seen}
        was_logged = record.is_logged
        try:
            now = verbs.correct(**said, second=bool(form.cleaned_data.get("second")))
            return corrected(request, of, now) if was_logged else saved(request, of, now.owner, [now], None)
        except ValidationError as refusal:
            form.refuse(refusal)
        # Read again: the copy above may precede what someone else saved.
        record = to_change(of, user, pk)
        beside, seen = _beside(of, record, entry, seen)
    more = {"comparison": beside, "saved_at": seen.isoformat() if seen else ""}
    more |= {"for_whom": _for_whom(of, record.owner, user, record.on)}
    return page(
        request, of.template, form, kind=of, record=record, **{of.owner: record.owner}, relation=record.owner, **more
    )


@require_POST
def record_held(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """« Tenue comme prévu », « Groupe complet », in one tap."""
    of, on = meeting_kind(kind), request.user.local_date()
    meeting = to_change(of, request.user, pk)
    try:
        held = verbs.hold(kind=of, record=meeting, person=request.user, on=on)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        late = hasattr(refusal, "error_dict") and "late_reason" in refusal.error_dict
        return redirect(of.edit_address(meeting)) if late else back(request, of, meeting.owner)
    return saved(request, of, held.owner, [held], None)


@require_http_methods(["GET", "POST"])
def record_not_held(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """Say why a meeting did not take place: one choice; nobody's words are overwritten unseen."""
    of, user, on = meeting_kind(kind), request.user, request.user.local_date()
    meeting = to_change(of, user, pk)
    if request.POST.get("choice") == THEIRS:
        return kept_theirs(request, of, meeting)
    note, hidden = noted(meeting)
    initial = note | {"reason": meeting.reason, "late_reason": meeting.late_reason}
    form = of.not_held_form(posted(request), initial=initial)
    form.note_hidden, form.asks_why = hidden, not meeting.is_logged and is_late(meeting.on, on)
    beside, seen = None, meeting.saved_at if request.method == "GET" else instant(request.POST.get("saved_at"))
    if form.is_valid():
        entry = form.not_held(meeting.on)
        was_logged = meeting.is_logged
        said = {"kind": of, "record": meeting, "entry": entry, "person": user, "on": on, "saved_at": seen}
        try:
            now = verbs.not_hold(**said)
            return corrected(request, of, now) if was_logged else saved(request, of, now.owner, [now], None)
        except ValidationError as refusal:
            form.refuse(refusal)
        meeting = to_change(of, user, pk)
        beside, seen = _beside(of, meeting, entry, seen)
    more = {"comparison": beside, "saved_at": seen.isoformat() if seen else "", "relation": meeting.owner}
    more |= {"for_whom": _for_whom(of, meeting.owner, user, meeting.on)}
    return page(request, "log/not_held.html", form, kind=of, record=meeting, **more)


@require_POST
def record_undo(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Take back the last change (``?version=``) while it is the last one, or what one form wrote; once."""
    of, user, on = kind_named(kind), request.user, request.user.local_date()
    record = get_object_or_404(of.every_seen_by(user), pk=pk)
    refuse_who_may_not(of, user, record)
    version = number(request.GET["version"]) if "version" in request.GET else None
    if version is not None or isinstance(of, MeetingKind):
        undone = bool(verbs.undo(kind=of, record=record, person=user, on=on, version=version))
    else:
        undone = bool(verbs.take_back(kind=of, owner=record.owner, keys=[record.entry_uuid], person=user, on=on))
    record.refresh_from_db(fields=["deleted_at", *(["status"] if isinstance(of, MeetingKind) else [])])
    messages.info(request, of.undone_words(record) if undone else of.nothing_words(record.owner))
    return back(request, of, record.owner)


@require_POST
def entry_undo(request: PersonRequest, pk: int, kind: str, entry_uuid: uuid.UUID) -> HttpResponse:
    """Take back what one form wrote of a relation, whichever the kind; a second press does no harm."""
    of, user, on = kind_named(kind), request.user, request.user.local_date()
    owner = of.owner_to_log(user, pk)
    count = 0
    try:
        for one in [one for one in KINDS.values() if one.owner == of.owner and not isinstance(one, MeetingKind)]:
            keys = one.keys(owner, entry_uuid)
            count += verbs.take_back(kind=one, owner=owner, keys=keys, person=user, on=on)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.info(request, of.removed_words(owner) if count else of.nothing_words(owner))
    return redirect(of.page_of(owner))


def saved(
    request: PersonRequest, kind: RecordKind[R, Owner, Beside], owner: Owner, rows: Sequence[R],
    entry_uuid: uuid.UUID | None,
) -> HttpResponse:  # fmt: skip
    """Say that it is saved, how to take it back, where to correct it when it is one record; go where one was."""
    one = rows[0]
    of = kind_of(one)
    if len(rows) > 1 and entry_uuid is not None and kind.undo_all:
        tags = f"undo:{kind.undo_all_address(owner, entry_uuid)}"
    else:
        version = f"?version={version_of(one)}" if isinstance(of, MeetingKind) else ""
        tags = f"undo:{of.undo_address(one)}{version}|edit:{of.edit_address(one)}"
    messages.success(request, kind.saved_words(rows, request.user), extra_tags=tags)
    return back(request, kind, owner)


def corrected(request: PersonRequest, kind: RecordKind[R, Owner, Beside], record: R) -> HttpResponse:
    """Say that it is saved; « Annuler » goes back to what the record said before."""
    undo = f"{kind.undo_address(record)}?version={version_of(record)}"
    messages.success(request, kind.corrected_words(record), extra_tags=f"undo:{undo}|edit:{kind.edit_address(record)}")
    return back(request, kind, kind.owner_of(record))


def kept_theirs(request: PersonRequest, kind: RecordKind[R, Owner, Beside], record: R) -> HttpResponse:
    """The person saw both versions, and leaves the other's."""
    messages.info(request, KEPT_THEIRS)
    return back(request, kind, kind.owner_of(record))


def back(request: PersonRequest, kind: RecordKind[R, Owner, Beside], owner: Owner) -> HttpResponse:
    """From a meeting, to the week unless one came from the relation's page; from all else, to that page."""
    asked = {request.POST.get("retour"), request.GET.get("retour")}
    for name in asked & kind.lists.keys():
        return redirect(kind.lists[str(name)])
    if isinstance(kind, MeetingKind) and not asked & {"dyade", "groupe"}:
        return redirect("week")
    return redirect(kind.page_of(owner))


def kind_named(slug: str) -> AnyKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def meeting_kind(slug: str) -> MeetingKind[Any, Any, Any]:
    of = kind_named(slug)
    if not isinstance(of, MeetingKind):
        raise Http404
    return of


def to_change(kind: RecordKind[R, Owner, Beside], user: User, pk: int, *, also_undone: bool = False) -> R:
    """A record that the person may correct: a stranger gets 404, who may only read it 403.

    One that was undone leads whoever may put it back to its history, with what they typed kept.
    """
    record = kind.every_seen_by(user).filter(pk=pk).first()
    if record is None:
        raise Http404
    if record.deleted_at is not None and not kind.undone_of(user).filter(pk=pk).exists():
        raise Http404
    if record.deleted_at is not None and not also_undone:
        said = _("Cette entrée a été annulée. Rétablissez-la pour la modifier.")
        raise LedAway(said, to=kind.history_address(record))
    refuse_who_may_not(kind, user, record)
    return record


def refuse_who_may_not(kind: RecordKind[R, Owner, Beside], user: User, record: R) -> None:
    """403, with a sentence to whoever stands in on other days."""
    if not kind.may_change(user, record):
        owner = kind.owner_of(record)
        why = other_day(owner, user, record.on) if isinstance(owner, Relation) and rights_on(user, owner).log else ""
        raise PermissionDenied(why)


def _for_whom(kind: AnyKind, owner: object, user: User, day: date) -> User | None:
    """Whose meeting it is that the person is about to log, when it is another's."""
    return logs_for(owner, user, day) if isinstance(kind, MeetingKind) and isinstance(owner, Relation) else None


def _beside(
    kind: RecordKind[R, Owner, Beside], record: R, entry: Entry, seen: datetime | None
) -> tuple[Comparison | None, datetime | None]:
    """After a refusal: what was typed beside what someone else saved since, and the version now seen."""
    if record.saved_at == seen:
        return None, seen
    values = entry.fields()
    if entry.late_reason:
        values["late_reason"] = entry.late_reason
    if entry.met_by is not None:
        values["met_by_id"] = entry.met_by or None
    return compare(record, values, *kind.beside_lines(record, entry.beside)), record.saved_at
