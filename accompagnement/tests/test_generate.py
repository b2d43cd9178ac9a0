"""Synthetic boards have the shape that they promise, the same rows each time, and are evaluated as any other."""

import dataclasses
import random
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, Max
from django.test.utils import CaptureQueriesContext

from accompagnement.synthetic.calendar import SchoolYearDays, Years
from accompagnement.synthetic.generate import generate
from accompagnement.synthetic.shape import SIZES, Size, school_shapes
from accompagnement.synthetic.tables import Tables
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent
from mentoring.models import Dyad, DyadMeeting
from people.models import School, SchoolBoard, Student, User
from programs.models import Attendance, GroupMember, SchoolYear, SupportGroup

pytestmark = pytest.mark.once

ON = date(2026, 11, 22)
TINY = Size(1, 1, 20, 2, 20, 20)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    return {sheet.model.__name__: list(sheet.model._base_manager.order_by("pk").values_list()) for sheet in Tables(1)}


def queries_of_evaluation() -> int:
    with CaptureQueriesContext(connection) as captured:
        evaluate_board(SchoolBoard.objects.get(), on=ON, write=False)
    return len(captured)


@pytest.mark.django_db
@pytest.mark.usefixtures("long_after")
def test_a_school_has_its_shape_and_is_evaluated_once() -> None:
    with transaction.atomic():
        generate(TINY, on=ON, years=2)
        small = queries_of_evaluation()
        transaction.set_rollback(True)
    call_command("generate", size="school", years=2, on=ON.isoformat(), verbosity=0, stdout=StringIO())
    connection.check_constraints()

    assert (SchoolBoard.objects.count(), School.objects.count()) == (1, 1)
    assert Dyad.objects.open_on(ON).count() == 110
    assert SupportGroup.objects.active_on(ON).count() == 10
    year = SchoolYear.objects.latest("starts_on")
    meetings = DyadMeeting.objects.filter(on__gte=year.starts_on)
    assert meetings.count() == pytest.approx(2_700, rel=0.1)
    assert DyadMeeting.objects.filter(on__lt=year.starts_on).count() == pytest.approx(2_600, rel=0.1)
    past = meetings.meetings().filter(on__lte=ON)
    assert past.held().count() / past.count() == pytest.approx(0.87, abs=0.04)
    assert set(past.values_list("status", flat=True)) == {"planned", "held", "not_held"}
    assert meetings.filter(on__gt=ON, status="planned").exists()
    assert Dyad.objects.filter(ends_on__lt=year.starts_on).exists()
    assert Attendance.objects.exists()
    sizes = GroupMember.objects.values("group").annotate(size=Count("pk")).values_list("size", flat=True)
    assert min(sizes) < 10 < max(sizes)
    assert not User.objects.get(email="admin@synthetic-01.example").has_usable_password()

    board = SchoolBoard.objects.get()
    first = evaluate_board(board, on=ON)
    assert first.raised == len(first.findings) > 20
    before = list(Flag.objects.order_by("pk").values()), FlagEvent.objects.count()
    again = evaluate_board(board, on=ON)
    assert (again.raised, again.changed, again.cleared) == (0, 0, 0)
    assert (list(Flag.objects.order_by("pk").values()), FlagEvent.objects.count()) == before
    assert queries_of_evaluation() == small


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_rows() -> None:
    made = []
    for seed in (3, 3, 4):
        with transaction.atomic():
            generate(TINY, on=ON, years=1, seed=seed)
            made.append(rows())
            transaction.set_rollback(True)
    assert made[0] == made[1]
    assert made[0]["Dyad"] != made[2]["Dyad"]
    assert all(made[0].values())


@pytest.mark.django_db
def test_the_database_goes_on_numbering_after_the_rows_written() -> None:
    generate(TINY, on=ON, years=1)
    school = School.objects.get()
    last = Student.objects.aggregate(last=Max("pk"))["last"]
    student = Student.objects.create(board=school.board, school=school, given_name="A", family_name="B")
    if connection.vendor == "postgresql":
        assert student.pk == last + 1
    else:
        assert student.pk > last, "SQLite never gives a number twice, and other tests have taken some"


@pytest.mark.django_db
def test_synthetic_boards_are_made_once() -> None:
    SchoolBoard.objects.create(key="synthetic-01", name="S")
    with pytest.raises(CommandError, match="synthetic-01"):
        call_command("generate", size="school", on=ON.isoformat())
    with pytest.raises(CommandError, match="2026-13-01"):
        call_command("generate", size="school", on="2026-13-01")
    with pytest.raises(CommandError, match="20"):
        call_command("generate", size="school", years=0)


@pytest.mark.django_db
def test_indexes_come_back_as_they_were() -> None:
    def schema() -> list[tuple[str]]:
        if connection.vendor == "sqlite":
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL SELECT"
                " conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1"
            )
            return cursor.fetchall()

    before = schema()
    generate(dataclasses.replace(TINY, index_last=True), on=ON, years=1)
    assert schema() == before
    assert Dyad.objects.open_on(ON).count() == TINY.dyads


@pytest.mark.parametrize("name", SIZES)
def test_sizes_add_up_and_are_skewed(name: str) -> None:
    size = SIZES[name]
    shapes = school_shapes(size, seed=1)
    dyads = [shape.dyads for shape in shapes]
    assert (len(shapes), sum(dyads), sum(shape.groups for shape in shapes)) == (size.schools, size.dyads, size.groups)
    assert {shape.board for shape in shapes} == set(range(size.boards))
    assert min(dyads) == size.smallest
    assert max(dyads) == size.largest


@pytest.mark.parametrize("weeks", [37, 38])
def test_a_year_has_its_class_weeks_and_the_day_is_late_in_it(weeks: int) -> None:
    years = Years(ON, 2, weeks)
    year = SchoolYearDays.of(years, 1, random.Random(1))
    assert len(year.weeks) == weeks
    assert sum(1 for days in year.weeks if days[0] <= ON) == 34
    assert year.starts_on > years.ends_on(0)
