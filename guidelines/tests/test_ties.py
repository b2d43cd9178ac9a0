"""The ties of a group by term, and absences that repeat: below, at and above each bound."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from guidelines.models import GuidelineSetting
from guidelines.tests.group_stage import TERM, GroupStage
from guidelines.tests.stage import YEAR, week
from people.models import Student
from programs.models import Attendance, FamilyContact, GroupReview, StudentContact, SupportGroup

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
IN_TERM = date(2026, 10, 1)
BY_TERM = ("group-individual-contact", "group-family-contact", "group-review")


@pytest.fixture
def stage(db: None) -> GroupStage:
    return GroupStage()


def log(model: Any, group: SupportGroup, key: str, on: date = IN_TERM, **fields: Any) -> None:
    student = Student.objects.get(key=key) if key else None
    model.objects.create(board=group.board, group=group, student=student, on=on, **fields)


def test_without_an_ended_term_the_ties_are_unknown(stage: GroupStage) -> None:
    stage.new_group(1)
    stage.term()
    for code in BY_TERM:
        assert stage.lacks(code, date(2026, 11, 6))
        assert stage.finding(code, date(2026, 11, 6)) is None
        assert not stage.lacks(code, date(2026, 11, 7))
        assert stage.finding(code, date(2026, 11, 7)) is not None


@pytest.mark.parametrize(
    ("model", "code", "severity"),
    [(StudentContact, "group-individual-contact", "info"), (FamilyContact, "group-family-contact", "warning")],
)
def test_each_student_and_each_family_is_met_in_a_term(stage: GroupStage, model: Any, code: str, severity: str) -> None:
    stage.term()
    group, other = stage.new_group(3), stage.new_group(key="H")
    assert stage.finding(code, ON) == (severity, 3, 0)
    log(model, group, "G0")
    log(model, group, "G1", on=date(2026, 8, 30))
    log(model, group, "G1", on=TERM[1])
    log(model, group, "G1", deleted_at=timezone.now())
    assert stage.finding(code, ON) == (severity, 2, 0)
    log(model, other, "G1", on=TERM[0])
    log(model, other, "G2", on=date(2026, 11, 6))
    assert stage.finding(code, ON) is None


def test_a_family_that_could_not_be_reached_has_had_no_contact(stage: GroupStage) -> None:
    stage.term()
    group = stage.new_group(1)
    log(FamilyContact, group, "G0", outcome="no_answer")
    assert stage.finding("group-family-contact", ON) == ("warning", 1, 0)
    log(FamilyContact, group, "G0", outcome="message_left")
    assert stage.finding("group-family-contact", ON) is None


@pytest.mark.parametrize(
    ("entry", "present"), [(date(2026, 10, 9), True), (date(2026, 10, 10), True), (date(2026, 10, 11), False)]
)
def test_only_who_was_there_for_twenty_eight_days_counts(stage: GroupStage, entry: date, present: bool) -> None:
    stage.term()
    group = stage.new_group()
    log(GroupReview, group, "")
    stage.join(group, stage.pupil("E0"), entry)
    for code in BY_TERM:
        found = stage.finding(code, ON)
        assert (found[1] if found else 0) == present


def test_the_days_of_presence_are_a_setting_of_the_programme(stage: GroupStage) -> None:
    stage.term()
    group = stage.new_group()
    stage.join(group, stage.pupil("E0"), date(2026, 10, 11))
    for program in (stage.program, stage.new_program("P2")):
        GuidelineSetting.objects.create(
            board=stage.board,
            program=program,
            guideline="group-individual-contact",
            name="presence_days",
            value=27 if program == stage.program else 60,
            starts_on=YEAR[0],
            reason="essai",
        )
    assert stage.finding("group-individual-contact", ON) == ("info", 1, 0)
    assert stage.finding("group-family-contact", ON) is None


def test_the_group_and_each_tie_are_reviewed_in_a_term(stage: GroupStage) -> None:
    stage.term()
    group, other = stage.new_group(2), stage.new_group(key="H", starts_on=date(2026, 10, 11))
    assert stage.finding("group-review", ON) == ("info", 3, 0)
    log(GroupReview, group, "")
    log(GroupReview, group, "G0")
    log(GroupReview, other, "G1")
    assert stage.finding("group-review", ON) == ("info", 1, 0)
    log(GroupReview, group, "G1")
    assert stage.finding("group-review", ON) is None


def four(stage: GroupStage, group: SupportGroup, *keys: str, status: str = "absent") -> None:
    for meeting in stage.meets(group, *[week(n) for n in (1, 2, 3, 4)]):
        stage.marks(meeting, **dict.fromkeys(keys, status))


def test_four_absences_in_a_row_ask_for_news(stage: GroupStage) -> None:
    group = stage.new_group(3)
    four(stage, group, "G0", "G1")
    assert stage.finding("group-attendance", week(4)) == ("info", 2, 0)
    Attendance.objects.filter(student__key="G0").last().delete()
    assert stage.finding("group-attendance", week(4)) == ("info", 1, 0)
    Attendance.objects.filter(student__key="G1", meeting__on=week(2)).update(status="present")
    assert stage.finding("group-attendance", week(4)) is None


@pytest.mark.parametrize("status", ["excused", "late", "present"])
def test_an_excused_absence_is_no_absence(stage: GroupStage, status: str) -> None:
    four(stage, stage.new_group(1), "G0", status=status)
    assert stage.finding("group-attendance", week(4)) is None
    assert not stage.lacks("group-attendance", week(4))


def test_only_meetings_with_marks_are_looked_at(stage: GroupStage) -> None:
    group = stage.new_group(1)
    four(stage, group, "G0")
    assert stage.lacks("group-attendance", week(3))
    stage.meets(group, week(5))
    assert stage.finding("group-attendance", week(5)) == ("info", 1, 0)
    [later] = stage.meets(group, week(6))
    stage.marks(later, G0="present")
    assert stage.finding("group-attendance", week(6)) is None
