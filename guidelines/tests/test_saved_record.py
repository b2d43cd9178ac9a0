"""A record saved settles its finding at once, and asks the database of nothing that such a record can't move."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.tests.group_stage import TERM, GroupStage
from guidelines.tests.stage import Stage
from mentoring.models import Dyad
from people.models import User
from programs.log.kinds import KINDS, Entry, Part
from programs.log.verbs import log
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


def logged(kind: str, of: Any, entries: Sequence[Entry], person: User) -> Callable[[], object]:
    parts = [Part(KINDS[kind], of, entry, uuid.uuid4()) for entry in entries]
    return lambda: log(parts=parts, person=person, on=ON)


def test_an_individual_moment_looks_at_no_meeting(group: SupportGroup) -> None:
    lead, said = group.leads.get().person, {"channel": "in_person", "minutes": 10}
    entries = [Entry(IN_TERM, said | {"student_id": member.student_id}) for member in group.members.all()]
    assert is_live("group-individual-contact")
    statements = measured(logged("contact", group, entries, lead))
    assert not is_live("group-individual-contact")
    assert "programs_studentcontact" in statements
    assert GROUP_WEEKS not in statements
    assert "programs_attendance" not in statements


def test_a_group_meeting_looks_at_no_contact(group: SupportGroup) -> None:
    assert is_live("group-gap")
    met = Entry(ON, {"status": "held", "minutes": 50})
    statements = measured(logged("rencontre-groupe", group, [met], group.leads.get().person))
    assert not is_live("group-gap")
    assert GROUP_WEEKS in statements
    assert "programs_studentcontact" not in statements


def test_what_a_teacher_said_looks_at_no_week(dyad: Dyad) -> None:
    mentor = dyad.mentor.person
    assert is_live("dyad-teacher-liaison")
    statements = measured(logged("echange", dyad, [Entry(IN_TERM, {"channel": "email"})], mentor))
    assert not is_live("dyad-teacher-liaison")
    assert "mentoring_teacherliaison" in statements
    assert DYAD_WEEKS not in statements
    met = Entry(ON, {"status": "held", "minutes": 20, "channel": "in_person"})
    statements = measured(logged("rencontre", dyad, [met], mentor))
    assert DYAD_WEEKS in statements
    assert "mentoring_teacherliaison" not in statements
