"""The trend of findings, from what happened to each: raised, in hand, cleared, week after week."""

from datetime import date

import pytest

from guidelines.actions import dismiss, take_in_charge
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.tests.stage import Stage, week
from people.access import Role
from people.models import Membership, User
from reports.drawings.trend import trend_svg
from reports.scope import Period, Scope
from reports.trend import draw, trend

ON = week(8, 3)


@pytest.fixture
def stage(db: None, long_after: None) -> Stage:
    return Stage()


def lead_of(stage: Stage) -> User:
    person = User.objects.create(board=stage.board, key="L", password="!")
    Membership.objects.create(person=person, role=Role.PROGRAM_LEAD, board=stage.board, program=stage.program)
    return person


def counts(stage: Stage, lead: User, on: date = ON) -> list[tuple[int, int, int, int]]:
    """(to examine, in hand, raised, cleared) of the weeks that had any."""
    rows = [(w.to_examine, w.in_hand, w.raised, w.cleared) for w in trend(lead, Scope([stage.program], on))]
    return [row for row in rows if any(row)]


def test_a_silence_is_one_finding_from_its_week_to_the_meeting_that_ends_it(stage: Stage) -> None:
    lead = lead_of(stage)
    dyad = stage.dyad(week(1))
    stage.meet(dyad, week(1), week(2))
    for number in range(1, 9):
        if number == 8:
            stage.meet(dyad, week(8))
        evaluate_board(stage.board, on=week(number, 3), codes=frozenset({"dyad-gap", "dyad-critical-period"}))
        if number == 7:
            take_in_charge(flag=Flag.objects.live().filter(dyad=dyad)[0], person=lead, on=week(7, 3))
    assert counts(stage, lead) == [(1, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 1)]
    assert counts(stage, lead, on=week(6, 3)) == [(1, 0, 1, 0)]


def test_what_a_person_sets_aside_is_neither_to_examine_nor_cleared(stage: Stage) -> None:
    lead = lead_of(stage)
    group = stage.group(16)
    evaluate_board(stage.board, on=week(6), codes=frozenset({"group-too-large"}))
    flag = Flag.objects.get(group=group)
    dismiss(flag=flag, person=lead, on=week(7), reason="Une seconde salle", review_on=week(30))
    assert counts(stage, lead) == [(1, 0, 1, 0)]
    other = User.objects.create(board=stage.board, key="X", password="!")
    assert counts(stage, other) == []


def test_a_period_has_its_own_weeks_and_an_adult_their_own_findings(stage: Stage) -> None:
    lead = lead_of(stage)
    stage.dyad(week(1))
    for number in range(1, 9):
        evaluate_board(stage.board, on=week(number, 3), codes=frozenset({"dyad-gap"}))
    early = trend(lead, Scope([stage.program], ON, Period(week(1), week(5))))
    assert [row.monday for row in early] == [week(number) for number in range(1, 5)]
    mentors = trend(lead, Scope([stage.program], ON, adult=stage.mentor.person_id))
    assert sum(row.raised for row in mentors) == 1
    assert not any(row.raised for row in trend(lead, Scope([stage.program], ON, adult=lead.pk)))


def test_the_picture_has_three_patterns_each_with_its_name_and_an_edge() -> None:
    picture = trend_svg((("2 nov.", (3, 1, 0)), ("9 nov.", (1, 2, 4))), "Titre <b>")
    for word in ("1 nouveau", "2 en charge", "4 réglés", "url(#trend-hatch)", 'id="trend-hatch"', "var(--accent-soft)"):
        assert word in picture
    assert picture.count('stroke="var(--accent)"') >= 8
    for refused in ("style=", "<style", "<script", "graphics-"):
        assert refused not in picture


def test_the_title_compares_with_four_weeks_before_where_the_period_holds_them(stage: Stage) -> None:
    lead = lead_of(stage)
    stage.group(16)
    evaluate_board(stage.board, on=week(1, 3), codes=frozenset({"group-too-large"}))

    def title(weeks: int) -> str:
        drawn = draw(lead, Scope([stage.program], ON, Period(week(9 - weeks), week(9))))
        assert drawn
        return drawn.title

    assert title(5) == "1 relation ou groupe à suivre, contre 1 il y a quatre semaines"
    assert title(4) == "1 relation ou groupe à suivre"
