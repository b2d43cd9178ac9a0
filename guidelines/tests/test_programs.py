"""What a programme says of itself, and whether its log follows: below, at and above each bound."""

from datetime import date, timedelta

import pytest

from guidelines.models import GuidelineSetting
from guidelines.tests.group_stage import GroupStage
from guidelines.tests.stage import YEAR, week
from mentoring.models import DyadMeeting
from people.models import User
from programs.models import (
    ExpectedResult,
    GroupLead,
    GroupMeeting,
    Program,
    ProgramActivity,
    ProgramRole,
    RoleAcknowledgement,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 30)


@pytest.fixture
def stage(db: None) -> GroupStage:
    return GroupStage()


def change(stage: GroupStage, **fields: object) -> None:
    Program.objects.filter(pk=stage.program.pk).update(**fields)


@pytest.mark.parametrize(
    ("form", "expected"),
    [("individual", None), ("", None), ("group", ("info", None, None)), ("remote", ("info", None, None))],
)
def test_mentoring_is_individual(stage: GroupStage, form: str, expected: object) -> None:
    change(stage, mentoring_form="group")  # says nothing of a programme of groups
    stage.new_program("PM", domain="mentoring", mentoring_form=form)
    assert stage.finding("program-form", ON) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"meetings_per_unit": 2, "minutes": 40}, None),
        ({"meetings_per_unit": 2}, ("warning", 1, 0)),
        ({"meetings_per_unit": 2, "minutes": 40, "forms": []}, ("warning", 1, 0)),
        ({"forms": []}, ("warning", 3, 0)),
        ({"domain": "mentoring", "meetings_per_unit": 1, "minutes": 60, "mentoring_form": "individual"}, None),
        ({"domain": "mentoring", "meetings_per_unit": 1, "minutes": 60}, ("warning", 1, 0)),
    ],
)
def test_frequency_length_and_form_are_set(stage: GroupStage, fields: dict[str, object], expected: object) -> None:
    change(stage, **fields)
    assert stage.finding("program-structure", ON) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"intervention": ""}, ("warning", 1, 0)),
        ({"forms": []}, ("warning", 1, 0)),
        ({"forms": [], "intervention": ""}, ("warning", 2, 0)),
        ({"forms": [], "intervention": "", "domain": "mentoring"}, None),
    ],
)
def test_a_programme_of_groups_has_a_type_and_forms(
    stage: GroupStage, fields: dict[str, object], expected: object
) -> None:
    change(stage, **fields)
    assert stage.finding("program-type", ON) == expected


def declare(stage: GroupStage, **fields: object) -> ProgramActivity:
    fields = {"theme": "social", "format": "group", "content": "game", **fields}
    return ProgramActivity.objects.create(board=stage.board, program=stage.program, name="Jeux", **fields)


def test_activities_are_tied_to_a_result_a_theme_and_a_format(stage: GroupStage) -> None:
    assert stage.finding("program-results", ON) == ("warning", 2, 0)  # no result, no activity
    result = ExpectedResult.objects.create(board=stage.board, program=stage.program, text="Appartenance")
    assert stage.finding("program-results", ON) == ("warning", 1, 0)
    activity = declare(stage, result=result)
    assert stage.finding("program-results", ON) is None
    declare(stage, result=result, theme="")
    declare(stage, result=None)
    assert stage.finding("program-results", ON) == ("warning", 1, 0)
    result.delete()
    assert stage.finding("program-results", ON) == ("warning", 2, 0)
    activity.delete()


def role(stage: GroupStage, actor: str, program: Program | None = None, **fields: str) -> ProgramRole:
    fields = {"role": "Accompagner", "limits": "Ni thérapie ni discipline", **fields}
    return ProgramRole.objects.create(board=stage.board, program=program or stage.program, actor=actor, **fields)


def accept(written: ProgramRole, person: User, on: date = ON) -> None:
    RoleAcknowledgement.objects.create(role=written, person=person, acknowledged_on=on)


def test_the_role_of_who_leads_is_written_and_accepted(stage: GroupStage) -> None:
    assert stage.finding("program-roles", ON) == ("info", None, None)
    role(stage, "mentor")
    written = role(stage, "teacher", limits=" ")
    assert stage.finding("program-roles", ON) == ("info", None, None)
    written.limits = "Ni thérapie ni discipline"
    written.save()
    assert stage.finding("program-roles", ON) is None  # nobody in charge yet
    group = stage.new_group()
    colleague = stage.new_person("L2")
    stage.entrust(group, colleague, YEAR[0])
    stage.new_group(key="H")
    assert stage.finding("program-roles", ON) == ("info", 2, 0)
    accept(written, stage.lead)
    assert stage.finding("program-roles", ON) == ("info", 1, 0)
    accept(written, colleague, ON + timedelta(days=1))
    assert stage.finding("program-roles", ON) == ("info", 1, 0)
    assert stage.finding("program-roles", ON + timedelta(days=1)) is None
    GroupLead.objects.filter(person=colleague).update(ends_on=ON)
    assert stage.finding("program-roles", ON) is None


