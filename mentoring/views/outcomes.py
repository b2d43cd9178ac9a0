"""Attendance, lates and results of a programme: before and after together, a term entered, a consent withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.actions.outcomes import save_term, withdraw_consent
from mentoring.forms.outcomes import OutcomesForm
from mentoring.models import Outcome
from mentoring.outcomes import compared, consent_in, followed, terms_to_enter
from people.forms import ActionForm
from people.requests import PersonRequest
from people.retention import OUTCOMES_KEPT
from people.shortcuts import get_or_refuse
from people.suppression import FEWEST
from people.views.forms import done, number, page, posted
from programs.models import Program


def _program(request: PersonRequest, pk: int) -> Program:
    seen = Program.objects.visible_to(request.user).select_related("school", "board")
    return get_or_refuse(seen, Program.objects.led_by(request.user), pk)


@require_safe
def program_outcomes(request: PersonRequest, pk: int) -> HttpResponse:
    """Before and after for the programme as a whole; never a student."""
    program, on = _program(request, pk), request.user.local_date()
    lines = compared(program, on)
    context = {
        "program": program,
        "lines": lines,
        "told": any(line.before for line in lines),
        "fewest": FEWEST,
        "terms": terms_to_enter(program, on),
        "years": OUTCOMES_KEPT.days // 365,
    }
    return render(request, "mentoring/outcomes.html", context)


@require_http_methods(["GET", "POST"])
def program_outcomes_term(request: PersonRequest, pk: int) -> HttpResponse:
    """A term of the programme's students: consents received, three numbers each, all saved at once."""
    program, on = _program(request, pk), request.user.local_date()
    terms = terms_to_enter(program, on)
    if not terms:
        return redirect("program_outcomes", pk)
    asked = number(request.GET.get("etape")) if "etape" in request.GET else terms[0].pk
    term = next((one for one in terms if one.pk == asked), None)
    if term is None:
        raise Http404
    rows = followed(program, term, on)
    form = OutcomesForm(posted(request), rows=rows, on=on)
    here = f"{reverse('program_outcomes_term', args=[pk])}?etape={term.pk}"
    kept = [row for one in rows for row in (one.consent, one.outcome) if row is not None]
    form.watch(*kept, back=here)
    saved = done(form, lambda: (save_term(program=program, term=term, person=request.user, on=on, **form.facts()),))
    if saved is not None:
        messages.success(request, _("L’étape est enregistrée.") if saved[0] else _("Rien n’a changé."))
        return redirect(here)
    return page(request, "mentoring/outcomes_term.html", form, program=program, term=term, terms=terms)


@require_http_methods(["GET", "POST"])
def program_consent(request: PersonRequest, pk: int, consent: int) -> HttpResponse:
    """Say that a consent no longer holds: the page tells what will be forgotten, for good."""
    program, on = _program(request, pk), request.user.local_date()
    row = consent_in(program, consent)
    if row.withdrawn_on is not None:
        messages.info(request, _("Ce consentement est déjà retiré, et rien n’est gardé."))
        return redirect("program_outcomes_term", pk)
    form = ActionForm(posted(request))
    said = done(form, lambda: (withdraw_consent(consent=row, person=request.user, on=on),))
    if said is not None:
        messages.success(request, _forgotten(said[0]))
        return redirect("program_outcomes_term", pk)
    count = Outcome.objects.visible_to(request.user).filter(student=row.student).count()
    return page(request, "mentoring/consent_withdraw.html", form, program=program, consent=row, count=count)


def _forgotten(count: int) -> str:
    words = ngettext(
        "Le retrait est inscrit, et %(count)s étape est oubliée.",
        "Le retrait est inscrit, et %(count)s étapes sont oubliées.",
        count,
    )
    return words % {"count": count} if count else _("Le retrait est inscrit. Rien n’était gardé.")
