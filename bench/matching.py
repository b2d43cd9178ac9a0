"""What proposing matches costs: sixty students who wait and fifty mentors, at once."""

import json
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction

from accompagnement.synthetic.school import wishes
from bench.evaluation import ON, queries_of
from bench.timing import Budgeted, Measured, milliseconds
from mentoring.actions.matching import propose
from mentoring.models import Mentor, Referral, Training
from people.access import Role
from people.models import Student, User
from programs.models import Program

STUDENTS, MENTORS = 60, 50
SECONDS = (2.0, 1.0, 0.5)
MOST_QUERIES = 20


def measure() -> Iterator[Measured | Budgeted]:
    """In a mentoring programme of the boards, rolled back: the solver is loaded once, before the clock."""
    program = Program.objects.select_related("board", "school").filter(domain=Program.Domain.MENTORING)[0]
    lead = User.objects.filter(memberships__role=Role.PROGRAM_LEAD, memberships__school=program.school)[0]
    with transaction.atomic():
        fill(program)

        def proposed() -> None:
            propose(program=program, person=lead, on=ON)

        proposed()
        queries, spent = queries_of(proposed), milliseconds(proposed)
        transaction.set_rollback(True)
    name = f"matching: {STUDENTS} students, {MENTORS} mentors"
    yield Measured(name, spent, goals=SECONDS, queries=queries)
    yield Budgeted(f"{name}, seconds on this machine", spent / 1000, "s", SECONDS[0], SECONDS[1])
    yield Budgeted(f"{name}, queries", queries, "", MOST_QUERIES, MOST_QUERIES)


def fill(program: Program) -> None:
    """Nobody else waits, and nobody else has a place."""
    Referral.objects.filter(program=program).delete()
    Mentor.objects.filter(person__school=program.school).update(places=0)
    here = {"board": program.board, "school": program.school}
    students = Student.objects.bulk_create(
        Student(**here, key=f"matching{n}", given_name=f"M{n}", family_name="Mesure") for n in range(STUDENTS)
    )
    Referral.objects.bulk_create(
        Referral(student=one, program=program, referred_on=ON - timedelta(days=n), interests=interests, times=times)
        for n, one in enumerate(students)
        for interests, times in [map(json.loads, wishes(n))]
    )
    adults = User.objects.bulk_create(
        User(**here, key=f"matching{n}", given_name=f"M{n}", family_name="Mesure") for n in range(MENTORS)
    )
    kind, done = Training.Kind.INITIAL, ON - timedelta(days=30)
    Training.objects.bulk_create(Training(person=one, kind=kind, completed_on=done, minutes=120) for one in adults)
    Mentor.objects.bulk_create(
        Mentor(person=one, kind=Mentor.Kind.TEACHER, places=1 + n % 2, interests=interests, times=times)
        for n, one in enumerate(adults)
        for interests, times in [map(json.loads, wishes(n))]
    )
