"""« Fiche de fidélité »: of a dyad or a group, on screen and as a PDF; and a blank one, to fill by hand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mentoring.access import dyad_of
from mentoring.models import Dyad
from people import audit
from people.models import User
from people.pdf import pdf_page
from people.requests import PersonRequest
from programs.models import Program, SupportGroup
from reports.audit_verbs import FIDELITY_SHEET_DOWNLOADED
from reports.fidelity.days import chosen, days_of
from reports.fidelity.sheets import blank_of, sheet_of

DAY = "jour"


@require_safe
def dyad_fidelity(request: PersonRequest, pk: int) -> HttpResponse:
    """The sheet of a dyad that the person sees."""
    return _page(request, dyad_of(request.user, pk))


@require_safe
def dyad_fidelity_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The same, to keep."""
    return _file(request, dyad_of(request.user, pk), "fiche-de-fidelite-dyade")


@require_safe
def group_fidelity(request: PersonRequest, pk: int) -> HttpResponse:
    """The sheet of a group that the person sees."""
    return _page(request, _group(request.user, pk))


@require_safe
def group_fidelity_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The same, to keep."""
    return _file(request, _group(request.user, pk), "fiche-de-fidelite-groupe")


@require_safe
def program_fidelity(request: PersonRequest, pk: int) -> HttpResponse:
    """What the sheets of a programme ask, without an answer: to read, to print and to fill by hand."""
    return render(request, "reports/fidelity_blank.html", _blank(_program(request.user, pk)))


@require_safe
def program_fidelity_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The same, to keep."""
    context, on = _blank(_program(request.user, pk)), request.user.local_date()
    name = "fiche-de-fidelite-vierge.pdf"
    return pdf_page(request, "reports/fidelity_blank_pdf.html", context, read_on=on, file_name=name)


def _page(request: PersonRequest, relation: Dyad | SupportGroup) -> HttpResponse:
    kind = "group" if isinstance(relation, SupportGroup) else "dyad"
    context = _read(request, relation) | {
        "back": reverse(kind, args=[relation.pk]),
        "file": reverse(f"{kind}_fidelity_pdf", args=[relation.pk]),
    }
    return render(request, "reports/fidelity.html", context)


def _file(request: PersonRequest, relation: Dyad | SupportGroup, name: str) -> HttpResponse:
    """The PDF, remembered by the journal before it leaves."""
    context = _read(request, relation)
    audit.record(board=relation.board, person=request.user, verb=FIDELITY_SHEET_DOWNLOADED, subject=relation)
    on, file_name = context["day"].on, f"{name}-{context['day'].on:%Y-%m-%d}.pdf"
    return pdf_page(request, "reports/fidelity_pdf.html", context, read_on=on, file_name=file_name)


def _read(request: PersonRequest, relation: Dyad | SupportGroup) -> dict[str, Any]:
    days = days_of(relation, request.user.local_date())
    day = chosen(days, request.GET.get(DAY))
    return {
        "relation": relation,
        "is_group": isinstance(relation, SupportGroup),
        "days": days.values(),
        "day": day,
        "sheet": sheet_of(relation, user=request.user, on=day.on),
    }


def _blank(program: Program) -> dict[str, Any]:
    is_group = program.domain == Program.Domain.GROUP
    return {"program": program, "is_group": is_group, "criteria": blank_of(is_group=is_group)}


def _group(user: User, pk: int) -> SupportGroup:
    return get_object_or_404(SupportGroup.objects.visible_to(user).select_related("program__school", "board"), pk=pk)


def _program(user: User, pk: int) -> Program:
    return get_object_or_404(Program.objects.visible_to(user).select_related("school"), pk=pk)
