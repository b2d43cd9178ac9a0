"""The agreement of a dyad to print and to keep, filled or blank; and what a programme proposes in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentoring.access import dyad_of
from mentoring.agreement_sheets import CONFIDENTIALITY, sheet, usual_confidentiality
from mentoring.audit_verbs import DYAD_AGREEMENT_DOWNLOADED
from mentoring.forms.agreements import ProgramAgreementForm
from mentoring.models import Agreement, Dyad
from people import audit
from people.models import User
from people.pdf import pdf_page
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse
from people.views.forms import done, page, posted
from programs.actions.programmes import change_program
from programs.models import Program

SHEET, FILE = "mentoring/agreement_print.html", "mentoring/agreement_pdf.html"


@require_safe
def dyad_agreement_print(request: PersonRequest, pk: int) -> HttpResponse:
    """An agreement, signed or to sign, as a sheet."""
    agreement, dyad = _agreement(request.user, pk)
    context = sheet(dyad.program, dyad, agreement) | {"back": dyad.get_absolute_url()}
    return render(request, SHEET, context | {"file": reverse("dyad_agreement_pdf", args=[pk])})


@require_safe
def dyad_agreement_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The same, to keep; remembered by the journal before it leaves."""
    agreement, dyad = _agreement(request.user, pk)
    audit.record(board=dyad.board, person=request.user, verb=DYAD_AGREEMENT_DOWNLOADED, subject=agreement)
    on = request.user.local_date()
    return pdf_page(request, FILE, sheet(dyad.program, dyad, agreement), read_on=on, file_name="entente.pdf")


@require_safe
def program_agreement_blank(request: PersonRequest, pk: int) -> HttpResponse:
    """A sheet to fill by hand, with what the programme proposes."""
    program = _program(request.user, pk)
    context = sheet(program) | {"back": reverse("program", args=[pk])}
    return render(request, SHEET, context | {"file": reverse("program_agreement_blank_pdf", args=[pk])})


@require_safe
def program_agreement_blank_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The same, to keep."""
    program, on = _program(request.user, pk), request.user.local_date()
    return pdf_page(request, FILE, sheet(program), read_on=on, file_name="entente-vierge.pdf")


@require_http_methods(["GET", "POST"])
def program_agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """What a programme's agreements say at first, and whether a parent signs."""
    user = request.user
    seen = Program.objects.visible_to(user).filter(domain=Program.Domain.MENTORING)
    program = get_or_refuse(seen, Program.objects.led_by(user), pk)
    said = {"agreement_confidentiality": usual_confidentiality(program)}
    form = ProgramAgreementForm(posted(request), initial=said | {"agreement_by_parent": program.agreement_by_parent})
    form.watch(program, back=reverse("program", args=[pk]))

    def change() -> Program:
        facts = dict(form.cleaned_data)
        if facts["agreement_confidentiality"] == str(CONFIDENTIALITY):
            facts["agreement_confidentiality"] = ""
        return change_program(program=program, person=user, on=user.local_date(), **facts)

    if done(form, change):
        messages.success(request, _("Le programme est enregistré."))
        return redirect("program", pk)
    return page(request, "mentoring/program_agreement.html", form, program=program)


def _agreement(user: User, pk: int) -> tuple[Agreement, Dyad]:
    seen = Agreement.objects.filter(dyad__in=Dyad.objects.visible_to(user))
    agreement = get_object_or_404(seen, pk=pk)
    return agreement, dyad_of(user, agreement.dyad_id)


def _program(user: User, pk: int) -> Program:
    """A mentoring programme that one sees; a sheet without a name is for whoever accompanies in it."""
    seen = Program.objects.visible_to(user).filter(domain=Program.Domain.MENTORING)
    return get_object_or_404(seen.select_related("school"), pk=pk)
