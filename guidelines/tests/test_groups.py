"""Who is in a group and who leads it: below, at and above each bound."""

from datetime import date

import pytest

from guidelines.tests.group_stage import GroupStage
from guidelines.tests.stage import YEAR
from programs.models import GroupLead, SchoolDay

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def stage(db: None) -> GroupStage:
    return GroupStage()


@pytest.mark.parametrize(
    ("members", "large", "small"),
    [
        (1, None, ("info", 1, 5)),
        (4, None, ("info", 4, 5)),
        (5, None, None),
        (12, None, None),
        (13, ("warning", 13, 12), None),
        (15, ("warning", 15, 12), None),
        (16, ("critical", 16, 15), None),
    ],
)
def test_a_group_has_five_to_twelve_members(stage: GroupStage, members: int, large: object, small: object) -> None:
    group = stage.new_group(members)
    stage.join(group, stage.pupil("gone"), YEAR[0], OCTOBER)
    assert stage.finding("group-too-large", OCTOBER) == large
    assert stage.finding("group-too-small", OCTOBER) == small
    assert not stage.lacks("group-too-small", OCTOBER)


def test_an_empty_group_is_not_small_but_unknown(stage: GroupStage) -> None:
    stage.new_group(0)
    assert stage.finding("group-too-small", OCTOBER) is None
    assert stage.lacks("group-too-small", OCTOBER)
    assert not stage.lacks("group-too-large", OCTOBER)


@pytest.mark.parametrize(
    ("grades", "expected"),
    [([1, 1], None), ([1, None], None), ([1, 2], ("info", 1, 0)), ([2, 3, None], ("info", 2, 0))],
)
def test_a_new_group_is_for_the_first_year(stage: GroupStage, grades: list[int | None], expected: object) -> None:
    group = stage.new_group()
    for n, grade in enumerate(grades):
        stage.join(group, stage.pupil(f"E{n}", grade))
    assert stage.finding("group-first-year", OCTOBER) == expected
    assert not stage.lacks("group-first-year", OCTOBER)


def test_the_second_year_of_the_cycle_is_expected_in_a_groups_second_year(stage: GroupStage) -> None:
    stage.next_year()
    group = stage.new_group(ends_on=None)
    stage.join(group, stage.pupil("E0", 2))
    assert stage.finding("group-first-year", date(2027, 8, 29)) == ("info", 1, 0)  # summer is still the first
    assert stage.finding("group-first-year", date(2027, 8, 30)) is None


def test_without_a_known_grade_the_first_year_is_unknown(stage: GroupStage) -> None:
    group = stage.new_group()
    assert stage.lacks("group-first-year", OCTOBER)
    stage.join(group, stage.pupil("E0", None))
    assert stage.lacks("group-first-year", OCTOBER)
    stage.join(group, stage.pupil("E1", 1))
    assert not stage.lacks("group-first-year", OCTOBER)


def test_a_group_has_an_adult_from_its_first_class_day_to_its_last(stage: GroupStage) -> None:
    group = stage.new_group(1, starts_on=date(2026, 9, 5), ends_on=date(2026, 12, 19))  # Saturdays
    GroupLead.objects.update(starts_on=date(2026, 10, 2), ends_on=date(2026, 12, 18))
    found = {
        date(2026, 9, 6): None,  # no class since the start
        date(2026, 9, 7): ("critical", 0, 0),
        date(2026, 10, 1): ("critical", 0, 0),
        date(2026, 10, 2): None,
        date(2026, 12, 17): None,
        date(2026, 12, 18): ("critical", 0, 0),  # a Friday: the last class day
    }
    assert {day: stage.finding("group-no-lead", day) for day in found} == found
    SchoolDay.objects.filter(date__gte=date(2026, 12, 18)).delete()
    assert stage.finding("group-no-lead", date(2026, 12, 18)) is None
    stage.entrust(group, stage.new_person("L2"), date(2026, 9, 7), date(2026, 9, 8))
    assert stage.finding("group-no-lead", date(2026, 9, 7)) is None
    assert stage.finding("group-no-lead", date(2026, 9, 8)) == ("critical", 0, 0)
