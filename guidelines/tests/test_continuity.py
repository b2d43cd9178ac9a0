"""The same adult for the first cycle: what counts as a change, how grave, until when."""

from datetime import date

import pytest

from guidelines.tests.group_stage import GroupStage
from guidelines.tests.stage import YEAR
from programs.models import GroupLead

pytestmark = pytest.mark.django_db
CODE = "group-continuity"
CHANGE = date(2026, 12, 1)
SEPTEMBER = date(2027, 9, 1)


@pytest.fixture
def stage(db: None) -> GroupStage:
    stage = GroupStage()
    stage.next_year()
    return stage


def hand_over(stage: GroupStage, left_on: date, starts_on: date, why: str = "left") -> None:
    """The one group's adult leaves, and another comes."""
    lead = GroupLead.objects.get()
    lead.ends_on, lead.reason = left_on, why
    lead.save()
    stage.entrust(lead.group, stage.new_person("L2"), starts_on)


@pytest.mark.parametrize(
    ("left_on", "starts_on", "expected"),
    [
        (CHANGE, CHANGE, ("warning", 2, 0)),
        (date(2026, 11, 2), CHANGE, ("warning", 2, 0)),  # weeks without anybody
        (date(2026, 12, 2), CHANGE, None),  # a day together: nobody had left
        (date(2027, 6, 24), date(2027, 9, 1), ("info", 2, 0)),  # over the summer
        (date(2027, 6, 23), date(2027, 8, 15), ("info", 2, 0)),
        (date(2027, 6, 23), date(2027, 6, 23), ("warning", 2, 0)),  # before the year's last class day
        (date(2027, 9, 2), date(2027, 9, 2), ("warning", 2, 0)),  # a day of class after the start of the second year
    ],
)
def test_a_change_within_a_year_is_graver_than_between_two(
    stage: GroupStage, left_on: date, starts_on: date, expected: object
) -> None:
    stage.new_group(2, ends_on=None)
    hand_over(stage, left_on, starts_on)
    assert stage.finding(CODE, date(2027, 9, 15)) == expected
    assert stage.finding(CODE, min(left_on, starts_on).replace(day=1)) is None or left_on == CHANGE


@pytest.mark.parametrize(("starts_on", "expected"), [(CHANGE, ("critical", 1, 0)), (SEPTEMBER, ("warning", 1, 0))])
def test_a_programme_against_dropout_raises_it_a_step(stage: GroupStage, starts_on: date, expected: object) -> None:
    stage.program.prevents_dropout = True
    stage.program.save()
    stage.new_group(1, ends_on=None)
    hand_over(stage, starts_on if starts_on == CHANGE else YEAR[1], starts_on)
    assert stage.finding(CODE, date(2027, 9, 15)) == expected


def test_a_leave_and_the_return_do_not_count(stage: GroupStage) -> None:
    group = stage.new_group(1, ends_on=None)
    hand_over(stage, CHANGE, CHANGE, why="leave")
    assert stage.finding(CODE, SEPTEMBER) is None
    substitute = GroupLead.objects.get(person__key="L2")
    substitute.ends_on, substitute.reason = date(2027, 2, 1), "other"
    substitute.save()
    back = stage.entrust(group, stage.lead, date(2027, 2, 1))
    assert stage.finding(CODE, SEPTEMBER) is None
    back.person = stage.new_person("L3")
    back.save()
    assert stage.finding(CODE, SEPTEMBER) == ("warning", 1, 0)


def test_only_those_who_were_there_before_are_concerned(stage: GroupStage) -> None:
    group = stage.new_group(1, ends_on=None)
    stage.join(group, stage.pupil("new"), CHANGE)
    stage.join(group, stage.pupil("gone"), YEAR[0], date(2027, 1, 15))
    hand_over(stage, CHANGE, CHANGE)
    assert stage.finding(CODE, date(2026, 11, 30)) is None
    assert stage.finding(CODE, CHANGE) == ("warning", 2, 0)
    assert stage.finding(CODE, date(2027, 1, 15)) == ("warning", 1, 0)


def test_the_first_cycle_ends_with_the_second_school_year(stage: GroupStage) -> None:
    stage.new_group(1, ends_on=None)
    hand_over(stage, CHANGE, CHANGE)
    assert stage.finding(CODE, date(2028, 6, 23)) == ("warning", 1, 0)
    assert stage.finding(CODE, date(2028, 6, 24)) is None


def test_moving_to_a_group_of_another_adult_counts(stage: GroupStage) -> None:
    former = stage.new_group(key="G1")
    group = stage.new_group(key="G2", lead=stage.new_person("L2"))
    student = stage.pupil("E0")
    stage.join(former, student, YEAR[0], CHANGE)
    stage.join(group, student, CHANGE)
    assert stage.finding(CODE, date(2026, 12, 15)) == ("warning", 1, 0)
    both = stage.entrust(group, stage.lead, date(2026, 10, 1))
    assert stage.finding(CODE, date(2026, 12, 15)) is None  # somebody leads both
    both.delete()
    former.leads.update(ends_on=date(2026, 11, 30))
    assert stage.finding(CODE, date(2026, 12, 15)) is None  # nobody was there to be lost


def test_who_is_still_in_the_former_group_has_lost_nobody(stage: GroupStage) -> None:
    former = stage.new_group(key="G1")
    group = stage.new_group(key="G2", lead=stage.new_person("L2"))
    other = stage.new_group(key="G3", lead=stage.new_person("L3"), program=stage.new_program("P2"))
    student = stage.pupil("E0")
    stage.join(former, student)
    stage.join(group, student, CHANGE)
    stage.join(other, student, CHANGE)
    assert stage.finding(CODE, date(2026, 12, 15)) is None
    former.members.update(ends_on=date(2026, 12, 2))  # both groups for a day
    assert stage.finding(CODE, date(2026, 12, 15)) is None
    former.members.update(ends_on=CHANGE)
    assert stage.finding(CODE, date(2026, 12, 15)) == ("warning", 1, 0)
