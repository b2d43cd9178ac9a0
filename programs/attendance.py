"""Who was there: one row per member active on the meeting's date."""

import unicodedata
from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Student
from people.models.students import StudentQuerySet
from programs.models import Attendance, GroupMeeting, SupportGroup
from programs.memory import keep_presences, presences

Status = Attendance.Status
HERE = (Status.PRESENT, Status.LATE)
AWAY = (Status.ABSENT, Status.EXCUSED)


def members_on(group: SupportGroup, on: date) -> StudentQuerySet:
    """The students who belong to the group on a day, each once."""
    return Student.objects.filter(pk__in=group.members.active_on(on).values("student"))


def by_given_name(student: Student) -> tuple[str, str, int]:
    """The order of a class list, in which É stands with E whatever the database thinks."""
    return plain(student.given_name), plain(student.family_name), student.pk


def plain(name: str) -> str:
    """For sorting: without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))


def write(meeting: GroupMeeting, absent: Collection[int], *, replace: bool = False) -> None:
    """Say of every member of that day whether they were there; three queries.

    A finer word already kept (late, excused) stays when it agrees. Rows of others stay too, unless ``replace``:
    the meeting moved to another day.
    """
    members = set(members_on(meeting.group, meeting.on).values_list("pk", flat=True))
    if set(absent) - members:
        raise ValidationError(
            {"absent": _("Une absence vise un élève qui n’est pas du groupe à cette date. Vérifiez les présences.")}
        )
    before = {row.student_id: row.status for row in meeting.attendances.all()}
    stale = meeting.attendances.all() if replace else meeting.attendances.filter(student__in=members)
    stale.delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, student_id=pk, status=_status(pk in absent, before.get(pk)))
        for pk in sorted(members)
    )
    keep_presences(meeting, presences(meeting))
