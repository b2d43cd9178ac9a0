"""A support group to write a case on: a group programme, an adult in charge, members, and what they log."""

from datetime import date
from typing import Any

from guidelines.evaluation import findings, not_assessable
from guidelines.measures import Scope
from guidelines.tests.stage import YEAR, Stage
from people.models import Student, User
from programs.models import (
    Attendance,
    GroupLead,
    GroupMeeting,
    GroupMember,
    Program,
    SchoolDay,
    SchoolYear,
    SupportGroup,
    Term,
)

TERM = (date(2026, 8, 31), date(2026, 11, 7))
"""The first term of the year, half-open: it ends on a Saturday."""


class GroupStage(Stage):
    """The stage's own school, and a programme of groups that says all that it should."""

    def __init__(self) -> None:
        super().__init__()
        self.year = SchoolYear.objects.get()
        self.program.delete()
        self.program = self.new_program("PG")
        self.lead = self.new_person("L")

    def new_program(self, key: str, **fields: Any) -> Program:
        fields = {"domain": "group", "forms": ["guidance"], "intervention": "passage", **fields}
        return Program.objects.create(board=self.board, school=self.school, key=key, name=key, **fields)

    def new_person(self, key: str) -> User:
        return User.objects.create(board=self.board, school=self.school, key=key, password="!")

    def new_group(self, members: int = 0, *, key: str = "G", lead: User | None = None, **fields: Any) -> SupportGroup:
        """A group led since its start, with as many students of first year who came with it."""
        fields = {"program": self.program, "starts_on": YEAR[0], "ends_on": YEAR[1], **fields}
        group = SupportGroup.objects.create(board=self.board, key=key, name=key, **fields)
        if lead or self.lead:
            self.entrust(group, lead or self.lead, group.starts_on)
        for n in range(members):
            self.join(group, self.pupil(f"{key}{n}"))
        return group

    def entrust(self, group: SupportGroup, person: User, starts_on: date, ends_on: date | None = None, why: str = ""):
        return GroupLead.objects.create(group=group, person=person, starts_on=starts_on, ends_on=ends_on, reason=why)

    def pupil(self, key: str, grade: int | None = 1) -> Student:
        student = self.new_student(key)
        student.grade = grade
        student.save()
        return student

    def join(self, group: SupportGroup, student: Student, starts_on: date | None = None, ends_on: date | None = None):
        starts_on = starts_on or group.starts_on
        return GroupMember.objects.create(group=group, student=student, starts_on=starts_on, ends_on=ends_on)

    def meets(self, group: SupportGroup, *days: date, status: str = "held", **fields: Any) -> list[GroupMeeting]:
        fields = {"planned": True, **fields}
        return [
            GroupMeeting.objects.create(board=self.board, group=group, on=day, status=status, **fields) for day in days
        ]

    def marks(self, meeting: GroupMeeting, **statuses: str) -> None:
        for key, status in statuses.items():
            Attendance.objects.create(meeting=meeting, student=Student.objects.get(key=key), status=status)

    def term(self, starts_on: date = TERM[0], ends_on: date = TERM[1]) -> Term:
        return Term.objects.create(school_year=self.year, name="1", starts_on=starts_on, ends_on=ends_on)

    def next_year(self) -> SchoolYear:
        """A second school year and its class days: all of September 2027."""
        days = [date(2027, 9, n) for n in range(1, 31)]
        SchoolDay.objects.bulk_create(
            SchoolDay(school=self.school, date=day, kind="class") for day in days if day.weekday() < 5
        )
        return SchoolYear.objects.create(
            board=self.board, key="Y2", label="2027-2028", starts_on=date(2027, 8, 30), ends_on=date(2028, 6, 24)
        )

    def finding(self, guideline: str, on: date) -> tuple[str, int | None, int | None] | None:
        """(severity, value, threshold) of a guideline's one finding on a day, or None."""
        found = findings(Scope(self.board, on), {guideline})
        assert len(found) < 2
        return (found[0].severity.value, found[0].value, found[0].threshold) if found else None

    def lacks(self, guideline: str, on: date) -> bool:
        """Whether some subject can't be assessed."""
        return bool(not_assessable(Scope(self.board, on), {guideline}))

    def is_partial(self, guideline: str, on: date) -> bool:
        """Whether the guideline's findings rest on planned meetings that nobody logged."""
        return any(found.confidence == "partial" for found in findings(Scope(self.board, on), {guideline}))
