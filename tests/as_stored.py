"""One board's rows, read one by one into plain values: what the slow reference looks at.

What the rules of length, rhythm and size ask for, and nothing else.
"""

from typing import Any

from guidelines.models import GuidelineSetting
from guidelines.tests.reference import dyads, groups
from guidelines.tests.reference import rows as plain
from mentoring.models import Dyad, DyadMeeting
from people.models import School, SchoolBoard, Student
from programs.models import Attendance, GroupMeeting, Program, SchoolDay, SchoolYear, SupportGroup, Term

CODES = frozenset({*dyads.RULES, *groups.RULES})
"""The guidelines that the rows read here suffice for."""


def plain_board(board: SchoolBoard) -> plain.Board:
    """The board as it is stored. A constant number of queries."""
    days = SchoolDay.objects.filter(school__board=board, kind="class").order_by("date")
    by_school: dict[str, list[Any]] = {
        str(pk): [] for pk in School.objects.filter(board=board).values_list("pk", flat=True)
    }
    for school, day in days.values_list("school", "date"):
        by_school[str(school)].append(day)
    of_board = {"board": board}
    students = Student.objects.filter(**of_board)
    return plain.Board(
        years=sorted(SchoolYear.objects.filter(**of_board).values_list("starts_on", "ends_on")),
        terms=sorted(Term.objects.filter(school_year__board=board).values_list("starts_on", "ends_on")),
        class_days=by_school,
        programs={str(row.pk): _program(row) for row in Program.objects.filter(**of_board)},
        dyads=_dyads(board),
        groups=_groups(board),
        students={str(pk): plain.Student(str(pk), grade) for pk, grade in students.values_list("pk", "grade")},
        settings=[
            plain.Setting(
                row.guideline, row.name, str(row.program_id) if row.program_id else None, row.value, row.starts_on
            )
            for row in GuidelineSetting.objects.filter(**of_board).order_by("pk")
        ],
    )


def _program(row: Program) -> plain.Program:
    return plain.Program(
        key=str(row.pk),
        school=str(row.school_id),
        domain=row.domain,
        cadence=(row.cadence_days or 0) if row.cadence_unit == "cycle" else 0,
        grace=row.logging_grace_days,
        minutes=row.minutes,
    )


OF_MEETING = ("on", "status", "channel", "reason", "planned", "minutes", "deleted_at")


def _meetings(rows: Any, owner: str) -> tuple[dict[int, list[plain.Meeting]], dict[int, plain.Meeting]]:
    """Those of each relation, and each by its number."""
    names = [name for name in OF_MEETING if owner == "dyad" or name != "channel"]
    of: dict[int, list[plain.Meeting]] = {}
    by_number: dict[int, plain.Meeting] = {}
    for number, relation, *said in rows.order_by("on", "pk").values_list("pk", owner, *names):
        fields = dict(zip(names, said, strict=True))
        meeting = plain.Meeting(undone=fields.pop("deleted_at") is not None, **fields)
        of.setdefault(relation, []).append(meeting)
        by_number[number] = meeting
    return of, by_number


def _slots(rows: Any) -> list[plain.Slot]:
    return [plain.Slot(row.weekday, row.cycle_day, row.minutes, (row.starts_on, row.ends_on)) for row in rows]


def _dyads(board: SchoolBoard) -> list[plain.Dyad]:
    meetings, _all = _meetings(DyadMeeting._base_manager.filter(board=board), "dyad")
    return [
        plain.Dyad(
            key=f"dyad {row.pk}",
            mentor=str(row.mentor_id),
            student=str(row.student_id),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            committed_until=row.committed_until,
            planned_handover=row.planned_handover,
            program=str(row.program_id),
            slots=_slots(row.timetables.all()),
            meetings=meetings.get(row.pk, []),
            pauses=[(pause.starts_on, pause.ends_on) for pause in row.pauses.all()],
        )
        for row in Dyad.objects.filter(board=board).prefetch_related("timetables", "pauses")
    ]


def _groups(board: SchoolBoard) -> list[plain.Group]:
    meetings, by_number = _meetings(GroupMeeting._base_manager.filter(board=board), "group")
    marks = Attendance.objects.filter(meeting__board=board).values_list("meeting", "student", "status")
    for meeting, student, status in marks:
        by_number[meeting].marks[str(student)] = status
    return [
        plain.Group(
            key=f"group {row.pk}",
            program=str(row.program_id),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            members=[(str(one.student_id), one.starts_on, one.ends_on) for one in row.members.all()],
            leads=[plain.Lead(str(one.person_id), one.starts_on, one.ends_on, one.reason) for one in row.leads.all()],
            slots=_slots(row.timetables.all()),
            meetings=meetings.get(row.pk, []),
        )
        for row in SupportGroup.objects.filter(board=board).prefetch_related("members", "leads", "timetables")
    ]
