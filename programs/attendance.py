"""Who was there: one row per member active on the meeting's date."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Student
from people.models.students import StudentQuerySet
from programs.models import Attendance, GroupMeeting, SupportGroup

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


@dataclass(frozen=True)
class Away:
    """Who, of the members, was not there from the start: ids of students. Who is excused was absent."""

    absent: Collection[int] = ()
    late: Collection[int] = ()
    excused: Collection[int] = ()

    def by_student(self) -> dict[int, str]:
        """What to keep of each; of all others, that they were present."""
        words = [(Status.ABSENT, self.absent), (Status.EXCUSED, self.excused), (Status.LATE, self.late)]
        return {pk: status for status, students in words for pk in students}

    def check(self) -> None:
        """Refuse of anybody that they were both away and late."""
        if set(self.late) & {*self.absent, *self.excused}:
            raise ValidationError(
                {
                    "late": _(
                        "Une personne est notée absente et arrivée après le début\u00a0: gardez une des deux mentions."
                    )
                }
            )


def said(meeting: GroupMeeting) -> dict[int, str]:
    """What the meeting keeps of those who were not simply present."""
    rows = meeting.attendances.exclude(status=Status.PRESENT)
    return dict(rows.values_list("student", "status"))


def write(meeting: GroupMeeting, away: Away, *, replace: bool = False) -> None:
    """Say of every member of that day whether they were there; three queries.

    Rows of others stay, unless ``replace``: the meeting moved to another day.
    """
    away.check()
    members = set(members_on(meeting.group, meeting.on).values_list("pk", flat=True))
    words = away.by_student()
    if set(words) - members:
        raise ValidationError(
            {"absent": _("Une absence vise un élève qui n’est pas du groupe à cette date. Vérifiez les présences.")}
        )
    stale = meeting.attendances.all() if replace else meeting.attendances.filter(student__in=members)
    stale.delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, student_id=pk, status=words.get(pk, Status.PRESENT)) for pk in sorted(members)
    )
