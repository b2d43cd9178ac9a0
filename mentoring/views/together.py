"""One gesture for what is the same: the meeting that went as the last one, and the one of several dyads."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mentoring import actions
from mentoring.forms import TogetherForm
from mentoring.habits import habits, usual_days, weeks_to_choose
from mentoring.models import Dyad
from mentoring.models.dyads import own
from mentoring.views.doors import dyad_to_log
from mentoring.views.meetings import as_chips, back, saved
from people.access import Role
from people.models import User
from people.requests import PersonRequest

FEWEST = 2
MOST = 30


@require_POST
def dyad_repeat(request: PersonRequest, pk: int) -> HttpResponse:
    """« Refaire comme la dernière fois », in one tap; the page's own key makes two taps one record."""
    dyad = dyad_to_log(request.user, pk)
    try:
        key = uuid.UUID(request.POST.get("entry_uuid", ""))
    except ValueError:
        return redirect("dyad_log", pk)
    try:
        meeting = actions.repeat_last(dyad=dyad, person=request.user, on=request.user.local_date(), entry_uuid=key)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return back(request, dyad)
    return saved(request, meeting)


@require_http_methods(["GET", "POST"])
def log_together(request: PersonRequest) -> HttpResponse:
    """A meeting that several of one's own dyads had together, logged once."""
    dyads, on = _own_dyads(request.user), request.user.local_date()
    if len(dyads) < FEWEST:
        messages.info(request, _("Il faut au moins deux dyades en cours pour consigner une rencontre en groupe."))
        return redirect("log")
    usual = as_chips(habits(dyads[0], on)) | {"entry_uuid": uuid.uuid4(), "day": on.isoformat()}
    form = TogetherForm(
        request.POST if request.method == "POST" else None,
        choose_from=dyads, on=on, usual=usual_days(dyads[0], on), initial=usual,
    )  # fmt: skip
    form.offer_weeks(weeks_to_choose(dyads[0], on))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("dyads", "entry_uuid", "second")}
        try:
            rows = actions.log_together(entry=form.entry(), person=request.user, on=on, **said)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            words = ngettext("%(n)s rencontre enregistrée.", "%(n)s rencontres enregistrées.", len(rows))
            undo = reverse("log_together_undo", args=[said["entry_uuid"]])
            messages.success(request, words % {"n": len(rows)}, extra_tags=f"undo:{undo}")
            return redirect("week")
    return render(request, "mentoring/together.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def log_together_undo(request: PersonRequest, entry_uuid: uuid.UUID) -> HttpResponse:
    """Take back, for each dyad, what one form wrote."""
    dyads, on = _own_dyads(request.user), request.user.local_date()
    if actions.undo_together(dyads=dyads, person=request.user, on=on, entry_uuid=entry_uuid):
        messages.info(request, _("C’est annulé\u00a0: les rencontres sont revenues à leur état précédent."))
    else:
        messages.info(request, _("Il n’y a plus rien à annuler."))
    return redirect("week")


def _own_dyads(user: User) -> list[Dyad]:
    """The open dyads in which the person mentors; 403 for who mentors in none by their role."""
    if not user.access.holds(Role.MENTOR, Role.RESOURCE_TEACHER):
        raise PermissionDenied
    rows = Dyad.objects.loggable_by(user).filter(own(user)).open_on(user.local_date()).with_people()
    return list(rows.order_by("student__given_name", "student__family_name", "pk")[:MOST])
