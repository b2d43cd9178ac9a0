"""One finding: what was observed, why it matters, what can be done; and the decisions that people take on it."""

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guidelines import actions
from guidelines.catalogue import CATALOGUE, Guideline
from guidelines.evidence import evidence
from guidelines.forms import CHARGE_DAYS, ChargeForm, DismissForm, SnoozeForm, schools_of
from guidelines.models import Flag, FlagEvent
from guidelines.models.flags import FlagQuerySet
from guidelines.numbers import Numbers
from guidelines.scale import scale_of
from guidelines.steps import Rights, steps
from people.actions.messages import read_about
from people.models import User
from people.requests import PersonRequest
from people.text import spoken
from programs.log.day_choices import class_day_from


@require_safe
def flag(request: PersonRequest, pk: int) -> HttpResponse:
    """The six parts of a finding, in order. Those who decide on it leave a « vu »; who was told of it has read it."""
    user, on = request.user, request.user.local_date()
    found = get_object_or_404(Flag.objects.visible_to(user).with_rights(user).with_subject(), pk=pk)
    read_about(person=user, target=pk, at=timezone.now())
    may = Rights.on(found)
    guideline = CATALOGUE[found.guideline]
    facts = evidence(found, user=user, on=found.cleared_on or on, with_share=may.decide)
    threshold = guideline.breached(found.severity, found.value, found.threshold, stepped=_is_stepped(found, guideline))
    context = {
        "flag": found,
        "guideline": guideline,
        "bound_words": threshold.in_words(found.threshold),
        "own_bound": found.threshold != threshold.bound,
        "scale": scale_of(found, guideline, Numbers.of_board(found.board_id, found.cleared_on or on)),
        "facts": facts,
        "steps": steps(found, guideline, user=user, may=may, unlogged=facts.unlogged),
        "history": _history(found, user, on, decides=may.decide),
        "on": on,
    }
    return render(request, "guidelines/flag.html", context)


def _is_stepped(found: Flag, guideline: Guideline) -> bool:
    """Whether the programme's aim has raised the severity by one."""
    return any(t.step_up for t in guideline.thresholds) and bool(found.group and found.group.program.prevents_dropout)


def _history(found: Flag, user: User, on: date, *, decides: bool) -> list[FlagEvent]:
    """The events that the person may read, their own reading included."""
    events = FlagEvent.objects.visible_to(user).filter(flag=found).select_related("person")
    history = list(events)
    seen = any(event.kind == FlagEvent.Kind.SEEN and event.person_id == user.pk for event in history)
    if not decides or seen or found.state == Flag.State.CLEARED:
        return history
    actions.mark_seen(flag=found, person=user, on=on)
    return list(events.all())


@require_POST
def flag_take(request: PersonRequest, pk: int) -> HttpResponse:
    """Put one's name on the finding, for two weeks."""
    found = _allowed(request, pk, Flag.objects.takeable_by(request.user))
    on = request.user.local_date()
    return _taken(request, found, on, class_day_from(schools_of([found]), on + timedelta(days=CHARGE_DAYS)))


@require_http_methods(["GET", "POST"])
def flag_charge(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose until when one follows the finding."""
    found = _allowed(request, pk, Flag.objects.takeable_by(request.user))
    on = request.user.local_date()
    form = ChargeForm(request.POST if request.method == "POST" else None, on=on, schools=schools_of([found]))
    if form.is_valid():
        return _taken(request, found, on, form.cleaned_data["until"])
    context = {"form": form, "flag": found}
    return render(request, "guidelines/charge.html", context, status=422 if form.is_bound else 200)


def _taken(request: PersonRequest, found: Flag, on: date, until: date) -> HttpResponse:
    try:
        actions.take_in_charge(flag=found, person=request.user, on=on, until=until)
    except actions.StaleFlag:
        return _too_late(request, found.pk)
    messages.success(
        request,
        _("Vous avez pris ce point de vigilance en charge, jusqu’au %(day)s.") % {"day": spoken(until)},
    )
    return redirect("flag", found.pk)


@require_http_methods(["GET", "POST"])
def flag_snooze(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the finding off until a day."""
    found = _allowed(request, pk, Flag.objects.decidable_by(request.user))
    on = request.user.local_date()
    form = SnoozeForm(request.POST if request.method == "POST" else None, on=on, schools=schools_of([found]))
    if form.is_valid():
        try:
            actions.snooze(flag=found, person=request.user, on=on, **form.cleaned_data)
        except actions.StaleFlag:
            return _too_late(request, pk)
        messages.success(request, _("Le point de vigilance est reporté."))
        return redirect("flag", pk)
    context = {"form": form, "flag": found}
    return render(request, "guidelines/snooze.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def flag_dismiss(request: PersonRequest, pk: int) -> HttpResponse:
    """Set the finding aside with a reason and a review date."""
    found = _allowed(request, pk, Flag.objects.decidable_by(request.user))
    on = request.user.local_date()
    form = DismissForm(request.POST if request.method == "POST" else None, on=on, schools=schools_of([found]))
    if form.is_valid():
        try:
            actions.dismiss(flag=found, person=request.user, on=on, **form.cleaned_data)
        except actions.StaleFlag:
            return _too_late(request, pk)
        messages.success(request, _("Le point de vigilance est écarté. Le motif est à l’historique."))
        return redirect("flag", pk)
    context = {"form": form, "flag": found, "guideline": CATALOGUE[found.guideline]}
    return render(request, "guidelines/dismiss.html", context, status=422 if form.is_bound else 200)


@require_POST
def flag_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Put it back among those to examine."""
    found = _allowed(request, pk, Flag.objects.decidable_by(request.user))
    try:
        actions.reopen(flag=found, person=request.user, on=request.user.local_date())
    except actions.StaleFlag:
        return _too_late(request, pk)
    messages.success(request, _("Le point de vigilance est de nouveau à examiner."))
    return redirect("flag", pk)


def _visible(request: PersonRequest, pk: int) -> Flag:
    return get_object_or_404(Flag.objects.visible_to(request.user).with_subject(), pk=pk)


def _allowed(request: PersonRequest, pk: int, within: FlagQuerySet) -> Flag:
    """The finding, when the person may decide this: unknown to a stranger, refused to the wrong role."""
    found = _visible(request, pk)
    if not within.filter(pk=pk).exists():
        raise PermissionDenied
    return found


def _too_late(request: PersonRequest, pk: int) -> HttpResponse:
    messages.info(request, _("Ce point de vigilance a changé entre-temps\u00a0: voici où il en est."))
    return redirect("flag", pk)