def test_the_role_of_mentors_is_written_and_accepted(stage: GroupStage) -> None:
    change(stage, domain="mentoring")
    stage.program.refresh_from_db()
    written = role(stage, "mentor")
    stage.dyad(YEAR[0])
    assert stage.finding("program-roles", ON) == ("info", 1, 0)
    accept(written, stage.mentor.person)
    assert stage.finding("program-roles", ON) is None


@pytest.mark.parametrize(
    ("games", "talks", "expected"),
    [(4, 0, None), (2, 2, None), (50, 51, ("info", 50, 50)), (1, 3, ("info", 75, 50)), (1, 2, None)],
)
def test_what_is_logged_is_what_was_declared(stage: GroupStage, games: int, talks: int, expected: object) -> None:
    declare(stage)
    declare(stage, content="")
    group = stage.new_group()
    stage.meets(group, *[week(1)] * games, activities=["other", "game"])
    stage.meets(group, *[week(2)] * talks, activities=["exchange"])
    stage.meets(group, week(3), week(3), activities=[])
    stage.meets(group, date(2026, 8, 30), ON + timedelta(days=1), activities=["exchange"])
    assert stage.finding("program-contents-drift", ON) == expected
    assert stage.lacks("program-contents-drift", ON) == (games + talks < 4)


def test_without_declared_contents_there_is_no_drift(stage: GroupStage) -> None:
    stage.meets(stage.new_group(), *[week(1)] * 5, activities=["exchange"])
    declare(stage, content="")
    assert stage.finding("program-contents-drift", ON) is None
    assert stage.lacks("program-contents-drift", ON)


def planned(stage: GroupStage, in_time: int, late: int = 0, never: int = 0) -> None:
    group = stage.new_group()
    day = week(2)
    stage.meets(group, *[day] * in_time, logged_on=day + timedelta(days=7))
    stage.meets(group, *[day] * late, logged_on=day + timedelta(days=8))
    stage.meets(group, *[day] * never, status="planned", planned=False)


@pytest.mark.parametrize(
    ("in_time", "late", "never", "expected"),
    [(4, 1, 0, None), (4, 0, 1, None), (7, 1, 1, ("info", 77, 80)), (0, 0, 3, ("info", 0, 80)), (1, 0, 0, None)],
)
def test_planned_meetings_are_logged_within_a_week(
    stage: GroupStage, in_time: int, late: int, never: int, expected: object
) -> None:
    planned(stage, in_time, late, never)
    assert stage.finding("data-confidence", ON) == expected
    assert not stage.lacks("data-confidence", ON)


def test_what_can_still_be_logged_or_has_no_date_is_left_out(stage: GroupStage) -> None:
    group = stage.new_group()
    stage.meets(group, week(2), logged_on=None)
    stage.meets(group, week(2), planned=False, logged_on=week(6))
    stage.meets(group, week(3), status="planned")
    assert stage.lacks("data-confidence", week(4) - timedelta(days=1))
    assert stage.finding("data-confidence", week(4)) == ("info", 0, 80)


def test_meetings_of_dyads_count_and_contacts_do_not(stage: GroupStage) -> None:
    change(stage, domain="mentoring")
    stage.program.refresh_from_db()
    dyad = stage.dyad(YEAR[0])
    stage.meet(dyad, week(2), status="planned")
    stage.meet(dyad, week(2, 2), planned=True, logged_on=week(2, 2))
    stage.meet(dyad, *[week(2, 3)] * 4, planned=True, logged_on=week(2, 3), channel="phone")
    assert stage.finding("data-confidence", ON) == ("info", 50, 80)
    DyadMeeting.objects.filter(status="planned").update(status="not_held", reason="other", logged_on=week(2))
    assert stage.finding("data-confidence", ON) is None


def test_the_days_to_log_are_a_setting(stage: GroupStage) -> None:
    planned(stage, 0, late=1)
    assert stage.finding("data-confidence", ON) == ("info", 0, 80)
    GuidelineSetting.objects.create(
        board=stage.board, guideline="data-confidence", name="days", value=8, starts_on=YEAR[0], reason="essai"
    )
    assert stage.finding("data-confidence", ON) is None
    assert GroupMeeting.objects.count() == 1
