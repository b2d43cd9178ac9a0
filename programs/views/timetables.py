"""When a group meets."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.requests import PersonRequest
from programs import actions
from programs.access import may_structure, visible_slots
from programs.actions.slots import open_slots
from programs.forms.timetables import TimetableForm, as_slot
from programs.views.doors import page, posted, structured_group


@require_http_methods(["GET", "POST"])
def group_timetable(request: PersonRequest, pk: int) -> HttpResponse:
    """The slots of a group, and a new one; or, with ``?plage=``, one to change."""
    group, on = structured_group(request.user, pk), request.user.local_date()
    slots = open_slots(group.timetables.all(), on)
    chosen = request.GET.get("plage", "")
    of = get_object_or_404(slots, pk=chosen) if chosen.isdecimal() else None
    initial = as_slot(of, on, group.starts_on, group.program.minutes)
    form = TimetableForm(posted(request), program=group.program, of=of, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.put_slot(group=group, change=form.change(), person=request.user, on=on)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Groupe %(name)s\u00a0: l’horaire est enregistré.") % {"name": group.name})
            return redirect("group", group.pk)
    return page(request, "programs/timetable.html", form, group=group, slots=slots)


@require_POST
def group_slot_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a slot away."""
    slot = get_object_or_404(visible_slots(request.user).select_related("group"), pk=pk)
    if not may_structure(request.user, slot.group):
        raise PermissionDenied
    actions.end_slot(slot=slot, person=request.user, on=request.user.local_date())
    messages.info(request, _("Groupe %(name)s\u00a0: la plage est retirée.") % {"name": slot.group.name})
    return redirect("group_timetable", slot.group_id)
