"""Releases, functions and foundations of resource teachers: below, at and above each bound."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from guidelines.tests.group_stage import GroupStage
from guidelines.tests.stage import YEAR
from programs.models import Foundation, FunctionTime, GroupLead, TeacherRelease

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 1)


@pytest.fixture
def stage(db: None) -> GroupStage:
    return GroupStage()


def release(stage: GroupStage, *percents: str) -> None:
    for percent in percents:
        TeacherRelease.objects.create(
            person=stage.lead, school_year=stage.year, percent=Decimal(percent), base="whole_task"
        )


@pytest.mark.parametrize(
    ("percents", "expected"),
    [
        ([], ("info", None, None)),
        (["0"], None),
        (["50"], None),
        (["33.33", "16.67"], None),
        (["33.33", "16.68"], ("critical", 51, 50)),
        (["40", "20.5"], ("critical", 61, 50)),
    ],
)
def test_up_to_half_of_a_task_is_released(stage: GroupStage, percents: list[str], expected: object) -> None:
    stage.new_group()
    release(stage, *percents)
    assert stage.finding("teacher-release", ON) == expected


def test_too_large_a_release_is_seen_without_a_group_and_none_is_asked(stage: GroupStage) -> None:
    assert stage.finding("teacher-release", ON) is None
    release(stage, "60")
    assert stage.finding("teacher-release", ON) == ("critical", 60, 50)
    stage.next_year()
    assert stage.finding("teacher-release", date(2027, 8, 29)) == ("critical", 60, 50)
    assert stage.finding("teacher-release", date(2027, 8, 30)) is None


def spend(stage: GroupStage, *functions: str, on: date = ON, **fields: object) -> None:
    for function in functions:
        fields = {"minutes": 30, **fields}
        FunctionTime.objects.create(board=stage.board, person=stage.lead, on=on, function=function, **fields)


@pytest.mark.parametrize(
    ("functions", "expected"),
    [
        ([], None),
        (["students"], ("info", 2, 0)),
        (["students", "services", "students"], ("info", 1, 0)),
        (["students", "teachers", "services"], None),
    ],
)
def test_each_of_the_three_functions_has_its_time(stage: GroupStage, functions: list[str], expected: object) -> None:
    stage.new_group()
    spend(stage, *functions, preparation=True)
    assert stage.finding("teacher-functions", ON) == expected
    assert stage.lacks("teacher-functions", ON) == (not functions)


def test_the_time_of_the_school_year_counts_up_to_the_day(stage: GroupStage) -> None:
    stage.new_group()
    spend(stage, "students", on=YEAR[0])
    spend(stage, "teachers", on=date(2026, 8, 30))
    spend(stage, "teachers", on=date(2026, 10, 2))
    spend(stage, "services", deleted_at=timezone.now())
    spend(stage, "services", minutes=0)
    assert stage.finding("teacher-functions", ON) == ("info", 2, 0)
    assert stage.finding("teacher-functions", date(2026, 10, 2)) == ("info", 1, 0)


@pytest.mark.parametrize(("count", "expected"), [(0, ("warning", 0, 5)), (4, ("warning", 4, 5)), (5, None)])
def test_the_five_foundations_are_stated(stage: GroupStage, count: int, expected: object) -> None:
    stage.new_group()
    for topic in Foundation.Topic.values[:count]:
        Foundation.objects.create(person=stage.lead, topic=topic, stated_on=ON, statement="…")
    assert stage.finding("teacher-foundations", ON) == expected
    assert stage.finding("teacher-foundations", date(2026, 9, 30)) == ("warning", 0, 5)


def test_only_who_leads_an_open_group_is_asked(stage: GroupStage) -> None:
    stage.new_group(ends_on=date(2026, 12, 1))
    GroupLead.objects.update(starts_on=date(2026, 9, 2))
    days = [date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 30), date(2026, 12, 1)]
    assert [bool(stage.finding("teacher-foundations", day)) for day in days] == [False, True, True, False]
