"""What was said wrongly of a dyad or of a mentor: corrected, or taken back from the same page."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentoring.access import dyad_to_plan, dyad_to_run
from mentoring.actions.corrections import correct_agreement, correct_dyad, correct_pause, correct_training
from mentoring.agreement_sheets import as_typed
from mentoring.forms.agreements import AgreementForm
from mentoring.forms.mentors import TrainingForm
from mentoring.forms.relations import DyadEditForm, PauseForm
from mentoring.models import Agreement, Dyad, Pause, Training
from people.fields import OTHER
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse
from people.views.forms import page, posted, succeeded
from programs.gestures.kinds import made_of

DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def dyad_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct the first day of a relation; its pauses are corrected from there."""
    dyad, on = dyad_to_run(request.user, pk), request.user.local_date()
    form = DyadEditForm(posted(request), initial={"starts_on": dyad.starts_on})
    form.watch(dyad, back=dyad.get_absolute_url())
    if succeeded(form, lambda: correct_dyad(dyad=dyad, person=request.user, on=on, **form.cleaned_data)):
        messages.success(request, _("La correction est enregistrée."))
        return redirect(dyad)
    return page(request, "mentoring/dyad_edit.html", form, dyad=dyad, pauses=dyad.pauses.order_by("-starts_on"))


@require_http_methods(["GET", "POST"])
def dyad_pause_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct the days or the reason of a pause."""
    seen = Pause.objects.filter(dyad__in=Dyad.objects.visible_to(request.user))
    pause, on = get_object_or_404(seen, pk=pk), request.user.local_date()
    dyad = dyad_to_run(request.user, pause.dyad_id)
    last_day = pause.ends_on - DAY if pause.ends_on else None
    initial = {"starts_on": pause.starts_on, "last_day": last_day, "reason": pause.reason}
    form = PauseForm(posted(request), initial=initial)
    form.watch(pause, back=dyad.get_absolute_url())
    if succeeded(form, lambda: correct_pause(pause=pause, person=request.user, on=on, **form.cleaned_data)):
        messages.success(request, _("La correction est enregistrée."))
        return redirect(dyad)
    return page(request, "mentoring/dyad_pause.html", form, dyad=dyad, pause=pause)


@require_http_methods(["GET", "POST"])
def dyad_agreement_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct an agreement that was signed, without signing another."""
    seen = Agreement.objects.filter(dyad__in=Dyad.objects.visible_to(request.user))
    agreement, on = get_object_or_404(seen, pk=pk), request.user.local_date()
    dyad = dyad_to_plan(request.user, agreement.dyad_id)
    if agreement.signed_on is None:
        return redirect("dyad_agreement", dyad.pk)
    form = AgreementForm(posted(request), initial=as_typed(agreement))
    form.watch(agreement, back=dyad.get_absolute_url())

    def correct() -> Agreement:
        return correct_agreement(agreement=agreement, terms=form.terms(), person=request.user, on=on)

    if succeeded(form, correct):
        messages.success(request, _("La correction est enregistrée."))
        return redirect(dyad)
    return page(request, "mentoring/agreement_edit.html", form, dyad=dyad, agreement=agreement)


@require_http_methods(["GET", "POST"])
def training_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a training that was recorded."""
    user, on = request.user, request.user.local_date()
    seen = Training.objects.visible_to(user).select_related("person")
    training = get_or_refuse(seen, Training.objects.entered_by(user), pk)
    back = made_of(Training).page_of(training)
    initial: dict[str, Any] = {
        "kind": training.kind, "minutes": str(training.minutes), "title": training.title,
    }  # fmt: skip
    initial |= {"day": OTHER, "other_on": training.completed_on}
    form = TrainingForm(posted(request), days=[on], on=on, initial=initial)
    form.watch(training, back=back)
    if succeeded(form, lambda: correct_training(training=training, person=user, on=on, **form.facts())):
        messages.success(request, _("La correction est enregistrée."))
        return redirect(back)
    return page(request, "mentoring/training_new.html", form, person=training.person, back=back, training=training)
