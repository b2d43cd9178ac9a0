"""Bulk work on the lists of Vigilance: choose, read what it would do, do it once, take it back at once."""

import uuid
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from guidelines import tasks
from guidelines.batches import MOST, Deed, Plan, Selection, apply, form_of, keep, kept, plan, points_in_words
from guidelines.decisions import Outcome, undo
from guidelines.filters import FindingFilters
from guidelines.forms import schools_of
from guidelines.listing import listing
from guidelines.models import Flag
from guidelines.reminders import remind_all
from guidelines.views.vigilance import address_of
from people.access import Role
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import number

DECIDERS = (Role.RESOURCE_TEACHER, Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
WHOLE_LIST, THIS_PAGE = "filtre", "page"


@require_POST
def flags_choose(request: PersonRequest) -> HttpResponse:
    """Keep what was ticked, or the whole list of the filter, and go read what the gesture would do."""
    require_role(request.user, *DECIDERS)
    user, on, sent = request.user, request.user.local_date(), request.POST
    filters = FindingFilters(sent, user=user, on=on, name=sent.get("q", ""))
    if sent.get("geste") not in Deed.values:
        messages.info(request, _("Choisissez ce que vous voulez faire."))
        return redirect(address_of(filters.query))
    pks = _chosen(request, filters)
    if not pks:
        messages.info(request, _("Cochez au moins un point de vigilance."))
        return redirect(address_of(filters.query))
    if len(pks) > MOST:
        messages.info(request, _("Les %(n)s premiers sont pris; le reste se fera ensuite.") % {"n": MOST})
    return redirect("flags_decide", keep(Selection(Deed(sent["geste"]), pks[:MOST], filters.query), user))


def _chosen(request: PersonRequest, filters: FindingFilters) -> list[int]:
    """The whole list, or what was ticked; without a script, « cette page » says it for its rows."""
    sent, user, on = request.POST, request.user, filters.on
    ticked = list(dict.fromkeys(number(pk) for pk in sent.getlist("point")))
    if WHOLE_LIST in sent.getlist("etendue"):
        return listing(user, filters, on=on, page=None).pks
    if not ticked and THIS_PAGE in sent.getlist("etendue"):
        return listing(user, filters, on=on, page=sent.get("page")).shown
    seen = set(Flag.objects.visible_to(user).filter(pk__in=ticked).values_list("pk", flat=True))
    return [pk for pk in ticked if pk in seen]


@require_http_methods(["GET", "POST"])
def flags_decide(request: PersonRequest, batch: uuid.UUID) -> HttpResponse:
    """Say what would be decided, on whom, and what is left out; POST does it, once, and offers to take it back."""
    require_role(request.user, *DECIDERS)
    user, on = request.user, request.user.local_date()
    selection = kept(user, batch)
    if selection is None:
        messages.info(request, _("Ce choix n’est plus là\u00a0: refaites-le dans la liste."))
        return redirect("vigilance")
    planned = plan(selection, user, on=on)
    sent = request.POST if request.method == "POST" else None
    form = form_of(selection.deed, sent, on=on, schools=schools_of(planned.ready))
    if sent is not None and form is None:
        return _reminded(request, selection, planned)
    if form is not None and form.is_valid():
        outcome = apply(selection, form.cleaned_data, user, on=on, batch=batch)
        _tell(request, selection.deed, outcome, batch)
        return redirect(address_of(selection.query))
    context = {
        "form": form,
        "plan": planned,
        "points": points_in_words(planned.points),
        "back": address_of(selection.query),
    }
    return render(request, "guidelines/batch.html", context, status=422 if form is not None and form.is_bound else 200)


@require_POST
def flags_undo(request: PersonRequest, batch: uuid.UUID) -> HttpResponse:
    """Put back what one gesture decided today, where nobody has decided since; a second press does no harm."""
    require_role(request.user, *DECIDERS)
    user = request.user
    outcome = undo(batch, person=user, on=user.local_date())
    if outcome.points:
        said = ngettext(
            "C’est annulé\u00a0: %(n)s point de vigilance est revenu où il en était.",
            "C’est annulé\u00a0: %(n)s points de vigilance sont revenus où ils en étaient.",
            outcome.points,
        )
        messages.info(request, said % {"n": outcome.points})
    else:
        messages.info(request, _("Il n’y a plus rien à annuler."))
    _tell_left(request, outcome)
    selection = kept(user, batch)
    return redirect(address_of(selection.query if selection else ""))


def _reminded(request: PersonRequest, selection: Selection, planned: Plan) -> HttpResponse:
    user, pks = request.user, [flag.pk for flag in planned.ready]
    sent, refused = remind_all(pks, person=user, on=user.local_date())
    for message in sent:
        transaction.on_commit(partial(tasks.ring, message.pk))
    words = ngettext("%(n)s rappel part dans la minute.", "%(n)s rappels partent dans la minute.", len(sent))
    messages.success(request, words % {"n": len(sent)}) if sent else messages.info(request, _("Aucun rappel ne part."))
    for why in dict.fromkeys(refused.values()):
        messages.info(request, why)
    return redirect(address_of(selection.query))


def _tell(request: PersonRequest, deed: Deed, outcome: Outcome, batch: uuid.UUID) -> None:
    said = {
        Deed.TAKE: ngettext("%(n)s point est en charge.", "%(n)s points sont en charge.", outcome.points),
        Deed.SNOOZE: ngettext("%(n)s point est reporté.", "%(n)s points sont reportés.", outcome.points),
        Deed.DISMISS: ngettext("%(n)s point est écarté.", "%(n)s points sont écartés.", outcome.points),
    }[deed]
    if outcome.points:
        undo_at = f"undo:{reverse('flags_undo', args=[batch])}"
        messages.success(request, said % {"n": outcome.points}, extra_tags=undo_at)
    else:
        messages.info(request, _("Rien n’a changé."))
    _tell_left(request, outcome)


def _tell_left(request: PersonRequest, outcome: Outcome) -> None:
    if n := len(outcome.left):
        said = ngettext(
            "%(n)s point a été laissé tel quel\u00a0: il avait changé entre-temps.",
            "%(n)s points ont été laissés tels quels\u00a0: ils avaient changé entre-temps.",
            n,
        )
        messages.info(request, said % {"n": n})
