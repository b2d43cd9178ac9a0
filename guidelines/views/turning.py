"""The turn of the year of a programme: read what it would give, then do it in one press."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guidelines.catalogue.groups import GROUP_CONTINUITY
from guidelines.catalogue.matching import STUDENT_REMATCH
from guidelines.turning import offered
from guidelines.turning.foresight import foresee, summary
from guidelines.turning.forms import TurnForm
from guidelines.turning.standing import KEEP, Standing, standing
from guidelines.turning.verbs import turn_year
from guidelines.turning.years import Turn, turn_of
from people.models import School, User
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse
from people.views.forms import done, page, posted
from programs.log.restoring import restorable_since
from programs.models import Gesture, GroupLead, Program
from programs.views.gestures import undo_gesture


@require_http_methods(["GET", "POST"])
def program_turn(request: PersonRequest, pk: int) -> HttpResponse:
    """What becomes of each group and dyad: a proposal for all, exceptions one by one; its summary, then the deed."""
    user, on = request.user, request.user.local_date()
    seen = Program.objects.visible_to(user).select_related("school", "board")
    program = get_or_refuse(seen, Program.objects.led_by(user), pk)
    lately = _done_lately(user, program, on)
    if lately and request.method == "POST" and str(lately.key) == request.POST.get("entry_uuid"):
        return _turned(request, program, lately)
    turn = turn_of(program.school, on)
    stands = standing(program, turn, on) if turn and turn.is_near(on) else None
    context: dict[str, Any] = {"program": program, "turn": turn, "standing": stands, "done_lately": lately}
    if turn is None or stands is None or stands.is_empty:
        return render(request, "guidelines/turn.html", context | {"open_url": _opening(user, program)})
    form = _form(request, stands, turn)
    context["review"] = GROUP_CONTINUITY if program.domain == Program.Domain.GROUP else STUDENT_REMATCH
    if form.is_valid() and form.is_to_do:
        if gesture := done(form, lambda: turn_year(**_said(form, stands, user, on))):
            return _turned(request, program, gesture, summary(stands, form.choices()))
    elif form.is_valid() and (foresight := done(form, lambda: foresee(**_said(form, stands, user, on)))):
        chosen = form.choices()
        context |= {"form": form, "foresight": foresight, "told": summary(stands, chosen)}
        context["agreements"] = sum(to == KEEP for to in chosen.dyads.values())
        return render(request, "guidelines/turn.html", context)
    return page(request, "guidelines/turn.html", form, **context)


def _said(form: TurnForm, stands: Standing, user: User, on: date) -> dict[str, Any]:
    key = form.cleaned_data["entry_uuid"]
    return {"standing": stands, "choices": form.choices(), "person": user, "on": on, "entry_uuid": key}


def _opening(user: User, program: Program) -> str:
    """Where the next year of the programme's school is opened; empty for who does not manage it."""
    may_open = School.objects.managed_by(user).filter(pk=program.school_id).exists()
    return f"{reverse('calendar_year')}?ecole={program.school_id}" if may_open else ""


def _turned(request: PersonRequest, program: Program, gesture: Gesture, told: list[str] | None = None) -> HttpResponse:
    words = _("Le passage à l’année suivante est fait.")
    if told:
        words = _("Le passage à l’année suivante est fait\u00a0: %(told)s.") % {"told": ", ".join(told)}
    messages.success(request, words, extra_tags=undo_gesture(gesture))
    return redirect("program_turn", program.pk)


def _done_lately(user: User, program: Program, on: date) -> Gesture | None:
    rows = Gesture.objects.visible_to(user).filter(kind="annee-suivante", program=program, undone_at=None)
    return rows.filter(at__gte=restorable_since(on)).first()


def _form(request: PersonRequest, stands: Standing, turn: Turn) -> TurnForm:
    user, on = request.user, request.user.local_date()
    return TurnForm(
        posted(request),
        standing=stands,
        leads=offered.leads(stands, on),
        mentors=offered.mentors(stands, user, on),
        students=offered.students(stands),
        initial={
            "entry_uuid": uuid.uuid4(),
            "resumes_on": turn.resumes_on(on),
            "lead_reason": GroupLead.Reason.REASSIGNED,
        },
    )
