"""Take back what was entered by mistake; undo that, or an ending: one press each, and a second does no harm."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.models import User
from people.requests import PersonRequest
from programs.gestures.kinds import KINDS, Kind, Made, made_of
from programs.gestures.memory import subject_of
from programs.gestures.verbs import put_back, take_back
from programs.models import Gesture


@require_POST
def made_undo(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Take back what was entered by mistake; where it can't be, say why."""
    of, user = _made(kind), request.user
    row: Any = of.seen_by(user).filter(pk=pk).first()
    if row is None:
        gone = get_object_or_404(Gesture.objects.visible_to(user).filter(kind=kind, subject_id=pk, undone_at=None)[:1])
        messages.info(request, _("C’était déjà annulé."), extra_tags=undo_gesture(gone))
        return redirect(_page_of(of, gone))
    if not of.allowed(user).filter(pk=pk).exists():
        raise PermissionDenied
    try:
        gesture = take_back(kind=of, row=row, person=user, on=user.local_date())
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect(of.page_of(row))
    return taken_back(request, of, gesture)


@require_POST
def gesture_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Put back what a gesture took away, or let go on what it ended."""
    gesture = get_object_or_404(Gesture.objects.visible_to(request.user), pk=pk)
    of = KINDS[gesture.kind]
    try:
        back = put_back(gesture=gesture, person=request.user, on=request.user.local_date())
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, str(of.back) if back else _("C’était déjà rétabli."))
    return redirect(_page_of(of, gesture))


def taken_back(request: PersonRequest, kind: Made[Any], gesture: Gesture) -> HttpResponse:
    """Say that it is taken back, and how to undo that."""
    messages.info(request, str(kind.gone), extra_tags=undo_gesture(gesture))
    return redirect(_page_of(kind, gesture))


def undo_made(row: Model, *, edit: bool = True) -> str:
    """What a banner carries once a row was entered: « Annuler », and « Modifier » where it is corrected."""
    kind = made_of(type(row))
    undo = f"undo:{reverse('made_undo', args=[kind.slug, row.pk])}"
    return f"{undo}|edit:{reverse(kind.edit, args=[row.pk])}" if edit and kind.edit else undo


def undo_gesture(gesture: Gesture) -> str:
    return f"undo:{reverse('gesture_undo', args=[gesture.pk])}"


def undo_last(user: User, kind: str, row: Model) -> str:
    """What a banner carries once an ending is written."""
    last = Gesture.objects.visible_to(user).filter(kind=kind, subject_id=row.pk, undone_at=None).first()
    return undo_gesture(last) if last else ""


def _made(slug: str) -> Made[Any]:
    kind = KINDS.get(slug)
    if not isinstance(kind, Made):
        raise Http404
    return kind


def _page_of(kind: Kind[Any], gesture: Gesture) -> str:
    row = subject_of(gesture.gone, kind.model, gesture.subject_id) if gesture.gone else None
    return kind.page_of(row or get_object_or_404(kind.model._base_manager, pk=gesture.subject_id))
