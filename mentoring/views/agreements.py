"""What mentor and student agreed to, and until when."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.access import dyad_to_plan, dyad_to_run
from mentoring.actions.agreements import commit_dyad, write_agreement
from mentoring.agreement_sheets import as_typed, first_words, signatures_of
from mentoring.forms.agreements import AgreementForm, CommitmentForm
from mentoring.models import Agreement, Dyad
from mentoring.numbers import COMMITMENT_MONTHS, commitment_advice
from people.fields import OTHER
from people.models import User
from people.requests import PersonRequest
from people.views.forms import done, page, posted, succeeded
from programs.models import SchoolYear
from programs.numbers import in_force
from programs.views.gestures import undo_made

DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def dyad_agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """Fill the draft of an agreement, print it, sign it; from the words of the last one; the earlier ones stay."""
    dyad, on = dyad_to_plan(request.user, pk), request.user.local_date()
    earlier = list(dyad.agreements.signed().order_by("-signed_on", "-pk"))
    draft = dyad.agreements.drafts().first()
    said = as_typed(draft) if draft else first_words(dyad, request.user)
    form = AgreementForm(posted(request), initial=said | {"signed_on": on})
    if draft is not None:
        form.watch(draft, back=reverse("dyad_agreement", args=[pk]))

    def write() -> Agreement:
        return write_agreement(dyad=dyad, person=request.user, on=on, terms=form.terms())

    if written := done(form, write):
        words = (
            _("L’entente est enregistrée.") if written.signed_on else _("L’entente est prête à imprimer et à signer.")
        )
        messages.success(request, words, extra_tags=undo_made(written))
        return redirect(dyad) if written.signed_on else redirect("dyad_agreement_print", written.pk)
    signed_by = signatures_of([*earlier, *([draft] if draft else [])], dyad.program)
    listed = [(one, signed_by[one.pk]) for one in earlier]
    return page(request, "mentoring/agreement.html", form, dyad=dyad, earlier=listed, draft=draft)


@require_http_methods(["GET", "POST"])
def dyad_commitment(request: PersonRequest, pk: int) -> HttpResponse:
    """Say the last day of the commitment; the end of the school year is proposed."""
    dyad, on = dyad_to_run(request.user, pk), request.user.local_date()
    year_end = last_day_of_year(request.user, dyad, on)
    last_day = dyad.committed_until - DAY if dyad.committed_until else None
    initial: dict[str, Any]
    if last_day == year_end or last_day is None:
        initial = {"day": year_end.isoformat() if year_end else OTHER}
    else:
        initial = {"day": OTHER, "other_on": last_day}
    months = in_force(dyad.board_id, on).worth(COMMITMENT_MONTHS, dyad.program_id)
    form = CommitmentForm(posted(request), year_end=year_end, initial=initial)
    form.watch(dyad, back=dyad.get_absolute_url())

    def commit() -> Dyad:
        return commit_dyad(dyad=dyad, person=request.user, on=on, last_day=form.cleaned_data["last_day"])

    if succeeded(form, commit):
        messages.success(request, _("La durée de l’engagement est enregistrée."))
        return redirect(dyad)
    return page(request, "mentoring/commitment.html", form, dyad=dyad, advice=commitment_advice([months]))


def last_day_of_year(user: User, dyad: Dyad, on: date) -> date | None:
    """The last day of the school year that runs, or that comes next, when the calendar says so."""
    years = SchoolYear.objects.visible_to(user).filter(board=dyad.board_id, ends_on__gt=max(on, dyad.starts_on))
    year = years.order_by("starts_on").first()
    return year.ends_on - DAY if year else None
