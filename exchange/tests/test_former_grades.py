"""The year of a child is known for each day: what a roll-over changes leaves past evaluations as they were."""

from datetime import date

import pytest

from accompagnement.demo.cast import Cast
from exchange.rosters.upsert import Count, upsert
from guidelines.evaluation import findings
from guidelines.measures import Scope
from people.models import FormerGrade, Student

pytestmark = pytest.mark.on_postgresql
CODES = frozenset({"group-first-year"})


def beyond(cast: Cast, on: date) -> int | None:
    found = findings(Scope(cast.board, on, cast.tremplin, codes=CODES))
    return found[0].value if found else None


def test_a_past_day_says_the_same_after_the_children_changed_year(cast: Cast) -> None:
    before, members = beyond(cast, date(2026, 11, 20)), cast.tremplin.members.values("student")
    students = Student.objects.filter(pk__in=members)
    assert before is None
    upsert(Student, cast.board, {student.key: {"grade": 2} for student in students}, Count())
    assert beyond(cast, date(2026, 11, 20)) is None
    assert beyond(cast, cast.on) == students.count()
    upsert(Student, cast.board, {student.key: {"grade": 3} for student in students}, Count())
    assert set(FormerGrade.objects.values_list("grade", "until")) == {(1, cast.on)}, "the first of a day is kept"
