"""Write down a student of a school, and correct who they are."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.actions.accounts import check_name
from people.audit_verbs import STUDENT_ADDED, STUDENT_CHANGED
from people.models import School, SchoolBoard, Student, User
from people.models.students import remember_grades


@transaction.atomic
def add_student(
    *,
    school: School,
    given_name: str,
    family_name: str,
    number: str,
    birth_date: date | None,
    grade: int | None,
    homeroom: str = "",
    class_name: str = "",
    person: User,
    on: date,
    entry_uuid: uuid.UUID | None = None,
) -> Student:
    """Write down a student; one per ``entry_uuid``. Without a number of the school's, they are known by one of ours."""
    SchoolBoard.objects.select_for_update(of=("self",), no_key=True).get(pk=school.board_id)
    ours = (entry_uuid or uuid.uuid4()).hex
    key = number.strip() or ours
    names = {"given_name": given_name, "family_name": family_name}
    if already := Student.objects.filter(board=school.board_id, key=key, school=school, **names).first():
        return already
    check_name(given_name, family_name)
    _check(school.board_id, key, birth_date, on)
    rest = {"birth_date": birth_date, "grade": grade, "homeroom": homeroom, "class_name": class_name, **names}
    student = Student.objects.create(board_id=school.board_id, school=school, key=key, **rest)
    audit.record(board=school.board, person=person, verb=STUDENT_ADDED, subject=student)
    return student


@transaction.atomic
def correct_student(
    *,
    student: Student,
    given_name: str,
    family_name: str,
    number: str,
    birth_date: date | None,
    grade: int | None,
    homeroom: str | None = None,
    class_name: str | None = None,
    person: User,
    on: date,
) -> Student:
    """Correct who a student is; a grade that changes leaves the one that was known until today. Twice changes nothing.

    An empty number leaves the one that they have: what comes in from the school's files finds them by it.
    """
    current = Student.objects.select_for_update(of=("self",)).select_related("board").get(pk=student.pk)
    check_name(given_name, family_name)
    said = {
        "given_name": given_name,
        "family_name": family_name,
        "key": number.strip() or current.key,
        "birth_date": birth_date,
        "grade": grade,
        "homeroom": current.homeroom if homeroom is None else homeroom,
        "class_name": current.class_name if class_name is None else class_name,
    }
    if all(getattr(current, name) == value for name, value in said.items()):
        return current
    _check(current.board_id, str(said["key"]), birth_date, on, but=current)
    for name, value in said.items():
        setattr(current, name, value)
    remember_grades([current])
    current.save()
    audit.record(board=current.board, person=person, verb=STUDENT_CHANGED, subject=current)
    return current


def _check(board: int, key: str, birth_date: date | None, on: date, *, but: Student | None = None) -> None:
    if birth_date is not None and birth_date > on:
        raise ValidationError({"birth_date": _("La date de naissance ne peut pas être dans le futur.")})
    if Student.objects.filter(board=board, key=key).exclude(pk=but.pk if but else 0).exists():
        words = _("Ce numéro est celui d’une ou d’un autre élève\u00a0: vérifiez-le.")
        raise ValidationError({"number": words}, code="taken")
