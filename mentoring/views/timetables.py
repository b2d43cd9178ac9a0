"""When a dyad meets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring import actions
from mentoring.models import Dyad, DyadTimetable
from mentoring.views.doors import dyad_to_plan, may_plan
from people.requests import PersonRequest
from programs.actions.slots import open_slots
from programs.forms.timetables import TimetableForm, as_slot


@require_http_methods(["GET", "POST"])
def dyad_timetable(request: PersonRequest, pk: int) -> HttpResponse:
    """The slots of a dyad, and a new one; or, with ``?plage=``, one to change."""
    dyad, on = dyad_to_plan(request.user, pk), request.user.local_date()
    slots = open_slots(dyad.timetables.all(), on)
    chosen = request.GET.get("plage", "")
    of = get_object_or_404(slots, pk=chosen) if chosen.isdecimal() else None
    initial = as_slot(of, on, dyad.starts_on, dyad.program.minutes)
    sent = request.POST if request.method == "POST" else None
    form = TimetableForm(sent, program=dyad.program, of=of, initial=initial)
    if form.is_valid():
        try:
            actions.put_dyad_slot(dyad=dyad, change=form.change(), person=request.user, on=on)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("L’horaire est enregistré\u00a0: les rencontres à venir sont planifiées."))
            return redirect("dyad", pk)
    page = {"form": form, "dyad": dyad, "slots": slots}
    return render(request, "mentoring/timetable.html", page, status=422 if form.is_bound else 200)


@require_POST
def dyad_slot_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a slot away; a stranger finds none, who only reads is told so."""
    rows = DyadTimetable.objects.filter(dyad__in=Dyad.objects.visible_to(request.user)).select_related("dyad")
    slot = get_object_or_404(rows, pk=pk)
    if not may_plan(request.user, slot.dyad):
        raise PermissionDenied
    actions.end_dyad_slot(slot=slot, person=request.user, on=request.user.local_date())
    messages.info(request, _("La plage est retirée\u00a0: ses rencontres à venir ne sont plus prévues."))
    return redirect("dyad_timetable", slot.dyad_id)
