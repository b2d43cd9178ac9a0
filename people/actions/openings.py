"""What the journal keeps of who opens a student's file."""

from django.db import transaction

from people import audit
from people.audit_verbs import STUDENT_OPENED, STUDENT_REASON_GIVEN
from people.files import Reading, day_began, entries_of
from people.models import Student, User


@transaction.atomic
def note_opening(*, reading: Reading) -> None:
    """Remember that somebody opened a file, once a day, and by which ways; who said why is remembered already.

    One query when it is known, two more when it is not.
    """
    student, user = reading.student, reading.user
    today = entries_of(student).filter(at__gte=day_began(student, reading.on), verb=STUDENT_OPENED.code, person=user)
    if reading.whole or today.exists():
        return
    codes = ",".join(sorted(reading.codes))
    audit.record(board=student.board, person=user, verb=STUDENT_OPENED, subject=student, reason=codes)


@transaction.atomic
def say_why(*, student: Student, person: User, reason: str) -> None:
    """Remember why the privacy officer opens a file."""
    audit.record(board=student.board, person=person, verb=STUDENT_REASON_GIVEN, subject=student, reason=reason)
