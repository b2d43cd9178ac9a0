"""How long relationships last: which ends are early, and until when each relationship is followed."""

from datetime import date, timedelta

import pytest

from guidelines.tests.stage import YEAR, Stage, week
from mentoring.models import Dyad
from people.access import Role
from people.models import Membership, User
from programs.models import SchoolYear
from reports.drawings.lengths import Cohort, survival_svg
from reports.lengths import FIGURE, Relationship, is_known, landmarks, survival_title, told_first
from reports.scope import Period, Scope
from reports.survival import Length, kaplan_meier

START, DUE, GRACE = date(2026, 1, 5), date(2026, 7, 5), timedelta(days=7)


def lived(*, ends_on: date | None = None, last_on: date | None = None, due: date | None = DUE) -> Relationship:
    return Relationship(START, ends_on, last_on, due, GRACE)


@pytest.mark.parametrize(
    ("ends_on", "is_early"),
    [(date(2026, 6, 27), True), (date(2026, 6, 28), False), (DUE, False), (date(2026, 9, 5), False)],
)
def test_an_end_is_early_before_what_was_due_less_the_grace(ends_on: date, is_early: bool) -> None:
    length = lived(ends_on=ends_on).length(date(2026, 12, 1))
    assert (length.ended, length.planned) == (is_early, not is_early)


def test_one_that_nobody_closed_leaves_the_followed_after_its_committed_end_and_the_grace() -> None:
    """A year of silence after the end of its commitment adds nothing to its length."""
    left = Length(lived().length(DUE + GRACE).months, ended=False)
    assert lived().length(DUE + timedelta(days=365)) == left
    assert left.months < 6.3
    assert lived().length(DUE - timedelta(days=30)).months < 6


def test_one_that_still_meets_after_its_committed_end_is_followed_to_its_last_meeting() -> None:
    on = date(2027, 1, 5)
    assert lived(last_on=date(2026, 12, 30)).length(on).months == 12
    assert lived(last_on=date(2026, 9, 28)).length(on) == Length(9, ended=False)


def test_what_is_not_closed_yet_is_no_end() -> None:
    assert lived(ends_on=date(2026, 4, 5)).length(date(2026, 3, 5)) == Length(2, ended=False)


@pytest.fixture
def stage(db: None, long_after: None) -> Stage:
    stage = Stage()
    SchoolYear.objects.create(
        board=stage.board, key="Y0", label="2025-2026", starts_on=date(2025, 8, 31), ends_on=date(2026, 6, 24)
    )
    return stage


def many(stage: Stage, count: int, starts_on: date, ends_on: date | None = None) -> None:
    for _each in range(count):
        key = f"D{Dyad.objects.count()}"
        stage.dyad(starts_on, key=key, student=stage.new_student(key), ends_on=ends_on, committed_until=None)


def lead_of(stage: Stage) -> User:
    person = User.objects.create(board=stage.board, key="L", password="!")
    Membership.objects.create(person=person, role=Role.PROGRAM_LEAD, board=stage.board, program=stage.program)
    return person


def test_a_row_for_each_year_of_start_and_landmark_adds_up_to_its_relationships(stage: Stage) -> None:
    """Without a commitment, what is due is the end of the school year: June is a planned end, February an early one."""
    many(stage, 3, date(2025, 9, 8), date(2026, 2, 2))
    many(stage, 12, date(2025, 9, 8), date(2026, 6, 22))
    many(stage, 2, date(2025, 9, 8))
    many(stage, 4, week(1))
    drawn = FIGURE.draw(lead_of(stage), Scope([stage.program], week(12)))
    assert drawn is not None
    lines = list(FIGURE.table(drawn).lines)
    assert lines[:2] == [
        ["2026-2027", 0, "–", "–", 4, 0, 0, 0, 4],
        ["2026-2027", 3, "–", "–", 0, 0, 0, 4, 4],
    ]
    assert lines[4:] == [
        ["2025-2026", 0, "100", "100 à 100", 17, 0, 0, 0, 17],
        ["2025-2026", 3, "100", "100 à 100", 17, 0, 0, 0, 17],
        ["2025-2026", 6, "82", "55 à 94", 14, 3, 0, 0, 17],
        ["2025-2026", 10, "–", "–", 0, 3, 12, 2, 17],
    ]
    assert all(sum(line[4:8]) == line[8] for line in lines)  # type: ignore[arg-type]
    assert drawn.title == "Environ 82\u00a0% des relations commencées en 2025-2026 durent six mois sans fin hâtive"
    assert "n = 17" in drawn.note


def test_a_period_and_an_adult_keep_their_own_relationships(stage: Stage) -> None:
    many(stage, 3, date(2025, 9, 8))
    many(stage, 2, week(1))
    lead = lead_of(stage)
    since_august = Period(*YEAR)
    found = FIGURE.draw(lead, Scope([stage.program], week(12), since_august))
    assert found is not None
    assert {line[0] for line in FIGURE.table(found).lines} == {"2026-2027"}
    assert FIGURE.draw(lead, Scope([stage.program], week(12), adult=stage.mentor.person_id)) is not None
    assert FIGURE.draw(lead, Scope([stage.program], week(12), adult=lead.pk)) is None


def test_the_year_told_first_is_the_latest_that_reaches_six_months() -> None:
    young = Cohort("2026-2027", kaplan_meier([Length(3, ended=False)] * 40))
    old = Cohort("2025-2026", kaplan_meier([Length(9, ended=False)] * 10))
    few = Cohort("2024-2025", kaplan_meier([Length(9, ended=False)] * 9))
    assert told_first([young, old, few]) is old
    assert told_first([young, few]) is young
    assert survival_title(young) == "Durée des relations"
    assert [row.point is not None for row in landmarks([few])] == [False] * 4
    assert not is_known(few.survival, 6)


def test_the_picture_names_each_year_and_is_grey_where_few_are_left() -> None:
    lives = kaplan_meier([Length(months / 3, months % 3 == 0) for months in range(1, 40)])
    picture = survival_svg(Cohort("2025-2026", lives), (Cohort("2024-2025", lives),), "Titre <b>")
    assert "<title>Titre &lt;b&gt;</title>" in picture
    for word in ("2025-2026", "2024-2025", "10 mois", "var(--control)", "stroke-dasharray"):
        assert word in picture
    for refused in ("style=", "<style", "<script", "graphics-"):
        assert refused not in picture
