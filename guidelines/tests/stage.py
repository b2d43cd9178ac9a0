"""A small board to write a case on: one school, every weekday a class day, one dyad and one group to shape."""

from datetime import date, timedelta

from guidelines.evaluation import findings, not_assessable
from guidelines.measures import Scope
from guidelines.models import GuidelineSetting
from mentoring.models import Dyad, DyadMeeting, Mentor, Training
from people.models import School, SchoolBoard, Student, User
from programs.models import GroupMember, Program, SchoolDay, SchoolYear, SupportGroup, Term

YEAR = (date(2026, 8, 31), date(2027, 6, 24))
MONDAY = date(2026, 9, 7)


def week(number: int, weekday: int = 1) -> date:
    """A day of the n-th class week of the case, the first being that of 7 September 2026; Monday is 1."""
    return MONDAY + timedelta(days=7 * (number - 1) + weekday - 1)


class Stage:
    def __init__(self) -> None:
        self.board = SchoolBoard.objects.create(key="B", name="B")
        self.school = School.objects.create(board=self.board, key="S", name="S")
        SchoolYear.objects.create(board=self.board, key="Y", label="2026-2027", starts_on=YEAR[0], ends_on=YEAR[1])
        span = (YEAR[1] - YEAR[0]).days
        days = [YEAR[0] + timedelta(days=n) for n in range(span)]
        SchoolDay.objects.bulk_create(
            SchoolDay(school=self.school, date=day, kind="class") for day in days if day.weekday() < 5
        )
        self.program = Program.objects.create(
            board=self.board, school=self.school, key="P", name="P", domain="mentoring"
        )
        self.student = self.new_student("E")
        self.mentor = self.new_mentor("M", minutes=120)

    def new_student(self, key: str) -> Student:
        return Student.objects.create(board=self.board, school=self.school, key=key, given_name=key, family_name=key)

    def new_mentor(self, key: str, *, minutes: int) -> Mentor:
        mentor = Mentor.objects.create(
            person=User.objects.create(board=self.board, key=key, password="!"), kind="teacher"
        )
        if minutes:
            Training.objects.create(person=mentor.person, kind="initial", completed_on=YEAR[0], minutes=minutes)
        return mentor

    def dyad(self, starts_on: date, **fields: object) -> Dyad:
        usual = {"mentor": self.mentor, "student": self.student, "committed_until": YEAR[1], "key": "D"}
        return Dyad.objects.create(board=self.board, program=self.program, starts_on=starts_on, **usual | fields)

    def meet(self, dyad: Dyad, *days: date, status: str = "held", **fields: object) -> None:
        fields = {"channel": "in_person", **fields}
        for day in days:
            DyadMeeting.objects.create(board=self.board, dyad=dyad, on=day, status=status, **fields)

    def group(self, members: int) -> SupportGroup:
        group = SupportGroup.objects.create(
            board=self.board, program=self.program, key="G", name="G", starts_on=YEAR[0], ends_on=YEAR[1]
        )
        for n in range(members):
            GroupMember.objects.create(group=group, student=self.new_student(f"G{n}"), starts_on=YEAR[0])
        return group

    def finding(self, guideline: str, on: date) -> tuple[str, int | None, int | None] | None:
        """(severity, value, threshold) of a guideline's one finding on a day, or None."""
        found = findings(Scope(self.board, on), {guideline})
        assert len(found) < 2
        return (found[0].severity.value, found[0].value, found[0].threshold) if found else None

    def confidence(self, guideline: str, on: date) -> str:
        """The confidence of a guideline's one finding."""
        (found,) = findings(Scope(self.board, on), {guideline})
        return found.confidence.value

    def lacks(self, guideline: str, on: date) -> bool:
        """Whether a guideline can't be assessed on a day for one of its subjects."""
        return bool(not_assessable(Scope(self.board, on), {guideline}))

    def term(self, starts_on: date, ends_on: date) -> Term:
        return Term.objects.create(
            school_year=SchoolYear.objects.get(board=self.board), name="Étape", starts_on=starts_on, ends_on=ends_on
        )

    def set_number(self, guideline: str, name: str, value: int, *, program: Program | None = None) -> None:
        """A number of the board's own, or of one programme's, since the beginning."""
        GuidelineSetting.objects.create(
            board=self.board,
            guideline=guideline,
            name=name,
            value=value,
            program=program,
            starts_on=YEAR[0],
            reason="-",
        )
