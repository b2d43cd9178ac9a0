"""Who was there: one row per member active on the meeting's date."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from people.apart import tell_apart
from people.comparing import Line
from people.models import Student
from programs.log.history import history_of
from programs.models import Attendance, GroupMeeting, GroupMember, LoggedRecord, PresencesThen, Version

Status = Attendance.Status
HERE = (Status.PRESENT, Status.LATE)
AWAY = (Status.ABSENT, Status.EXCUSED)

Presences = dict[str, str]
"""By student's number, as text: JSON has no other keys."""


def class_list(students: Iterable[Student]) -> list[Student]:
    """By given name, two of one name told apart."""
    return tell_apart(sorted(students, key=lambda student: (student.given_key, student.pk)))


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


def counts(here: str = "present", noted: str = "noted") -> dict[str, Combinable]:
    """What a query of meetings is annotated with: how many members were there, of how many; never who was none."""
    rows = Attendance.objects.of_members().filter(meeting=OuterRef("pk")).order_by().values("meeting")
    every = rows.annotate(n=Count("pk")).values("n")
    there = rows.filter(status__in=HERE).annotate(n=Count("pk")).values("n")
    named = ((here, there), (noted, every))
    return {name: Coalesce(Subquery(some, output_field=IntegerField()), 0) for name, some in named}


def outside(member: GroupMember) -> int:
    """How many presences are noted of a student in a group on days when they are no member of it. Two queries."""
    noted = Attendance.objects.filter(
        meeting__group=member.group_id, meeting__deleted_at__isnull=True, student=member.student_id, status__in=HERE
    )
    return noted.count() - noted.of_members().count()


def said(meeting: GroupMeeting) -> dict[int, str]:
    """What the meeting keeps of the members who were not simply present."""
    rows = Attendance.objects.of_members().filter(meeting=meeting).exclude(status=Status.PRESENT)
    return dict(rows.values_list("student", "status"))


def write(meeting: GroupMeeting, away: Away, *, replace: bool = False) -> None:
    """Say of every member of that day whether they were there; three queries.

    Rows of others stay, unless ``replace``: the meeting moved to another day.
    """
    away.check()
    members = set(meeting.group.students_on(meeting.on).values_list("pk", flat=True))
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


def presences(meeting: GroupMeeting, *, of_members: bool = False) -> Presences:
    """Who was there, as the log says now; of the members alone, if so."""
    every = Attendance.objects.of_members() if of_members else Attendance.objects.all()
    rows = every.filter(meeting=meeting).order_by("student").values_list("student", "status")
    return {str(student): status for student, status in rows}


def presences_then(then: LoggedRecord | Version) -> Presences | None:
    """Who was there at a meeting that was held then; None when the version does not say."""
    return then.attendance if isinstance(then, PresencesThen) and then.status == GroupMeeting.Status.HELD else None


def keep_presences(meeting: GroupMeeting, said: Presences) -> None:
    """Let the latest version say who was there, unless it does already. One query."""
    latest = history_of(meeting).values("history_id")[:1]
    silent = history_of(meeting).order_by().filter(history_id=latest, attendance__isnull=True)
    silent.update(attendance=said)


def put_back(meeting: GroupMeeting, said: Presences | None) -> None:
    """Let the log say again who was there at a version; of a held one that does not say, what stands stays."""
    held = meeting.status == GroupMeeting.Status.HELD
    if held and said is None:
        return
    meeting.attendances.all().delete()
    if held and said is not None:
        known = set(Student.objects.filter(pk__in=[int(pk) for pk in said]).values_list("pk", flat=True))
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, student_id=pk, status=said[str(pk)]) for pk in sorted(known)
        )
        keep_presences(meeting, presences(meeting))


def lines_apart(yours: Mapping[int, str], theirs: Presences) -> list[Line]:
    """A line per student of whom the two do not say the same; ``yours`` leaves out who was simply there."""
    known = {int(number): status for number, status in theirs.items()}
    present = Attendance.Status.PRESENT
    apart = [pk for pk in {*yours, *known} if yours.get(pk, present) != known.get(pk, present)]
    labels = {value: str(label) for value, label in Attendance.Status.choices}
    return [
        Line(str(student), labels[yours.get(student.pk, present)], labels[known.get(student.pk, present)])
        for student in Student.objects.filter(pk__in=apart)
    ]
