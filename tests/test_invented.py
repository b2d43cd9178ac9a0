"""An empty school tries invented data in one click, and is rid of all of it, and of it alone, in another."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from exchange.invented.actions import add_invented_data, remove_invented_data
from guidelines.models import Flag, FlagEvent
from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.models import AuditEntry, Draft, Membership, Notification, School, SchoolBoard, Student, User
from programs.models import GroupMeeting, GroupMember, Program, SchoolDay, SchoolYear, SupportGroup
from tests.cast import Cast

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
ADD, REMOVE = "/donnees-inventees/essayer/", "/donnees-inventees/retirer/"
TRY, RID = "Essayer avec des données inventées", "Retirer les données inventées"


@pytest.fixture
def ada(cast: Cast) -> User:
    board = SchoolBoard.objects.create(key="css-neuf", name="Centre neuf")
    school = School.objects.create(board=board, key="neuve", name="École Neuve")
    ada = User.objects.create_user("ada@neuve.example", board=board, school=school, given_name="Ada")
    for role in (Role.SCHOOL_MANAGER, Role.RESOURCE_TEACHER):
        Membership.objects.create(person=ada, role=role, board=board, school=school)
    return ada


def all_rows() -> dict[str, list[str]]:
    """Every row of every table, but of who is signed in and of the journal, which is only added to."""
    left_out = (AuditEntry, Session)
    models = [model for model in apps.get_models(include_auto_created=True) if model not in left_out]
    return {
        model._meta.label: sorted(
            str({name: value for name, value in row.items() if name != "last_login"})
            for row in model._base_manager.values()
        )
        for model in models
    }


def changed(before: dict[str, list[str]]) -> dict[str, set[str]]:
    now = all_rows()
    return {label: set(rows) ^ set(now[label]) for label, rows in before.items() if rows != now[label]}


def verbs() -> list[str]:
    told = AuditEntry.objects.filter(verb__startswith="invented_data") | AuditEntry.objects.filter(
        verb__startswith="bundle"
    )
    return list(told.order_by("pk").values_list("verb", flat=True))


def test_a_school_is_filled_looked_at_logged_in_and_emptied(cast: Cast, ada: User, client_of: ClientOf) -> None:
    client, school = client_of(ada), ada.school
    assert school is not None
    assert TRY in client.get("/tableau-de-bord/").content.decode()
    assert RID not in client.get("/tableau-de-bord/").content.decode()
    before = all_rows()
    assert client.post(ADD, {"school": school.pk}).status_code == 302
    assert Student.objects.filter(school=school).count() == 12
    assert not User.objects.filter(school=school, email__isnull=False).exclude(pk=ada.pk).exists(), "nobody signs in"
    assert GroupMeeting.objects.filter(group__program__school=school, status="held").count() == 6
    assert GroupMeeting.objects.filter(group__program__school=school, status="planned").exists()
    dyads = Dyad.objects.filter(program__school=school)
    flags = Flag.objects.filter(dyad__in=dyads)
    assert len(dyads) == 2
    assert flags.exists(), "the one that fell silent is found"
    for page in (
        "/tableau-de-bord/",
        "/semaine/",
        "/vigilance/",
        "/premiers-pas/",
        "/groupes/",
        dyads[1].get_absolute_url(),
    ):
        shown = client.get(page)
        assert shown.status_code == 200, page
        assert TRY not in shown.content.decode()
    assert RID in client.get("/tableau-de-bord/").content.decode()
    assert client.post(ADD, {"school": school.pk}).status_code == 422, "once"

    dyad = dyads[1]
    logged = DyadMeeting.objects.create(
        board=school.board, dyad=dyad, on=cast.on, status="held", logged_on=cast.on, logged_by=ada
    )
    logged.minutes = 20
    logged.save()
    Draft.objects.create(person=ada, address=f"{dyad.get_absolute_url()}rencontre/", content={"note": ["…"]})
    Notification.objects.create(person=ada, board=school.board, kind="critical", on=cast.on, target=flags[0].pk)
    FlagEvent.objects.create(flag=flags[0], kind="seen", on=cast.on, person=ada, severity=flags[0].severity)
    Membership.objects.create(
        person=ada, role=Role.PROGRAM_LEAD, board=school.board, school=school, program=dyad.program
    )
    assert client.post(REMOVE, {"school": school.pk}).status_code == 302
    assert changed(before) == {}
    connection.check_constraints()
    assert verbs() == ["invented_data.added", "invented_data.removed"]
    client.post(REMOVE, {"school": school.pk})
    assert verbs()[2:] == [], "nothing was left to remove"
    page = client.get("/tableau-de-bord/").content.decode()
    assert TRY in page
    assert RID not in page


def test_what_is_real_stays(cast: Cast, ada: User) -> None:
    school, board = ada.school, ada.board
    assert school is not None
    assert board is not None
    add_invented_data(school=school, person=ada, on=cast.on)
    own = {"board": board, "school": school}
    zoe = Student.objects.create(**own, given_name="Zoé", family_name="Roy")
    program = Program.objects.create(**own, name="Tremplin", domain="group")
    group = SupportGroup.objects.create(board=board, program=program, name="A", starts_on=cast.on)
    GroupMember.objects.create(group=group, student=zoe, starts_on=cast.on)
    adult, other = User.objects.filter(school=school, given_name__in=["Claude", "Pascale"]).order_by("given_name")
    met = GroupMeeting.objects.create(
        board=board, group=group, on=cast.on, status="held", logged_on=cast.on, met_by=adult, logged_by=ada
    )
    real = all_rows()
    invented = Student.objects.filter(school=school, given_name="Alix").get()
    GroupMember.objects.create(group=group, student=invented, starts_on=cast.on)
    User.objects.filter(pk=other.pk).update(email="pascale@neuve.example")
    remove_invented_data(school=school, person=ada)
    connection.check_constraints()
    assert list(Student.objects.filter(school=school)) == [zoe]
    assert list(Program.objects.filter(school=school)) == [program]
    assert [member.student for member in group.members.all()] == [zoe]
    met.refresh_from_db()
    assert met.met_by is None
    assert met.logged_by == ada
    assert set(User.objects.filter(school=school)) == {ada, other}, "who was given an address is somebody"
    others = cast.school.students.count()
    assert others
    assert real["people.SchoolBoard"] == all_rows()["people.SchoolBoard"]


@pytest.mark.parametrize("corrected", [False, True])
def test_a_calendar_that_was_corrected_is_the_schools_own(cast: Cast, ada: User, corrected: bool) -> None:
    school = ada.school
    assert school is not None
    add_invented_data(school=school, person=ada, on=cast.on)
    if corrected:
        SchoolDay.objects.filter(school=school, kind="class").first().delete()  # type: ignore[union-attr]
    remove_invented_data(school=school, person=ada)
    assert SchoolDay.objects.filter(school=school).exists() == corrected
    assert [year.key.startswith("accompagnement-invented") for year in SchoolYear.objects.filter(board=ada.board)] == (
        [False] if corrected else []
    )


@pytest.mark.parametrize("on", [date(2026, 7, 15), date(2026, 8, 5), date(2026, 9, 1), date(2027, 1, 4)])
def test_any_day_of_the_year_will_do(cast: Cast, ada: User, on: date) -> None:
    school = ada.school
    assert school is not None
    SchoolYear.objects.create(
        board=school.board, key="avant", label="2025-2026", starts_on=date(2025, 7, 1), ends_on=on - timedelta(days=20)
    )
    before = all_rows()
    add_invented_data(school=school, person=ada, on=on)
    remove_invented_data(school=school, person=ada)
    assert changed(before) == {}


def test_a_school_that_has_begun_is_left_alone(cast: Cast, ada: User, client_of: ClientOf) -> None:
    client = client_of(cast.alain)
    before = all_rows()
    refused = client.post(ADD, {"school": cast.school.pk})
    assert refused.status_code == 422
    assert "déjà des élèves" in refused.content.decode()
    assert client.post(REMOVE, {"school": cast.school.pk}).status_code == 302
    assert changed(before) == {}
    assert client.post(ADD, {"school": ada.school_id}).status_code == 404
    assert verbs() == []


def test_an_administrator_chooses_among_the_empty_schools(cast: Cast, ada: User, client_of: ClientOf) -> None:
    board = ada.board
    assert board is not None
    second = School.objects.create(board=board, key="seconde", name="École Seconde")
    admin = User.objects.create_user("al@neuf.example", board=board, given_name="Al")
    Membership.objects.create(person=admin, role=Role.BOARD_ADMIN, board=board)
    client, before = client_of(admin), all_rows()
    page = client.get("/organisme/").content.decode()
    assert f'<option value="{ada.school_id}">École Neuve' in page
    assert f'<option value="{second.pk}">École Seconde' in page
    for school in (second.pk, ada.school_id):
        assert client.post(ADD, {"school": school}).status_code == 302
    assert client.get("/organisme/").content.decode().count(RID) == 2
    client.post(REMOVE, {"school": second.pk})
    assert Student.objects.filter(school=ada.school_id).count() == 12, "the other school keeps its own"
    client.post(REMOVE, {"school": ada.school_id})
    assert changed(before) == {}
