"""The table of meetings: the last twelve weeks up to now, who missed the most first, fifty at a time."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from guidelines.tests.stage import Stage, week
from people.access import Role
from people.models import Membership, User
from reports.heatmap import HeatMap, heat_map, heat_title, year_so_far
from reports.scope import Period, Scope

FIRST, ON = week(1), week(20, 3)


@pytest.fixture
def stage(db: None, long_after: None) -> Stage:
    return Stage()


@pytest.fixture
def lead(stage: Stage) -> User:
    person = User.objects.create(board=stage.board, key="L", password="!")
    Membership.objects.create(person=person, role=Role.PROGRAM_LEAD, board=stage.board, program=stage.program)
    return person


def dyads(stage: Stage, count: int, starts_on: date = FIRST) -> None:
    for number in range(count):
        stage.dyad(starts_on, key=f"D{number}", student=stage.new_student(f"E{number:03}"), committed_until=None)


def drawn(lead: User, scope: Scope, **page: int) -> HeatMap:
    found = heat_map(lead, scope, **page)
    assert found is not None
    return found


def test_it_opens_on_now_and_goes_back_twelve_weeks_or_to_the_first_day_of_the_year(stage: Stage, lead: User) -> None:
    dyads(stage, 1)
    scope = Scope([stage.program], ON)
    [table] = drawn(lead, scope).tables
    assert (len(table.starts), table.starts[-1]) == (12, week(20))
    [year] = drawn(lead, year_so_far(scope, week(1))).tables
    assert (year.starts[0], year.starts[-1]) == (week(1), week(20))


def test_its_title_has_a_denominator() -> None:
    assert heat_title([6, 3, 2, 1, 0, 0], 60) == "Environ 1 semaine sur 5 manquée; 1 relation en fait la moitié"
    assert heat_title([3, 3, 2], 80).endswith("; 2 relations en font la moitié")
    assert heat_title([1, 1], 40) == "Environ 1 semaine sur 20 manquée"
    assert heat_title([9], 10).startswith("90\u00a0% des semaines manquées")
    assert heat_title([0, 0], 40) == "Aucune semaine manquée sur 40"
    assert heat_title([], 0) == "Aucune semaine évaluable pour l’instant"


def test_the_most_missed_come_first_fifty_at_a_time(
    stage: Stage, lead: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dyads(stage, 52)
    keen = stage.dyad(week(1), key="K", student=stage.new_student("A"))
    stage.meet(keen, *(week(number) for number in range(1, 19)))
    scope = Scope([stage.program], ON)
    assert lead.access
    with django_assert_max_num_queries(5):
        first = drawn(lead, scope)
    assert len(first.page) == 50
    second = drawn(lead, scope, page=2)
    assert [row.pk for row in second.page][-1] == keen.pk
    assert second.page.paginator.count == 53
    assert (first.missed, first.assessed) == (52 * 10, 53 * 10)
    assert len(drawn(lead, scope, by_page=10).page) == 10


def test_the_log_behind_it_says_on_how_many_dyads_it_is_measured(stage: Stage, lead: User) -> None:
    dyads(stage, 2)
    planner = stage.dyad(week(1), key="K", student=stage.new_student("A"))
    stage.meet(planner, week(12), week(13), planned=True)
    stage.meet(planner, week(14), status="planned", planned=True)
    stage.meet(stage.dyad(week(1), key="X", student=stage.new_student("X")), week(12))
    found = drawn(lead, Scope([stage.program], ON))
    assert found.share is not None
    assert (found.share.percent, found.planning) == (66, 1)


def test_each_table_has_a_title_of_its_own(stage: Stage, lead: User) -> None:
    dyads(stage, 1)
    stage.program.cadence_unit, stage.program.cadence_days = "week", None
    assert len(drawn(lead, Scope([stage.program], ON)).tables) == 1
    cycles = type(stage.program).objects.create(
        board=stage.board,
        school=stage.school,
        key="C",
        name="C",
        domain="mentoring",
        cadence_unit="cycle",
        cadence_days=9,
    )
    Membership.objects.create(person=lead, role=Role.PROGRAM_LEAD, board=stage.board, program=cycles)
    other = stage.dyad(week(1), key="K", student=stage.new_student("A"))
    type(other).objects.filter(pk=other.pk).update(program=cycles)
    lead = User.objects.get(pk=lead.pk)
    titles = [table.title for table in drawn(lead, Scope([stage.program, cycles], ON)).tables]
    assert len(set(titles)) == 2


def test_the_card_shows_ten_dyads_and_the_page_fifty(
    stage: Stage, lead: User, client_of: Callable[[User], Client]
) -> None:
    dyads(stage, 60, starts_on=lead.local_date() - timedelta(days=60))
    client = client_of(lead)
    card = client.get(reverse("dashboard_weeks"), headers={"HX-Request": "true"}).content.decode()
    page = client.get(reverse("dashboard_weeks")).content.decode()
    assert "<html" not in card
    assert card.count('<th scope="row">') == 10
    assert "Voir les 60 dyades" in card
    assert page.count('<th scope="row">') == 50
    assert "Page 1 sur 2" in page


def test_the_log_of_a_past_period_is_told_to_its_last_day(stage: Stage, lead: User) -> None:
    dyad = stage.dyad(FIRST, committed_until=None)
    stage.meet(dyad, week(4), planned=True)
    stage.meet(dyad, week(5, 3), status="planned", planned=True)
    scope = Scope([stage.program], ON, Period(FIRST, week(6)))
    share = drawn(lead, scope).share
    assert share
    assert (share.logged, share.planned) == (1, 2)
