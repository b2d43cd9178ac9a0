"""A board of plain values, stored as rows."""

from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import Any

from django.db import models

from guidelines.models import GuidelineSetting, Subject
from guidelines.tests.boards.days import DAY
from guidelines.tests.reference import rows as plain
from mentoring import models as mentoring
from people.models import School, SchoolBoard, Student, User
from programs import models as programs

UNDONE = datetime(2024, 1, 1, tzinfo=UTC)
NO_CLASS = ("pedagogical", "holiday")


class Store:
    """Writes one board, many rows at a time."""

    def __init__(self, board: plain.Board, key: str) -> None:
        self.plain = board
        self.board = SchoolBoard.objects.create(key=key, name=key)
        self.years = self._add(
            programs.SchoolYear(board=self.board, key=f"Y{n}", label=str(n), starts_on=a, ends_on=b)
            for n, (a, b) in enumerate(board.years)
        )
        self.schools: dict[str, School] = {}
        self.programs: dict[str, Any] = {}
        self.people: dict[str, User] = {}
        self.mentors: dict[str, Any] = {}
        self.students: dict[str, Student] = {}
        self._calendar()
        self._people()
        self._programs()
        for dyad in board.dyads:
            self._dyad(dyad)
        for group in board.groups:
            self._group(group)
        self._settings()

    @cached_property
    def subjects(self) -> dict[tuple[str, int], tuple[str, Subject]]:
        """Every subject with its key, by kind and id."""
        kinds: list[tuple[str, list[Subject]]] = [
            ("dyad", list(mentoring.Dyad.objects.filter(board=self.board))),
            ("group", list(programs.SupportGroup.objects.filter(board=self.board))),
            ("mentor", list(self.mentors.values())),
            ("teacher", list(self.people.values())),
            ("program", list(self.programs.values())),
        ]
        return {
            (kind, row.pk): (row.person.key if isinstance(row, mentoring.Mentor) else row.key, row)
            for kind, rows in kinds
            for row in rows
        }

    def _add(self, rows: Any) -> list[Any]:
        rows = list(rows)
        return type(rows[0])._base_manager.bulk_create(rows) if rows else []

    def _by_key(self, rows: Any) -> dict[str, Any]:
        return {row.key: row for row in self._add(rows)}

    def _calendar(self) -> None:
        self.schools = self._by_key(School(board=self.board, key=key, name=key) for key in self.plain.class_days)
        self._add(
            programs.SchoolDay(school=self.schools[school], date=day, kind="class")
            for school, days in self.plain.class_days.items()
            for day in days
        )
        for school, days in self.plain.class_days.items():
            of_class = set(days)
            between = [min(days) + n * DAY for n in range((max(days) - min(days)).days)] if days else []
            self._add(
                programs.SchoolDay(school=self.schools[school], date=day, kind=NO_CLASS[day.day % 2])
                for day in between
                if day not in of_class and day.weekday() < 5
            )
        self._add(
            programs.Term(
                school_year=next(year for year in self.years if year.starts_on <= a < year.ends_on),
                name="T",
                starts_on=a,
                ends_on=b,
            )
            for a, b in self.plain.terms
        )

    def _people(self) -> None:
        keys = sorted({*self.plain.mentors, *self.plain.teachers})
        self.people = self._by_key(User(board=self.board, key=key, password="!") for key in keys)
        school = next(iter(self.schools.values()))
        self.students = self._by_key(
            Student(board=self.board, school=school, key=row.key, birth_date=row.birth_date, grade=row.grade)
            for row in self.plain.students.values()
        )
        of = self.plain.mentors.values()
        rows = self._add(
            mentoring.Mentor(person=self.people[row.key], kind=row.kind, birth_date=row.birth_date) for row in of
        )
        self.mentors = dict(zip(self.plain.mentors, rows, strict=True))
        for row in of:
            self._mentor(row)
        for teacher in self.plain.teachers.values():
            self._teacher(teacher, self.people[teacher.key])

    def _mentor(self, row: plain.Mentor) -> None:
        mentor = self.mentors[row.key]
        self._add(
            mentoring.Training(person=mentor.person, kind=kind, completed_on=day, minutes=minutes)
            for kind, day, minutes in row.trainings
        )
        markers = mentoring.StyleSelfAssessment
        self._add(
            markers(
                board=self.board,
                mentor=mentor,
                on=day,
                markers=[*markers.DEVELOPMENTAL[:dev], *markers.PRESCRIPTIVE[:presc]],
                developmental=dev,
                prescriptive=presc,
            )
            for day, dev, presc in row.styles
        )
        self._add(
            mentoring.MentorApproach(
                board=self.board, mentor=mentor, on=day, beliefs=a, attitudes=b, behaviours=c, style=d
            )
            for day, (a, b, c, d) in row.approaches
        )

    def _teacher(self, row: plain.Teacher, person: User) -> None:
        self._add(
            programs.TeacherRelease(person=person, school_year=self.years[n], percent=percent, base="whole_task")
            for n, percent in row.releases
        )
        self._add(
            programs.FunctionTime(
                board=self.board, person=person, on=t.on, function=t.function, minutes=t.minutes, deleted_at=undone(t)
            )
            for t in row.times
        )
        topics = programs.Foundation.Topic.values
        self._add(
            programs.Foundation(person=person, topic=topic, stated_on=day, statement="x")
            for topic, day in zip(topics, row.foundations, strict=False)
        )

    def _programs(self) -> None:
        fields = ("key", "domain", "meetings_per_unit", "minutes", "mentoring_form", "intervention", "prevents_dropout")
        self.programs = self._by_key(
            programs.Program(
                board=self.board,
                school=self.schools[row.school],
                name=row.key,
                cadence_unit="cycle" if row.cadence else "week",
                cadence_days=row.cadence or None,
                logging_grace_days=row.grace,
                forms=list(row.forms),
                **{name: getattr(row, name) for name in fields},
            )
            for row in self.plain.programs.values()
        )
        for row in self.plain.programs.values():
            self._structure(row, self.programs[row.key])

    def _structure(self, row: plain.Program, program: Any) -> None:
        results = self._add(
            programs.ExpectedResult(board=self.board, program=program, text="x") for _ in range(row.results)
        )
        self._add(
            programs.ProgramActivity(
                board=self.board,
                program=program,
                name="x",
                content=a.content,
                theme=a.theme,
                format=a.format,
                result=results[0] if a.has_result else None,
            )
            for a in row.activities
        )
        for actor, said in row.roles.items():
            role = programs.ProgramRole.objects.create(
                board=self.board, program=program, actor=actor, role=said.role, limits=said.limits
            )
            self._add(
                programs.RoleAcknowledgement(role=role, person=self.people[who], acknowledged_on=day)
                for who, day in said.acknowledged.items()
            )

    def _dyad(self, row: plain.Dyad) -> None:
        names = ("key", "starts_on", "ends_on", "committed_until", "planned_handover")
        (dyad,) = self._add(
            [
                mentoring.Dyad(
                    board=self.board,
                    program=self.programs[row.program],
                    mentor=self.mentors[row.mentor],
                    student=self.students[row.student],
                    **{name: getattr(row, name) for name in names},
                )
            ]
        )
        self._add(mentoring.DyadTimetable(dyad=dyad, **self._slot(slot)) for slot in row.slots)
        own = ("channel", "setting", "activity", "structured", "chosen_by", "topic")
        self._add(
            mentoring.DyadMeeting(dyad=dyad, **self._meeting(m), **{name: getattr(m, name) for name in own})
            for m in row.meetings
        )
        self._add(mentoring.Pause(dyad=dyad, starts_on=a, ends_on=b) for a, b in row.pauses)
        self._add(
            mentoring.Agreement(dyad=dyad, signed_on=day, objectives=["x"] * objectives, tasks=["x"] * tasks)
            for day, objectives, tasks in row.agreements
        )
        self._log(mentoring.TeacherLiaison, row.liaisons, dyad=dyad)
        self._log(mentoring.RelationshipReview, row.reviews, dyad=dyad)
        for event in row.events:
            self._log(mentoring.DifficultEvent, [event], dyad=dyad, kind="other", supported_on=event.supported_on)
        for entry in row.followups:
            reviewed = zip(("lates_reviewed", "discipline_reviewed", "results_reviewed"), entry.reviewed, strict=True)
            self._log(mentoring.FollowUp, [entry], dyad=dyad, **dict(reviewed))

    def _meeting(self, m: plain.Meeting) -> dict[str, Any]:
        names = ("on", "status", "reason", "planned", "minutes", "logged_on")
        return {"board": self.board, "deleted_at": undone(m), **{name: getattr(m, name) for name in names}}

    def _slot(self, slot: plain.Slot) -> dict[str, Any]:
        starts_on, ends_on = slot.span
        names = ("weekday", "cycle_day", "minutes")
        return {"starts_on": starts_on, "ends_on": ends_on, **{name: getattr(slot, name) for name in names}}

    def _log(self, model: type[models.Model], entries: list[plain.Entry], **fields: Any) -> None:
        self._add(model(board=self.board, on=entry.on, deleted_at=undone(entry), **fields) for entry in entries)

    def _group(self, row: plain.Group) -> None:
        (group,) = self._add(
            [
                programs.SupportGroup(
                    board=self.board,
                    program=self.programs[row.program],
                    key=row.key,
                    name="G",
                    starts_on=row.starts_on,
                    ends_on=row.ends_on,
                )
            ]
        )
        self._add(
            programs.GroupMember(group=group, student=self.students[who], starts_on=a, ends_on=b)
            for who, a, b in row.members
        )
        self._add(
            programs.GroupLead(
                group=group,
                person=self.people[lead.person],
                starts_on=lead.starts_on,
                ends_on=lead.ends_on,
                reason=lead.reason,
            )
            for lead in row.leads
        )
        self._add(programs.GroupTimetable(group=group, **self._slot(slot)) for slot in row.slots)
        meetings = self._add(
            programs.GroupMeeting(group=group, activities=list(m.activities), **self._meeting(m)) for m in row.meetings
        )
        self._add(
            programs.Attendance(meeting=meeting, student=self.students[who], status=mark)
            for meeting, m in zip(meetings, row.meetings, strict=True)
            for who, mark in m.marks.items()
        )
        self._of_students(programs.StudentContact, row.contacts, group)
        self._of_students(programs.FamilyContact, row.families, group)
        self._of_students(programs.GroupReview, row.reviews, group)

    def _of_students(self, model: Any, entries: list[plain.Entry], group: Any) -> None:
        self._add(
            model(
                board=self.board,
                group=group,
                student=None if e.of is None else self.students[e.of],
                on=e.on,
                deleted_at=undone(e),
                **({"outcome": e.outcome} if e.outcome else {}),
            )
            for e in entries
        )

    def _settings(self) -> None:
        numbers = count()
        self._add(
            GuidelineSetting(
                board=self.board,
                key=f"N{next(numbers)}",
                program=None if row.program is None else self.programs[row.program],
                guideline=row.guideline,
                name=row.name,
                value=row.value,
                starts_on=row.starts_on,
                reason="x",
            )
            for row in self.plain.settings
        )


def undone(row: plain.Undoable) -> datetime | None:
    return UNDONE if row.undone else None
