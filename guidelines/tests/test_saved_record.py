"""A record saved settles its finding at once, and asks the database of nothing that such a record can't move."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.tests.group_stage import TERM, GroupStage
from guidelines.tests.stage import Stage
from mentoring import actions as mentoring
from mentoring.models import Dyad
from programs import actions as programs
from programs.models import SupportGroup

pytestmark = pytest.mark.django_db

ON, IN_TERM = date(2026, 11, 16), date(2026, 10, 6)
GROUP_WEEKS, DYAD_WEEKS = "group_week AS", "dyad_week AS"


def measured(save: Callable[[], object]) -> str:
    """The statements of the measures that a save runs."""
    with CaptureQueriesContext(connection) as queries:
        save()
    return " ".join(query["sql"] for query in queries if query["sql"].lstrip().startswith("WITH"))


@pytest.fixture(autouse=True)
def _no_kept_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """As behind a pool: each statement is sent whole, to be read."""
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)


@pytest.fixture
def group() -> SupportGroup:
    stage = GroupStage()
    stage.term(*TERM)
    group = stage.new_group(5)
    stage.meets(group, IN_TERM)
    evaluate_board(stage.board, on=ON)
    return group


@pytest.fixture
def dyad() -> Dyad:
    stage = Stage()
    stage.term(*TERM)
    dyad = stage.dyad(TERM[0])
    evaluate_board(stage.board, on=ON)
    return dyad


def is_live(code: str) -> bool:
    return Flag.objects.live().filter(guideline=code).exists()


def test_an_individual_moment_looks_at_no_meeting(group: SupportGroup) -> None:
    lead, students = group.leads.get().person, [member.student for member in group.members.all()]
    assert is_live("group-individual-contact")
    said = {"met_on": IN_TERM, "channel": "in_person", "minutes": 10, "person": lead, "on": ON}
    statements = measured(
        lambda: programs.log_student_contacts(group=group, students=students, entry_uuid=uuid.uuid4(), **said)
    )
    assert not is_live("group-individual-contact")
    assert "programs_studentcontact" in statements
    assert GROUP_WEEKS not in statements
    assert "programs_attendance" not in statements


def test_a_group_meeting_looks_at_no_contact(group: SupportGroup) -> None:
    lead = group.leads.get().person
    assert is_live("group-gap")
    said = {"met_on": ON, "minutes": 50, "activities": [], "person": lead, "on": ON}
    statements = measured(
        lambda: programs.log_group_meeting(group=group, absent=[], late=[], entry_uuid=uuid.uuid4(), **said)
    )
    assert not is_live("group-gap")
    assert GROUP_WEEKS in statements
    assert "programs_studentcontact" not in statements


def test_what_a_teacher_said_looks_at_no_week(dyad: Dyad) -> None:
    fact = mentoring.Fact(dyad, IN_TERM, dyad.mentor.person, uuid.uuid4())
    assert is_live("dyad-teacher-liaison")
    statements = measured(lambda: mentoring.log_liaison(fact=fact, on=ON, channel="email"))
    assert not is_live("dyad-teacher-liaison")
    assert "mentoring_teacherliaison" in statements
    assert DYAD_WEEKS not in statements
    met = mentoring.Entry(ON, minutes=20, channel="in_person")
    statements = measured(
        lambda: mentoring.log_meeting(dyad=dyad, entry=met, person=fact.person, on=ON, entry_uuid=uuid.uuid4())
    )
    assert DYAD_WEEKS in statements
    assert "mentoring_teacherliaison" not in statements
