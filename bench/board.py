"""A board with the shape of `make bench`: schools, dyads met in about 82 % of class weeks, groups."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from mentoring.models import Dyad, DyadMeeting, Mentor, Training
from people.models import School, SchoolBoard, Student, User
from programs.models import GroupMember, Program, SchoolDay, SchoolYear, SupportGroup

MET = 0.82
STARTS_ON, ENDS_ON = date(2026, 8, 31), date(2027, 6, 24)
ON = date(2027, 5, 17)


@dataclass(frozen=True)
class Size:
    schools: int
    dyads: int
    groups: int


SIZES = {"school": Size(1, 110, 10), "board": Size(11, 1_200, 110)}


def make_board(size: Size, *, seed: int = 1) -> SchoolBoard:
    """Write a board and its current school year; the same seed gives the same rows."""
    chance = random.Random(seed)
    board = SchoolBoard.objects.create(key="bench", name="Bench")
    SchoolYear.objects.create(board=board, key="Y", label="2026-2027", starts_on=STARTS_ON, ends_on=ENDS_ON)
    schools = School.objects.bulk_create(
        School(board=board, key=f"S{n}", name=f"École {n}") for n in range(size.schools)
    )
    every_day = [STARTS_ON + timedelta(days=n) for n in range((ENDS_ON - STARTS_ON).days)]
    class_days = [day for day in every_day if day.weekday() < 5]
    SchoolDay.objects.bulk_create(
        SchoolDay(school=school, date=day, kind="class") for school in schools for day in class_days
    )
    programs = Program.objects.bulk_create(
        Program(board=board, school=school, key=f"{domain}{school.pk}", name=domain, domain=domain)
        for school in schools
        for domain in ("mentoring", "group")
    )
    make_dyads(board, [program for program in programs if program.domain == "mentoring"], size.dyads, chance)
    make_groups(board, [program for program in programs if program.domain == "group"], size.groups, chance)
    return board


def make_students(board: SchoolBoard, schools: list[School], prefix: str) -> list[Student]:
    return Student.objects.bulk_create(
        Student(board=board, school=school, key=f"{prefix}{n}", given_name="Élève", family_name=str(n))
        for n, school in enumerate(schools)
    )


def make_dyads(board: SchoolBoard, programs: list[Program], count: int, chance: random.Random) -> None:
    places = [chance.choice(programs) for _ in range(count)]
    students = make_students(board, [program.school for program in places], "D")
    people = User.objects.bulk_create(User(board=board, key=f"M{n}", password="!") for n in range(count // 2))  # noqa: S106
    mentors = Mentor.objects.bulk_create(Mentor(person=person, kind=Mentor.Kind.TEACHER) for person in people)
    Training.objects.bulk_create(
        Training(person=person, kind="initial", completed_on=STARTS_ON, minutes=chance.choice((0, 60, 120)))
        for person in people
    )
    dyads = Dyad.objects.bulk_create(
        Dyad(
            board=board,
            key=f"D{n}",
            program=program,
            student=student,
            mentor=mentors[n % len(mentors)],
            starts_on=STARTS_ON + timedelta(days=chance.randrange(200)),
            committed_until=ENDS_ON,
        )
        for n, (program, student) in enumerate(zip(places, students, strict=True))
    )
    weeks = [STARTS_ON + timedelta(days=7 * n) for n in range((ON - STARTS_ON).days // 7)]
    DyadMeeting.objects.bulk_create(
        (
            DyadMeeting(
                board=board,
                dyad=dyad,
                on=week + timedelta(days=chance.randrange(5)),
                status="held" if chance.random() < MET else chance.choice(("planned", "not_held")),
                channel="in_person",
                minutes=45,
            )
            for dyad in dyads
            for week in weeks
            if week >= dyad.starts_on
        ),
        batch_size=5_000,
    )


def make_groups(board: SchoolBoard, programs: list[Program], count: int, chance: random.Random) -> None:
    groups = SupportGroup.objects.bulk_create(
        SupportGroup(
            board=board, key=f"G{n}", name=str(n), program=chance.choice(programs), starts_on=STARTS_ON, ends_on=ENDS_ON
        )
        for n in range(count)
    )
    places = [group for group in groups for _ in range(chance.randrange(3, 18))]
    students = make_students(board, [group.program.school for group in places], "G")
    GroupMember.objects.bulk_create(
        GroupMember(group=group, student=student, starts_on=STARTS_ON)
        for group, student in zip(places, students, strict=True)
    )
