"""A student, added or corrected by the school's manager."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.access import Role
from people.actions.students import add_student, correct_student
from people.doors import student_to_keep
from people.models import School, Student
from people.person_forms import StudentForm
from people.requests import PersonRequest
from people.shortcuts import require_role
from people.views.forms import done, page, posted

OURS = 32
"""The length of the keys that we give: those are no number of the school's."""


@require_http_methods(["GET", "POST"])
def student_new(request: PersonRequest) -> HttpResponse:
    """Add a student to a school that one manages."""
    user, on = request.user, request.user.local_date()
    require_role(user, Role.SCHOOL_MANAGER)
    managed = user.access.within(Role.SCHOOL_MANAGER, board="board", school="pk")
    schools = School.objects.managed_by(user).filter(managed).select_related("board")
    form = StudentForm(posted(request), schools=schools, initial={"entry_uuid": uuid.uuid4(), "grade": ""})

    def add() -> Student:
        said = {name: form.cleaned_data[name] for name in ("school", "entry_uuid")}
        return add_student(person=user, on=on, **form.facts(), **said)

    if done(form, add):
        messages.success(request, _("L’élève est dans la liste de l’école."))
        return redirect("people")
    return page(request, "people/student.html", form)


@require_http_methods(["GET", "POST"])
def student_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a name, a number, a birth date, a grade, a class."""
    user, on = request.user, request.user.local_date()
    shown = student_to_keep(user, pk)
    initial = {
        name: getattr(shown, name)
        for name in ("given_name", "family_name", "birth_date", "school", "homeroom", "class_name")
    }
    initial |= {"grade": str(shown.grade or ""), "number": "" if len(shown.key) == OURS else shown.key}
    form = StudentForm(
        posted(request), schools=School.objects.visible_to(user).filter(pk=shown.school_id), initial=initial
    )
    form.fields["entry_uuid"].required = form.fields["school"].required = False
    form.watch(shown, back=reverse("people"))
    if done(form, lambda: correct_student(student=shown, person=user, on=on, **form.facts())):
        messages.success(request, _("Les renseignements sont enregistrés."))
        return redirect("people")
    return page(request, "people/student.html", form, student=shown)
