"""What follows an ending: last words, next step, the three letters."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentoring.access import dyad_to_run
from mentoring.actions.partings import note_parting, send_letter, write_letters
from mentoring.audit_verbs import DYAD_LETTER_DOWNLOADED
from mentoring.forms.partings import LettersForm, PartingForm
from mentoring.models import Dyad, Parting
from mentoring.partings import READERS, days_to_wait, letter_sent, letters, parting_of, proposed
from people import audit
from people.pdf import pdf_page
from people.requests import PersonRequest
from people.views.forms import page, posted, succeeded


@require_http_methods(["GET", "POST"])
def dyad_parting(request: PersonRequest, pk: int) -> HttpResponse:
    """Note what comes next for the student, and the last words of both."""
    dyad, user, on = dyad_to_run(request.user, pk), request.user, request.user.local_date()
    if dyad.ends_on is None:
        return _not_ended(request, dyad)
    parting = parting_of(dyad)
    opened = not parting.has_words or Parting.objects.words_open_to(user).filter(pk=parting.pk).exists()
    form = PartingForm(posted(request), parting=parting, may_read=opened, days=days_to_wait(dyad, on))
    form.watch(*_rows(parting), back=reverse("dyad_parting", args=[pk]))
    if succeeded(form, lambda: note_parting(dyad=dyad, person=user, on=on, said=form.said())):
        messages.success(request, _("C’est noté."))
        return redirect(dyad)
    return page(request, "mentoring/dyad_parting.html", form, dyad=dyad, parting=parting)


@require_http_methods(["GET", "POST"])
def dyad_letters(request: PersonRequest, pk: int) -> HttpResponse:
    """The three letters, to adapt; each is then printed, and the mentor's leaves by e-mail too."""
    dyad, on = dyad_to_run(request.user, pk), request.user.local_date()
    if dyad.ends_on is None:
        return _not_ended(request, dyad)
    parting = parting_of(dyad)
    shown, told = letters(dyad, parting, on), proposed(dyad, parting, on)
    form = LettersForm(posted(request), shown=shown, proposed=told)
    form.watch(*_rows(parting), back=reverse("dyad_letters", args=[pk]))
    if succeeded(form, lambda: write_letters(dyad=dyad, person=request.user, said=form.said())):
        messages.success(request, _("Les lettres sont enregistrées."))
        return redirect("dyad_letters", pk)
    return page(request, "mentoring/dyad_letters.html", form, dyad=dyad, sent=letter_sent(dyad))


@require_safe
def dyad_letter(request: PersonRequest, pk: int, to: str) -> HttpResponse:
    """One letter, as it is printed."""
    return render(request, "mentoring/dyad_letter.html", _letter(request, pk, to))


@require_safe
def dyad_letter_pdf(request: PersonRequest, pk: int, to: str) -> HttpResponse:
    """The same, to keep; remembered by the journal before it leaves."""
    shown, on = _letter(request, pk, to), request.user.local_date()
    dyad = shown["dyad"]
    audit.record(board=dyad.board, person=request.user, verb=DYAD_LETTER_DOWNLOADED, subject=dyad)
    return pdf_page(request, "mentoring/dyad_letter_pdf.html", shown, read_on=on, file_name=f"lettre-{to}.pdf")


@require_POST
def dyad_letter_send(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the mentor's letter by e-mail; a second press sends nothing more."""
    dyad = dyad_to_run(request.user, pk)
    try:
        send_letter(dyad=dyad, person=request.user, on=request.user.local_date())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La lettre part dans les prochaines minutes."))
    return redirect("dyad_letters", pk)


def _letter(request: PersonRequest, pk: int, to: str) -> dict[str, Any]:
    dyad, on = dyad_to_run(request.user, pk), request.user.local_date()
    if to not in READERS or dyad.ends_on is None:
        raise Http404
    words = letters(dyad, parting_of(dyad), on)[READERS[to]]
    return {"dyad": dyad, "to": to, "words": words, "on": on}


def _rows(parting: Parting) -> list[Parting]:
    return [parting] if parting.pk else []


def _not_ended(request: PersonRequest, dyad: Dyad) -> HttpResponse:
    messages.info(request, _("Cette relation n’a pas pris fin."))
    return redirect(dyad)
