"""A student's page: what the reader may see of the student, who may see it, who opened it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from people.actions.openings import note_opening, say_why
from people.apart import tell_apart
from people.files import Reading, read, visits
from people.models import Student, User
from people.person_forms import OpeningForm
from people.requests import PersonRequest
from people.views.forms import page, posted, succeeded

REASONS = "students_opened_with_a_reason"
"""In the session: the day on which a reason was given, by student."""


@require_safe
def student(request: PersonRequest, pk: int) -> HttpResponse:
    """Groups, dyads, contacts and follow-up, as far as the reader sees them; the privacy officer says why first."""
    reading = reading_of(request, pk)
    if reading is None:
        return redirect("student_reason", pk)
    note_opening(reading=reading)
    told = reading.told
    tell_apart([reader.person for reader in told])
    context = {"reading": reading, "student": reading.student, "told": told, "visits": visits(reading)}
    return render(request, "people/file.html", context)


@require_http_methods(["GET", "POST"])
def student_reason(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the privacy officer why, keep it in the journal, and open the file for the day."""
    shown = student_to_open(request.user, pk)
    if read(shown, request.user, reason_given=False) is not None:
        raise PermissionDenied  # it opens to them without a reason
    form = OpeningForm(posted(request))

    def open_it() -> None:
        say_why(student=shown, person=request.user, reason=form.cleaned_data["reason"])

    if succeeded(form, open_it):
        day = request.user.local_date().isoformat()
        request.session[REASONS] = {**request.session.get(REASONS, {}), str(pk): day}
        return redirect("student", pk)
    return page(request, "people/file_reason.html", form, student=shown)


def student_to_open(user: User, pk: int) -> Student:
    """A student whose file opens to the person, be it with a reason; 404 otherwise."""
    rows = Student.objects.openable_by(user).select_related("school", "board")
    return get_object_or_404(rows, pk=pk)


def reading_of(request: PersonRequest, pk: int) -> Reading | None:
    """The look that the person takes at a file; None when they say why first, 404 to strangers. Seven queries."""
    user = request.user
    given = request.session.get(REASONS, {}).get(str(pk)) == user.local_date().isoformat()
    reading = read(student_to_open(user, pk), user, reason_given=given)
    if reading is not None and not reading.why:
        raise Http404
    return reading
