"""« Le dernier échange a-t-il eu lieu? »: asked of whoever accompanied, and of who answers for the programme."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentoring.access import dyad_to_plan
from mentoring.actions.farewells import answer_farewell, reopen_farewell
from mentoring.forms.endings import FarewellForm
from mentoring.models import Dyad
from mentoring.models.endings import ClosureTalk
from people.requests import PersonRequest
from people.views.forms import done, number, page, posted


@require_http_methods(["GET", "POST"])
def dyad_farewell(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it was held, and when, or that it can't be; undone from the page that follows."""
    dyad = dyad_to_plan(request.user, pk)
    on = request.user.local_date()
    if not dyad.awaits_talk:
        messages.info(request, _("Le dernier échange n’est pas en attente."))
        return redirect(dyad)
    form = FarewellForm(posted(request), initial=_likely(dyad, on))

    def answer() -> int:
        said = form.cleaned_data
        return answer_farewell(dyad=dyad, person=request.user, on=on, talk=said["talk"], day=said["day"])

    version = done(form, answer)
    if version is None:
        return page(request, "mentoring/dyad_farewell.html", form, dyad=dyad)
    undo = f"undo:{reverse('dyad_farewell_undo', args=[pk])}?{urlencode({'version': version})}"
    messages.success(request, _("C’est noté."), extra_tags=undo)
    return redirect("week" if request.GET.get("retour") == "semaine" else dyad)


def _likely(dyad: Dyad, on: date) -> dict[str, object]:
    """Held today, unless its day is to come."""
    day = dyad.closure_talk_on
    if day is not None and day > on:
        return {"talk": ClosureTalk.PLANNED, "day": day}
    return {"talk": ClosureTalk.HELD, "day": day or on}


@require_POST
def dyad_farewell_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask again, unless the dyad has changed since; a second press does no harm."""
    dyad = dyad_to_plan(request.user, pk)
    version = number(request.GET.get("version"))
    if reopen_farewell(dyad=dyad, person=request.user, version=version):
        messages.info(request, _("C’est annulé\u00a0: le dernier échange reste prévu."))
    else:
        messages.info(request, _("Il n’y a plus rien à annuler."))
    return redirect(dyad)
