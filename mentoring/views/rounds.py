"""Matches proposed for a programme at once: read, changed, run again, published, taken back."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.access import proposal_of, round_of
from mentoring.actions.matching import (
    WHY,
    cancel_round,
    choose_mentor,
    drop_round,
    leave_out,
    let_propose,
    propose,
    publish,
    version_of,
)
from mentoring.defaults import conforming_commitment
from mentoring.forms.matching import ProposalForm, PublishForm
from mentoring.matching.letters import READERS, papers, usual_words
from mentoring.matching.told import tell
from mentoring.models import Mentor, Proposal
from mentoring.views.matching import MATCHERS, programs_to_match
from people.models import Message
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, number, page, posted, succeeded

DAY = timedelta(days=1)


@require_POST
def matching_propose(request: PersonRequest) -> HttpResponse:
    """Propose matches for a programme, or run its pending ones again; what a person decided stays."""
    require_role(request.user, *MATCHERS)
    programs = programs_to_match(request.user)
    asked = number(request.POST.get("program"))
    program = next((one for one in programs if one.pk == asked or (not asked and len(programs) == 1)), None)
    if program is None:
        raise Http404
    made = propose(program=program, person=request.user, on=request.user.local_date())
    count = made.proposals.filter(mentor__isnull=False).count()
    words = ngettext("%(count)d jumelage est proposé.", "%(count)d jumelages sont proposés.", count)
    messages.success(request, words % {"count": count} + " " + _("Rien n’est décidé\u00a0: relisez, puis publiez."))
    return redirect("matching_round", made.pk)


@require_safe
def matching_round(request: PersonRequest, pk: int) -> HttpResponse:
    """The proposals of a round as they stand, or what became of them once published."""
    shown, on = round_of(request.user, pk), request.user.local_date()
    if shown.published_on is not None:
        sent = Message.objects.watched_by(request.user).filter(kind=Message.Kind.MATCH, target=shown.pk)
        context = {"round": shown, "papers": papers(shown), "sent": list(sent.select_related("person"))}
        return render(request, "mentoring/matching_published.html", context)
    return render(request, "mentoring/matching_round.html", {"told": tell(shown, request.user, today=on)})


@require_http_methods(["GET", "POST"])
def matching_proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the mentor of one student, among all, with what speaks for each and what stands in the way."""
    user, on = request.user, request.user.local_date()
    shown = proposal_of(user, pk)
    told = tell(shown.round, user, today=on)
    row = next(one for one in told.rows if one.proposal.pk == pk)
    if shown.round.published_on is not None or row.waiting is None:
        messages.info(request, _("Cette proposition ne se modifie plus\u00a0: relancez les propositions."))
        return redirect("matching_round", shown.round_id)
    every = told.candidates(row.waiting, besides=shown.mentor_id)
    initial = {name: getattr(shown, name) for name in WHY} | {"mentor": str(shown.mentor_id or "")}
    form = ProposalForm(posted(request), offered=every, initial=initial)
    form.watch(shown, back=reverse("matching_round", args=[shown.round_id]))

    def choose() -> Proposal:
        mentor = Mentor.objects.run_by(user).get(pk=number(form.cleaned_data["mentor"]))
        why = {name: form.cleaned_data[name] for name in WHY}
        return choose_mentor(proposal=shown, mentor=mentor, person=user, on=on, why=why)

    if succeeded(form, choose):
        messages.success(request, _("Votre choix est gardé\u00a0: relancer les propositions n’y touche pas."))
        return redirect("matching_round", shown.round_id)
    fitting = [one for one in every if not one.gates]
    context = {"proposal": shown, "row": row, "fitting": fitting, "others": [one for one in every if one.gates]}
    asks = [name for name in WHY if form.has_error(name) or form[name].value()]
    return page(request, "mentoring/matching_proposal.html", form, **context, asks=asks, chosen=form["mentor"].value())


@require_POST
def matching_leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Match a student with nobody for now; or, of one left out, let the next run propose again."""
    shown = proposal_of(request.user, pk)
    try:
        if "proposer" in request.POST:
            let_propose(proposal=shown, person=request.user)
            words = _("Les prochaines propositions en tiendront compte\u00a0: relancez-les.")
        else:
            leave_out(proposal=shown, person=request.user)
            words = _("L’élève est laissé de côté\u00a0: l’attente continue.")
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, words)
    return redirect("matching_round", shown.round_id)


@require_POST
def matching_drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the pending proposals up."""
    try:
        drop_round(round=round_of(request.user, pk), person=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("matching_round", pk)
    messages.success(request, _("Les propositions sont abandonnées\u00a0: personne n’est jumelé."))
    return redirect("matching")


@require_http_methods(["GET", "POST"])
def matching_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """From when, until when, with which words: then the dyads are made, all or none."""
    user, on = request.user, request.user.local_date()
    shown = round_of(user, pk)
    if shown.published_on is not None:
        return redirect("matching_round", pk)
    starts_on = max(on, shown.starts_on)
    days = {"starts_on": starts_on, "last_day": conforming_commitment(shown.program, starts_on, on) - DAY}
    form = PublishForm(posted(request), initial={**usual_words(shown), **days, "seen": version_of(shown)})

    def make() -> object:
        said = dict(form.cleaned_data)
        last_day = said.pop("last_day")
        until = last_day + DAY if last_day else None
        common = {"seen": said.pop("seen"), "starts_on": said.pop("starts_on"), "committed_until": until}
        return publish(round=shown, person=user, on=on, letters=said, **common)

    if done(form, make):
        messages.success(request, _("Les dyades sont formées\u00a0: remettez maintenant les lettres."))
        return redirect("matching_round", pk)
    return page(request, "mentoring/matching_publish.html", form, told=tell(shown, user, today=on))


@require_POST
def matching_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back the dyads of a published round, all or none."""
    try:
        cancel_round(round=round_of(request.user, pk), person=request.user, on=request.user.local_date())
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Les jumelages sont annulés\u00a0: ils sont de nouveau des propositions."))
    return redirect("matching_round", pk)


@require_safe
def matching_letters(request: PersonRequest, pk: int, to: str) -> HttpResponse:
    """The letters of a published round, one a sheet."""
    shown = round_of(request.user, pk)
    if to not in READERS or shown.published_on is None:
        raise Http404
    context = {"round": shown, "papers": papers(shown), "to": to, "words": getattr(shown, READERS[to])}
    return render(request, "mentoring/matching_letters.html", context)
