"""Logging what surrounds the meetings of a dyad, and taking it back."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring import actions
from mentoring.actions.followup import FollowUpRecord
from mentoring.followup import KINDS
from mentoring.forms import EventForm, LiaisonForm, ReviewForm, RoutineForm, SupportForm
from mentoring.forms.followup import HEARD, FactForm
from mentoring.habits import last_routine, usual_days, weeks_to_choose
from mentoring.kinds import DYAD_KINDS
from mentoring.models import Dyad
from mentoring.models.followup import DifficultEvent
from mentoring.views.doors import dyad_to_log, dyad_to_run, event_to_log, record_to_undo
from mentoring.views.records import instant, kept_theirs
from people.requests import PersonRequest
from programs.actions.conflicts import Conflict
from programs.comparison import THEIRS, compare
from programs.models.contacts import Channel

F = TypeVar("F", bound=FactForm)


def dyad_routine(request: PersonRequest, pk: int) -> HttpResponse:
    """The weekly routine on one screen; the last one's ticks are a tap away."""
    dyad, on = dyad_to_log(request.user, pk), request.user.local_date()
    last = last_routine(dyad, on)
    again = last is not None and "reprendre" in request.GET
    form = _form(RoutineForm, request, dyad, **(last[1] if last and again else {}))

    def log() -> FollowUpRecord:
        return actions.log_routine(fact=form.fact(request.user), on=on, heard=form.heard(), done=form.done())

    more = {"last_on": last[0] if last and not again and not form.is_bound else None}
    return _logged(request, "routine", form, log, _("Routine de la semaine enregistrée."), more)


def dyad_liaison(request: PersonRequest, pk: int) -> HttpResponse:
    """A word with a teacher of the student."""
    dyad, on = dyad_to_log(request.user, pk), request.user.local_date()
    form = _form(LiaisonForm, request, dyad, channel=Channel.IN_PERSON)

    def log() -> FollowUpRecord:
        said = {name: form.cleaned_data[name] for name in ("channel", "subject", *HEARD)}
        return actions.log_liaison(fact=form.fact(request.user), on=on, **said)

    return _logged(request, "liaison", form, log, _("Échange enregistré."))


def dyad_event(request: PersonRequest, pk: int) -> HttpResponse:
    """A hard event in the student's life; its note is confidential unless one says otherwise."""
    dyad, on = dyad_to_log(request.user, pk), request.user.local_date()
    form = _form(EventForm, request, dyad, note_level=DifficultEvent.NoteLevel.CONFIDENTIAL)

    def log() -> FollowUpRecord:
        return actions.log_event(fact=form.fact(request.user), on=on, kind=form.cleaned_data["kind"])

    return _logged(request, "event", form, log, _("Événement enregistré."))


def dyad_review(request: PersonRequest, pk: int) -> HttpResponse:
    """A meeting of the programme's lead with the mentor about the relationship."""
    dyad, on = dyad_to_run(request.user, pk), request.user.local_date()
    form = _form(ReviewForm, request, dyad)

    def log() -> FollowUpRecord:
        said = {name: form.cleaned_data[name] for name in ("redefined", "agreed")}
        return actions.log_review(fact=form.fact(request.user), on=on, **said)

    return _logged(request, "review", form, log, _("Bilan enregistré."))


def event_support(request: PersonRequest, pk: int) -> HttpResponse:
    """The support that followed a hard event, or its correction; nobody's words are overwritten unseen."""
    event, on = event_to_log(request.user, pk), request.user.local_date()
    if request.POST.get("choice") == THEIRS:
        return kept_theirs(request, DYAD_KINDS["evenement"], event)
    form = _support_form(request, event)
    comparison, seen = None, event.saved_at if not form.is_bound else instant(request.POST.get("saved_at"))
    if form.is_valid():
        day, support = form.cleaned_data["on"], form.cleaned_data["support"].strip()
        try:
            actions.support_event(event=event, on=on, day=day, support=support, saved_at=seen)
        except Conflict as clash:
            form.refuse(clash)
            event = event_to_log(request.user, pk)  # read again: the copy above precedes their save
            comparison, seen = compare(event, {"supported_on": day, "support": support}), event.saved_at
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            edit = reverse("event_support", args=[pk])
            messages.success(request, _("Soutien enregistré."), extra_tags=f"edit:{edit}")
            return redirect("dyad", event.dyad_id)
    page = {"form": form, "dyad": event.dyad, "event": event, "comparison": comparison}
    page["saved_at"] = seen.isoformat() if seen else ""
    return render(request, "mentoring/support.html", page, status=422 if form.is_bound else 200)


@require_POST
def record_undo(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Take a record back, within thirty days of its logging."""
    record = record_to_undo(request.user, kind, pk)
    try:
        undone = actions.take_back(record=record, on=request.user.local_date())
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        said = _("C’est annulé\u00a0: cette entrée est retirée.") if undone else _("Cette entrée était déjà retirée.")
        messages.info(request, said)
    return redirect("dyad", record.dyad_id)


def _support_form(request: PersonRequest, event: DifficultEvent) -> SupportForm:
    on = request.user.local_date()
    day = event.supported_on or on
    initial = {"entry_uuid": event.entry_uuid, "day": day.isoformat(), "support": event.support}
    usual = tuple(sorted({day, event.on} - {on}, reverse=True))
    return SupportForm(request.POST if request.method == "POST" else None, on=on, usual=usual, initial=initial)


def _form(kind: type[F], request: PersonRequest, dyad: Dyad, **initial: Any) -> F:
    on = request.user.local_date()
    start = {"entry_uuid": uuid.uuid4(), "day": on.isoformat(), "note_level": DifficultEvent.NoteLevel.ORDINARY}
    sent = request.POST if request.method == "POST" else None
    form = kind(sent, dyad=dyad, on=on, usual=usual_days(dyad, on), initial=start | initial)
    form.offer_weeks(weeks_to_choose(dyad, on))
    return form


def _logged(
    request: PersonRequest,
    name: str,
    form: FactForm,
    log: Callable[[], FollowUpRecord],
    said: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Log, say how to take it back, and go to the dyad; or the form as typed, with what to do about it."""
    if form.is_valid():
        try:
            record = log()
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            kind = next(kind for kind, model in KINDS.items() if isinstance(record, model))
            undo = reverse("record_undo", args=[kind, record.pk])
            edit = reverse("record_edit", args=[kind, record.pk])
            messages.success(request, said, extra_tags=f"undo:{undo}|edit:{edit}")
            return redirect("dyad", form.dyad.pk)
    page = {"form": form, "dyad": form.dyad} | (more or {})
    return render(request, f"mentoring/{name}.html", page, status=422 if form.is_bound else 200)
