"""Each next step leads to its page, and only those whom the page lets in."""

from dataclasses import dataclass

import pytest

from guidelines.catalogue import ENTRIES, Guideline
from guidelines.models import Flag
from guidelines.step_pages import is_for, page_of
from guidelines.tests.stage import Stage, week
from mentoring.models import Dyad, Mentor
from people.models import User
from programs.models import Program, SupportGroup

SUBJECTS = {
    "dyad": Dyad(pk=7, mentor_id=8),
    "group": SupportGroup(pk=7, program_id=8),
    "mentor": Mentor(pk=7, person_id=8),
    "teacher": User(pk=7),
    "program": Program(pk=7),
}


@dataclass(frozen=True)
class May:
    decide: bool = False
    log: bool = False


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_every_named_page_exists(entry: Guideline) -> None:
    flag = Flag(guideline=entry.code, **{entry.subject: SUBJECTS[entry.subject]})
    for step in entry.next_steps:
        assert bool(page_of(step.url_name, flag)) == bool(step.url_name), step.url_name


@pytest.mark.parametrize(
    ("name", "mentor", "lead", "reader"),
    [
        ("dyad_log", True, False, False),
        ("dyad_liaison", True, False, False),
        ("dyad_agreement", True, True, False),
        ("dyad_review", False, True, False),
        ("dyad_commitment", False, True, False),
        ("dyad", True, True, True),
        ("", True, True, True),
    ],
)
@pytest.mark.django_db
def test_a_step_is_shown_to_whom_its_page_lets_in(name: str, mentor: bool, lead: bool, reader: bool) -> None:
    flag, user = Flag(guideline="dyad-gap", dyad=Stage().dyad(week(1))), User(pk=0)
    assert is_for(name, flag, user, May(log=True)) == mentor
    assert is_for(name, flag, user, May(decide=True)) == lead
    assert is_for(name, flag, user, May()) == reader


@pytest.mark.django_db
def test_ones_style_and_approach_are_ones_own() -> None:
    mentor: Mentor = Stage().mentor
    flag = Flag(guideline="mentor-style", mentor=mentor)
    assert is_for("mentor_style", flag, mentor.person, May())
    assert not is_for("mentor_style", flag, User(pk=0), May(decide=True, log=True))
    assert page_of("mentor_style", flag) == "/mon-style/"
