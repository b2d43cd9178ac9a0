"""One person's data out, by the privacy officer, who says why."""

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from people import audit
from people.access import Role
from people.audit_registry import Verb
from people.audit_verbs import PERSON_DATA_EXPORTED, STUDENT_DATA_EXPORTED
from people.models import SchoolBoard, Student, User
from people.privacy.forms import DataForm
from people.privacy.journal import known_students
from people.privacy.person_data import archive
from people.privacy.person_sheet import sheet
from people.requests import PersonRequest
from people.shortcuts import get_or_refuse
from people.views.forms import page, posted


@require_http_methods(["GET", "POST"])
def student_data(request: PersonRequest, pk: int) -> HttpResponseBase:
    """All that is kept of a student."""
    user = request.user
    seen = Student.objects.openable_by(user).select_related("school", "board")
    shown = get_or_refuse(seen, known_students(user), pk)
    return _given(request, shown, shown.board, STUDENT_DATA_EXPORTED, "eleve")


@require_http_methods(["GET", "POST"])
def person_data(request: PersonRequest, pk: int) -> HttpResponseBase:
    """All that is kept of an adult."""
    user = request.user
    seen = User.objects.visible_to(user).filter(board__isnull=False).select_related("board", "school")
    shown = get_or_refuse(seen, seen.filter(user.access.within(Role.PRIVACY_OFFICER, board="board")), pk)
    assert shown.board is not None  # noqa: S101 (tells the type)
    return _given(request, shown, shown.board, PERSON_DATA_EXPORTED, "adulte")


def _given(
    request: PersonRequest, shown: Student | User, board: SchoolBoard, verb: Verb, word: str
) -> HttpResponseBase:
    """The form that asks why, then the archive or the page to print, which the journal remembers before it leaves."""
    form = DataForm(posted(request))
    if not form.is_valid():
        return page(request, "people/person_data.html", form, shown=shown, is_student=isinstance(shown, Student))
    on = request.user.local_date()
    audit.record(board=board, person=request.user, verb=verb, subject=shown, reason=form.cleaned_data["reason"])
    if request.POST.get("as") == "sheet":
        context = {"shown": shown, "on": on, "tables": sheet(shown), "is_student": isinstance(shown, Student)}
        return render(request, "people/person_sheet.html", context)
    name = f"renseignements-{word}-{shown.pk}-{on.isoformat()}.zip"
    return FileResponse(archive(shown, on=on), as_attachment=True, filename=name, content_type="application/zip")
