"""One gesture for what is the same: the meeting that went as the last one, and the one of several dyads."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.access import dyad_to_log
from mentoring.actions import together
from mentoring.defaults import as_chips, defaults, usual_days
from mentoring.forms.meetings import FEWEST, TogetherForm
from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.apart import tell_apart
from people.models import User
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, page, posted
from programs.log.day_choices import weeks_to_choose
from programs.log.kinds import KINDS
from programs.log.views.entries import back, saved

MOST = 30


@require_POST
def dyad_repeat(request: PersonRequest, pk: int) -> HttpResponse:
    """« Refaire comme la dernière fois », in one tap; the page's own key makes two taps one record."""
    dyad, kind = dyad_to_log(request.user, pk), KINDS["rencontre"]
    try:
        key = uuid.UUID(request.POST.get("entry_uuid", ""))
    except ValueError:
        return redirect("dyad_log", pk)
    try:
        meeting = together.repeat_last(dyad=dyad, person=request.user, on=request.user.local_date(), entry_uuid=key)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return back(request, kind, dyad)
    return saved(request, kind, dyad, [meeting], key)


@require_http_methods(["GET", "POST"])
def log_together(request: PersonRequest) -> HttpResponse:
    """A meeting that several of one's own dyads had together, logged once."""
    dyads, on = _own_dyads(request.user), request.user.local_date()
    if len(dyads) < FEWEST:
        messages.info(request, _("Il faut au moins deux dyades en cours pour consigner une rencontre en groupe."))
        return redirect("log")
    days = (on, *usual_days(dyads[0], on))
    form = TogetherForm(posted(request), choose_from=dyads, days=days, on=on, initial=as_chips(defaults(dyads[0], on)))
    form.offer_weeks(weeks_to_choose(dyads[0], on))

    def log() -> list[DyadMeeting]:
        said = {name: form.cleaned_data[name] for name in ("dyads", "entry_uuid", "second")}
        return together.log_together(entry=form.entry(), person=request.user, on=on, **said)

    if rows := done(form, log):
        words = ngettext("%(n)s rencontre enregistrée.", "%(n)s rencontres enregistrées.", len(rows))
        undo = reverse("log_together_undo", args=[form.cleaned_data["entry_uuid"]])
        messages.success(request, words % {"n": len(rows)}, extra_tags=f"undo:{undo}")
        return redirect("week")
    return page(request, "mentoring/together.html", form)


@require_POST
def log_together_undo(request: PersonRequest, entry_uuid: uuid.UUID) -> HttpResponse:
    """Take back, for each dyad, what one form wrote."""
    dyads, on = _own_dyads(request.user), request.user.local_date()
    if together.undo_together(dyads=dyads, person=request.user, on=on, entry_uuid=entry_uuid):
        messages.info(request, _("C’est annulé\u00a0: les rencontres sont revenues à leur état précédent."))
    else:
        messages.info(request, _("Il n’y a plus rien à annuler."))
    return redirect("week")


def _own_dyads(user: User) -> list[Dyad]:
    """The open dyads in which the person mentors; 403 for who mentors in none by their role."""
    require_role(user, Role.MENTOR, Role.RESOURCE_TEACHER)
    rows = Dyad.objects.entrusted_to(user).open_on(user.local_date()).with_people()
    return tell_apart(rows.order_by("student__given_key", "pk")[:MOST])
