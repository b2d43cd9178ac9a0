"""The sheets of a student, to print or to keep: asked for by POST, and remembered by the journal before they leave."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people import audit
from people.audit_verbs import STUDENT_SHEET_EXPORTED
from people.files import Reading
from people.pdf import pdf_page
from people.requests import PersonRequest
from people.views.files import reading_of
from people.views.forms import posted
from reports.forms import SheetForm
from reports.student_sheets import Sheet, periods_of, sheet_of


@require_http_methods(["GET", "POST"])
def student_sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """Which sheet, of which period, why; then the page to print, or the file (``as=pdf``)."""
    reading = reading_of(request, pk)
    if reading is None:
        return redirect("student_reason", pk)
    if not reading.may_print:
        raise PermissionDenied
    form = SheetForm(posted(request), periods=periods_of(reading), with_reason=reading.says_why)
    if not form.is_valid():
        context = {"form": form, "student": reading.student, "reading": reading}
        return render(request, "reports/student_sheet_choose.html", context, status=422 if form.is_bound else 200)
    made = sheet_of(reading, form.document_asked, form.named, with_notes=form.cleaned_data["notes"])
    remember(reading, form.cleaned_data.get("reason", ""))
    return given(request, made, form)


def remember(reading: Reading, reason: str) -> None:
    student = reading.student
    verb = STUDENT_SHEET_EXPORTED
    audit.record(board=student.board, person=reading.user, verb=verb, subject=student, reason=reason)


def given(request: PersonRequest, made: Sheet, form: SheetForm) -> HttpResponse:
    context = {"sheet": made, "student": made.reading.student, "form": form}
    if request.POST.get("as") != "pdf":
        return render(request, "reports/student_sheet.html", context)
    name = f"{made.document.file_name}-{made.period.since}.pdf"
    return pdf_page(request, "reports/student_sheet_pdf.html", context, read_on=made.reading.on, file_name=name)
