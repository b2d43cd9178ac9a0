"""The relations past their committed end, several at once: tick, read, do, undo."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guidelines.settling import Deed, at_end, settle, usual_end
from guidelines.settling_forms import SettlingForm
from people.access import Role
from people.apart import tell_apart
from people.requests import PersonRequest
from people.views.forms import done, number, page, posted
from programs.models import Gesture
from programs.views.gestures import undo_gesture

MOST = 200


@require_http_methods(["GET", "POST"])
def relations_at_end(request: PersonRequest) -> HttpResponse:
    """Renew or end those that are ticked: what it would do is read first; ``d`` in the address ticks some."""
    user, on = request.user, request.user.local_date()
    if not user.access.holds(Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER):
        raise PermissionDenied
    if request.method == "POST" and (before := _already(request)):
        return _settled(request, before)
    offered = tell_apart(at_end(user, on)[:MOST])
    ticked = [str(number(pk)) for pk in request.GET.getlist("d")]
    initial = {"entry_uuid": uuid.uuid4(), "dyads": ticked, "deed": Deed.RENEW, "until": usual_end(offered, on)}
    form = SettlingForm(posted(request), offered=offered, initial=initial)
    if not (form.is_valid() and form.is_to_do):
        is_read = form.is_bound and form.is_valid()
        told = form.settlement().in_words(len(form.chosen)) if is_read else ""
        context = {"form": form, "told": told, "chosen": form.chosen if is_read else []}
        return render(request, "guidelines/relations_at_end.html", context, status=422 if form.errors else 200)
    said = {"dyads": form.chosen, "settlement": form.settlement(), "entry_uuid": form.cleaned_data["entry_uuid"]}
    if gesture := done(form, lambda: settle(person=user, on=on, **said)):
        return _settled(request, gesture, form.settlement().in_words(len(form.chosen)))
    return page(request, "guidelines/relations_at_end.html", form)


def _already(request: PersonRequest) -> Gesture | None:
    """What the same form did before."""
    try:
        key = uuid.UUID(request.POST.get("entry_uuid", ""))
    except ValueError:
        return None
    return Gesture.objects.visible_to(request.user).filter(kind="relations-reglees", key=key).first()


def _settled(request: PersonRequest, gesture: Gesture, told: str = "") -> HttpResponse:
    words = _("C’est fait\u00a0: %(told)s.") % {"told": told} if told else _("C’est fait.")
    messages.success(request, words, extra_tags=undo_gesture(gesture))
    return redirect("relations_at_end")
