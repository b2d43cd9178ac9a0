"""Support calls to make this week, and the doubts that adults raise."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.access import doubt_of, dyad_to_doubt
from mentoring.actions.doubts import hear_doubt, raise_doubt, reopen_doubt, withdraw_doubt
from mentoring.calls import to_call
from mentoring.forms.calls import DoubtForm, HeardForm
from mentoring.models import Doubt
from people.access import Role
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, page, posted, succeeded
from programs.models import Program

ANSWERABLE = (Role.PROGRAM_LEAD, Role.SCHOOL_MANAGER)
MOST_DOUBTS = 50


@require_safe
def calls(request: PersonRequest) -> HttpResponse:
    """Whom to call this week, and the doubts that wait to be heard, for who answers for the programmes."""
    user, on = request.user, request.user.local_date()
    require_role(user, *ANSWERABLE)
    doubts = (
        Doubt.objects.visible_to(user).unheard().select_related("raised_by", "dyad__student", "dyad__mentor__person")
    )
    programs = Program.objects.led_by(user).filter(domain=Program.Domain.MENTORING)
    context = {
        "listed": to_call(user, on=on, number=request.GET.get("page")),
        "doubts": doubts[:MOST_DOUBTS],
        "not_followed": programs.exclude(support_calls_from__lte=on).select_related("school"),
        "on": on,
    }
    return render(request, "mentoring/calls.html", context)


@require_http_methods(["GET", "POST"])
def dyad_doubt(request: PersonRequest, pk: int) -> HttpResponse:
    """« J’ai un doute »: one tap opens it, another sends it, with or without words."""
    dyad, on = dyad_to_doubt(request.user, pk), request.user.local_date()
    form = DoubtForm(posted(request))
    doubt = done(form, lambda: raise_doubt(dyad=dyad, person=request.user, on=on, **form.cleaned_data))
    if doubt:
        said = _("Votre doute est reçu. La personne responsable du programme vous fera signe.")
        messages.success(request, said, extra_tags=f"undo:{reverse('doubt_withdraw', args=[doubt.pk])}")
        return redirect(dyad)
    return page(request, "mentoring/doubt.html", form, dyad=dyad)


@require_POST
def doubt_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's own doubt back before it is heard."""
    doubt = doubt_of(request.user, pk)
    if doubt.raised_by_id != request.user.pk:
        raise PermissionDenied
    if withdraw_doubt(doubt=doubt, person=request.user):
        messages.info(request, _("C’est annulé\u00a0: votre doute est retiré."))
    else:
        messages.info(request, _("Votre doute a déjà été entendu\u00a0: il ne se retire plus."))
    return redirect(doubt.dyad)


@require_http_methods(["GET", "POST"])
def doubt_hear(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what came of a doubt; whoever raised it learns that it was heard."""
    doubt, user, on = doubt_of(request.user, pk), request.user, request.user.local_date()
    if not Doubt.objects.visible_to(user).filter(pk=pk).exists():
        raise PermissionDenied
    form = HeardForm(posted(request), initial={"answer": doubt.answer})
    if succeeded(form, lambda: hear_doubt(doubt=doubt, person=user, on=on, **form.cleaned_data)):
        undo, edit = (reverse(name, args=[pk]) for name in ("doubt_reopen", "doubt_hear"))
        messages.success(request, _("Le doute est entendu."), extra_tags=f"undo:{undo}|edit:{edit}")
        return redirect("calls" if request.GET.get("retour") == "appels" else doubt.dyad)
    return page(request, "mentoring/heard.html", form, doubt=doubt, dyad=doubt.dyad)


@require_POST
def doubt_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a doubt wait again to be heard."""
    doubt = doubt_of(request.user, pk)
    if not Doubt.objects.visible_to(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    if reopen_doubt(doubt=doubt, person=request.user):
        messages.info(request, _("C’est annulé\u00a0: le doute attend de nouveau d’être entendu."))
    else:
        messages.info(request, _("Ce doute attend déjà d’être entendu."))
    return redirect(doubt.dyad)
