"""An empty school: what is missing is said where the day begins, follows the facts, can be left aside, goes away."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.first_steps import first_steps
from people.access import Role
from people.models import Membership, School, SchoolBoard, Student, User
from programs.models import GroupMeeting, Program, SchoolDay, SchoolYear, SupportGroup
from tests.cast import Cast
from tests.test_turn_of_a_year import noon

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


@pytest.fixture
def principal(cast: Cast) -> User:
    board = SchoolBoard.objects.create(key="css-neuf", name="Centre neuf")
    school = School.objects.create(board=board, key="neuve", name="École Neuve")
    ada = User.objects.create_user("ada@neuve.example", board=board, school=school, given_name="Ada")
    Membership.objects.create(person=ada, role=Role.SCHOOL_MANAGER, board=board, school=school)
    return ada


def undone(user: User, cast: Cast) -> list[str]:
    return [step.name for step in first_steps(user, cast.on).steps if not step.is_done]


def test_each_step_is_read_from_what_exists(cast: Cast, principal: User, client_of: ClientOf) -> None:
    board, school = principal.board, principal.school
    assert board is not None
    assert school is not None
    rest = ["year", "students", "people", "program", "relation", "meeting"]
    assert undone(principal, cast) == rest
    SchoolDay.objects.create(school=school, date=cast.on, kind="class")
    assert undone(principal, cast) == rest[1:]
    Student.objects.create(board=board, school=school, given_name="Zoé", family_name="Roy")
    assert undone(principal, cast) == rest[2:]
    bo = User.objects.create_user("bo@neuve.example", board=board, school=school, given_name="Bo")
    Membership.objects.create(person=bo, role=Role.RESOURCE_TEACHER, board=board, school=school)
    assert undone(principal, cast) == rest[3:]
    program = Program.objects.create(board=board, school=school, name="Tremplin", domain="group")
    assert undone(principal, cast) == rest[4:]
    group = SupportGroup.objects.create(board=board, program=program, name="A", starts_on=cast.on)
    assert undone(principal, cast) == rest[5:]
    assert "Premiers pas" in client_of(principal).get("/tableau-de-bord/").content.decode()
    GroupMeeting.objects.create(board=board, group=group, on=cast.on, status="held")
    assert first_steps(principal, cast.on).are_done
    page = client_of(principal).get("/tableau-de-bord/").content.decode()
    assert 'id="first-steps"' not in page


def test_it_is_left_aside_by_one_person_and_comes_back(cast: Cast, principal: User, client_of: ClientOf) -> None:
    client = client_of(principal)
    assert 'id="first-steps"' in client.get("/", follow=True).content.decode()
    assert client.post("/premiers-pas/", {"laisser": "1"}, follow=True).redirect_chain[-1][0] == "/tableau-de-bord/"
    assert 'id="first-steps"' not in client.get("/tableau-de-bord/").content.decode()
    page = client.get("/premiers-pas/").content.decode()
    assert "Remettre cette liste" in page
    client.post("/premiers-pas/", {"remettre": "1"})
    assert 'id="first-steps"' in client.get("/tableau-de-bord/").content.decode()


def test_an_administrator_of_an_empty_board_is_led_too(cast: Cast, client_of: ClientOf) -> None:
    board = SchoolBoard.objects.create(key="css-neuf", name="Centre neuf")
    admin = User.objects.create_user("al@neuf.example", board=board, given_name="Al")
    Membership.objects.create(person=admin, role=Role.BOARD_ADMIN, board=board, starts_on=cast.on - timedelta(days=1))
    page = client_of(admin).get("/organisme/").content.decode()
    assert "0 sur 7" in page
    assert "/programmes/nouveau/" not in page, "a programme is the school's to open"


def test_it_costs_one_query_and_nothing_to_who_has_no_school_to_begin(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    client.get("/tableau-de-bord/")
    with CaptureQueriesContext(connection) as shown:
        assert 'id="first-steps"' not in client.get("/tableau-de-bord/").content.decode()
    User.objects.filter(pk=cast.alain.pk).update(first_steps_aside=True)
    with CaptureQueriesContext(connection) as aside:
        client.get("/tableau-de-bord/")
    assert len(shown) - len(aside) == 1


def text_of(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return " ".join(page[page.index("<main") : page.index("</main>")].split())


def test_each_empty_page_leads_to_what_comes_first(principal: User, client_of: ClientOf) -> None:
    client = client_of(principal)
    calendar = text_of(client, "/calendrier/")
    assert f'href="/calendrier/annee/?ecole={principal.school_id}"' in calendar
    assert "Enregistrer le jour" not in calendar
    for path in ("/groupes/", "/dyades/"):
        assert 'href="/programmes/nouveau/"' in text_of(client, path)
    Program.objects.create(board=principal.board, school=principal.school, name="Tremplin", domain="group")
    assert 'href="/groupes/nouveau/"' in text_of(client, "/groupes/")


def test_whoever_has_nothing_to_log_is_not_led_to_log(principal: User, client_of: ClientOf) -> None:
    bo = User.objects.create_user("bo@neuve.example", board=principal.board, school=principal.school, given_name="Bo")
    Membership.objects.create(person=bo, role=Role.RESOURCE_TEACHER, board=bo.board, school=bo.school)
    week = text_of(client_of(bo), "/semaine/")
    assert "Vous n’avez pas encore de groupe ni de dyade" in week
    assert "Consigner une rencontre" not in week


def test_in_summer_the_week_says_that_the_year_is_over(cast: Cast, client_of: ClientOf) -> None:
    def week(day: date) -> str:
        with noon(day):
            return text_of(client_of(cast.nadia), "/semaine/")

    assert "L’année scolaire est terminée" not in week(date(2026, 11, 21))
    over = week(date(2027, 7, 14))
    assert "L’année scolaire est terminée" in over
    assert "La prochaine n’est pas encore ouverte." in over
    SchoolYear.objects.create(
        board=cast.board, key="a", label="2027-2028", starts_on=date(2027, 8, 26), ends_on=date(2028, 6, 20)
    )
    assert "La prochaine commence le jeudi 26 août 2027." in week(date(2027, 7, 14))
