"""« Balises suivies » of a programme: what it follows and since when, what it does not follow yet, and the choice."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from guidelines.catalogue import ESSENTIAL, Guideline
from guidelines.following import (
    STEPS,
    Step,
    follow,
    followed_since,
    guidelines_of,
    known_to,
    leave,
    step_of,
    would_raise,
)
from guidelines.forms import FollowForm, LeaveForm
from guidelines.models import ProgramGuideline
from guidelines.models.followed import followed_by
from guidelines.models.settings import may_follow
from people.requests import PersonRequest
from programs.models import Program


@dataclass(frozen=True)
class Followed:
    """A guideline beside the programme: ``since`` is empty for l’essentiel that nobody wrote down."""

    entry: Guideline
    is_followed: bool
    since: date | None
    raises: int


@dataclass(frozen=True)
class StepOf:
    step: Step
    rows: list[Followed]

    @property
    def followed(self) -> int:
        return sum(row.is_followed for row in self.rows)

    @property
    def is_whole(self) -> bool:
        return self.followed == len(self.rows)


@require_safe
def program_guidelines(request: PersonRequest, pk: int) -> HttpResponse:
    """Every guideline that speaks of the programme, by step. Six queries."""
    program, on = _visible(request, pk), request.user.local_date()
    context = {"program": program, "steps": _steps(program, on), "may_choose": may_follow(request.user, program)}
    return render(request, "guidelines/followed.html", context)


@require_http_methods(["GET", "POST"])
def program_step(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Take up a step: what it would raise, from which day, and why."""
    program, on = _allowed(request, pk), request.user.local_date()
    step = next((step for step in _steps(program, on) if step.step.number == number), None)
    if step is None:
        raise Http404
    form = FollowForm(request.POST if request.method == "POST" else None, on=on)
    if form.is_valid():
        taken = follow(program=program, codes=step.step.codes(program), person=request.user, **form.cleaned_data)
        messages.success(request, _told(taken))
        return redirect("program_guidelines", pk)
    left = [row for row in step.rows if not row.is_followed]
    context = {"form": form, "program": program, "step": step, "left": left}
    return render(request, "guidelines/follow_step.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def program_guideline(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """One guideline: follow it, or follow it no more; and what was decided before."""
    program, on = _allowed(request, pk), request.user.local_date()
    entry = known_to(program, code)
    if entry is None:
        raise Http404
    is_followed = code in followed_by(program, on)
    form_type = LeaveForm if is_followed else FollowForm
    form = form_type(request.POST if request.method == "POST" else None, on=on)
    if form.is_valid():
        if isinstance(form, LeaveForm):
            leave(program=program, code=code, person=request.user, **form.cleaned_data)
            messages.success(request, _("Le programme ne suivra plus cette balise. Elle reste calculée et gardée."))
        else:
            messages.success(
                request, _told(follow(program=program, codes=[code], person=request.user, **form.cleaned_data))
            )
        return redirect("program_guidelines", pk)
    rows = ProgramGuideline.objects.visible_to(request.user).filter(program=program, guideline=code)
    context = {
        "form": form,
        "program": program,
        "guideline": entry,
        "is_followed": is_followed,
        "is_essential": code in ESSENTIAL,
        "raises": would_raise(program, on=on).get(code, 0),
        "history": rows.select_related("by", "ended_by").order_by("-followed_from", "-pk"),
    }
    return render(request, "guidelines/follow.html", context, status=422 if form.is_bound else 200)


def _told(taken: int) -> str:
    if not taken:
        return _("Le programme suivait déjà tout cela.")
    return ngettext("Le programme suit une balise de plus.", "Le programme suit %(n)s balises de plus.", taken) % {
        "n": taken
    }


def _steps(program: Program, on: date) -> list[StepOf]:
    followed, raises = followed_by(program, on), would_raise(program, on=on)
    since = followed_since(program, on)
    entries = guidelines_of(program)
    return [
        StepOf(
            step,
            [
                Followed(entry, entry.code in followed, since.get(entry.code), raises.get(entry.code, 0))
                for entry in entries
                if step_of(entry) is step
            ],
        )
        for step in STEPS
    ]


def _visible(request: PersonRequest, pk: int) -> Program:
    return get_object_or_404(Program.objects.visible_to(request.user).select_related("school", "board"), pk=pk)


def _allowed(request: PersonRequest, pk: int) -> Program:
    program = _visible(request, pk)
    if not may_follow(request.user, program):
        raise PermissionDenied
    return program
