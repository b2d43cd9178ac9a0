"""Starting, planning, pausing and ending a dyad."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.access import dyad_to_plan, dyad_to_run
from mentoring.actions.planning import plan_every_week, plan_meeting
from mentoring.actions.relations import (
    RematchNeedsReason,
    call_off_pause,
    end_dyad,
    is_before_its_time,
    pause_dyad,
    resume_dyad,
    start_dyad,
    training_of,
)
from mentoring.defaults import conforming_commitment, defaults
from mentoring.forms.endings import EndForm
from mentoring.forms.relations import PauseForm, PlanForm, StartForm
from mentoring.gate import readiness
from mentoring.models import Dyad, DyadMeeting, DyadTimetable
from mentoring.numbers import TRAINING_MINUTES
from mentoring.rematch import ended_early
from people.requests import PersonRequest
from people.views.forms import done, number, page, posted, succeeded
from programs.models import Program
from programs.numbers import in_force
from programs.views.gestures import undo_last, undo_made

DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def dyad_new(request: PersonRequest) -> HttpResponse:
    """Match a mentor and a student: the training is asked, and, after an early ending, why they are matched again."""
    program = (
        Program.objects.led_by(request.user).filter(domain=Program.Domain.MENTORING).order_by("name_key", "pk").first()
    )
    if program is None:
        raise PermissionDenied
    on = request.user.local_date()
    initial = {"entry_uuid": uuid.uuid4(), "starts_on": on}
    if request.method == "GET":
        initial["last_day"] = conforming_commitment(program, on, on) - DAY
    form = StartForm(posted(request), user=request.user, on=on, initial=initial)
    previous = None
    if form.is_valid():
        said = form.cleaned_data
        committed_until = said["last_day"] + DAY if said["last_day"] else None
        chosen = {name: value for name, value in said.items() if name != "last_day"}
        try:
            dyad = start_dyad(person=request.user, on=on, committed_until=committed_until, **chosen)
        except ValidationError as refusal:
            form.refuse(refusal)
        except RematchNeedsReason as rematch:
            previous = rematch.previous
            form.add_error("rematch_reason", _("Indiquez le motif de ce nouveau jumelage pour le confirmer."))
        else:
            created = _("La dyade est créée : vous pouvez planifier la première rencontre.")
            messages.success(request, created, extra_tags=undo_made(dyad))
            if lack := training_lack(dyad, on):
                messages.warning(request, lack)
            return redirect(dyad)
    asks_reason = previous or "rematch_reason" in form.data
    numbers = in_force(request.user.board_id, on)
    asks = {"asks_reason": asks_reason, "asks_exception": form.has_error("unverified_reason")}
    asks["is_early"] = previous is not None and ended_early(previous, numbers)
    ready = readiness(form.mentors, on, goal=numbers.worth(TRAINING_MINUTES))
    return page(request, "mentoring/dyad_new.html", form, previous=previous, ready=ready, **asks)


def training_lack(dyad: Dyad, on: date) -> str:
    """What the mentor's initial training lacks at the start of the dyad, in words; empty when nothing. Two queries."""
    minutes = training_of(dyad.mentor, by=dyad.starts_on)
    asked = in_force(dyad.board_id, on).worth(TRAINING_MINUTES)
    if minutes >= asked:
        return ""
    words = _("La formation de base de la personne mentore reste à compléter\u00a0: %(minutes)s minutes sur %(asked)s.")
    return words % {"minutes": minutes, "asked": asked}


@require_http_methods(["GET", "POST"])
def dyad_end(request: PersonRequest, pk: int) -> HttpResponse:
    """The confirmation page of an ending: its last day, its reason, who wished it."""
    dyad = dyad_to_run(request.user, pk)
    on = request.user.local_date()
    is_early = is_before_its_time(dyad, on + DAY)
    form = EndForm(posted(request), is_early=is_early, initial={"last_day": on})
    if succeeded(form, lambda: end_dyad(dyad=dyad, person=request.user, on=on, **form.said())):
        tags = undo_last(request.user, "dyade-terminee", dyad)
        messages.success(request, _("La fin de la relation est enregistrée."), extra_tags=tags)
        return redirect(dyad)
    return page(request, "mentoring/dyad_end.html", form, dyad=dyad, on=on)


@require_http_methods(["GET", "POST"])
def dyad_pause(request: PersonRequest, pk: int) -> HttpResponse:
    """Expect no meeting for a while."""
    dyad = dyad_to_run(request.user, pk)
    on = request.user.local_date()
    form = PauseForm(posted(request), initial={"starts_on": on})
    if pause := done(form, lambda: pause_dyad(dyad=dyad, person=request.user, on=on, **form.cleaned_data)):
        words = _("La pause est enregistrée : aucune rencontre n’est attendue ces jours-là.")
        messages.success(request, words, extra_tags=undo_made(pause))
        return redirect(dyad)
    return page(request, "mentoring/dyad_pause.html", form, dyad=dyad)


@require_POST
def dyad_resume(request: PersonRequest, pk: int) -> HttpResponse:
    """Meetings are expected again, from today; or, of the ``pause`` to come that is named, as if it were never set."""
    dyad = dyad_to_run(request.user, pk)
    if "pause" in request.POST:
        return _pause_called_off(request, dyad)
    if resume_dyad(dyad=dyad, person=request.user, on=request.user.local_date()):
        messages.success(request, _("La pause est levée : les rencontres reprennent."))
    else:
        messages.info(request, _("Aucune pause n’est en cours."))
    return redirect(dyad)


def _pause_called_off(request: PersonRequest, dyad: Dyad) -> HttpResponse:
    pause = number(request.POST["pause"])
    if call_off_pause(dyad=dyad, pause=pause, person=request.user, on=request.user.local_date()):
        messages.success(request, _("La pause prévue est annulée\u00a0: les rencontres restent attendues."))
    else:
        messages.info(request, _("Cette pause n’est plus à venir."))
    return redirect(dyad)


@require_http_methods(["GET", "POST"])
def dyad_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Plan one meeting, or the same day every week."""
    dyad = dyad_to_plan(request.user, pk)
    on = request.user.local_date()
    initial = {"entry_uuid": uuid.uuid4(), "day": on, "repeat": "once", "minutes": defaults(dyad, on)["minutes"]}
    form = PlanForm(posted(request), dyad=dyad, initial=initial)

    def plan() -> DyadMeeting | DyadTimetable:
        said = form.cleaned_data
        common: dict[str, Any] = {"dyad": dyad, "on": on}
        common |= {name: said[name] for name in ("day", "starts_at", "minutes")}
        if said["repeat"] == "once":
            return plan_meeting(entry_uuid=said["entry_uuid"], **common)
        return plan_every_week(place=said["place"], person=request.user, **common)

    if planned := done(form, plan):
        once = isinstance(planned, DyadMeeting)
        words = ngettext("La rencontre est planifiée.", "Les rencontres sont planifiées.", 1 if once else 2)
        messages.success(request, words, extra_tags="" if once else undo_made(planned, edit=False))
        return redirect(dyad)
    return page(request, "mentoring/dyad_plan.html", form, dyad=dyad)
