"""What the journal keeps of who opens a student's file."""

from collections.abc import Mapping, Sequence

from django.apps import apps
from django.db import transaction

from people import audit
from people.audit_verbs import LIST_OPENED, STUDENT_OPENED, STUDENT_REASON_GIVEN
from people.files import Reading, entries_of
from people.models import AuditEntry, Student, User


@transaction.atomic
def note_opening(*, reading: Reading) -> None:
    """Remember that somebody opened a file, once a day, and by which ways; who said why is remembered already.

    One query when it is known, two more when it is not.
    """
    student, user = reading.student, reading.user
    today = entries_of(student).filter(at__gte=student.board.began(reading.on), verb=STUDENT_OPENED.code)
    if reading.whole or today.filter(person=user).exists():
        return
    codes = ",".join(sorted(reading.codes))
    audit.record(board=student.board, person=user, verb=STUDENT_OPENED, subject=student, reason=codes)


@transaction.atomic
def note_files(*, students: Mapping[int, Sequence[str]], user: User) -> None:
    """The same of a page that shows something of these students' files; each with the ways by which theirs opens.

    One query, two more a student who is new that day.
    """
    for student in Student._base_manager.filter(pk__in=students).select_related("board"):
        today = entries_of(student).filter(at__gte=student.board.began(user.local_date()), verb=STUDENT_OPENED.code)
        if not today.filter(person=user).exists():
            codes = ",".join(students[student.pk])
            audit.record(board=student.board, person=user, verb=STUDENT_OPENED, subject=student, reason=codes)


@transaction.atomic
def note_list(*, label: str, pk: int, user: User) -> None:
    """Remember, once a day, that somebody opened a page that names the students of a row. Two queries."""
    board, row = user.board, apps.get_model(label)(pk=pk)
    if board is None:
        return
    of = {"subject_type": row._meta.label_lower, "subject_id": pk, "verb": LIST_OPENED.code}
    today = AuditEntry.objects.filter(**of, person=user, at__gte=board.began(user.local_date()))
    if not today.exists():
        audit.record(board=board, person=user, verb=LIST_OPENED, subject=row)


@transaction.atomic
def say_why(*, student: Student, person: User, reason: str) -> None:
    """Remember why the privacy officer opens a file."""
    audit.record(board=student.board, person=person, verb=STUDENT_REASON_GIVEN, subject=student, reason=reason)
