"""The pages of resource teachers from outside: what they count and state, what is released, who sees it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accompagnement.demo.cast import Cast
from people.access import Role
from people.models import Membership, User
from programs.log.kinds import KINDS
from programs.models import Foundation, FunctionTime, Gesture, SchoolYear, TeacherRelease

pytestmark = pytest.mark.once

ClientOf = Callable[[User], Client]


def year_of(cast: Cast) -> SchoolYear:
    year = SchoolYear.objects.of(cast.board, cast.on)
    assert year is not None
    return year


def release(cast: Cast, **given: Any) -> dict[str, Any]:
    return {"seen": 0, "school_year": year_of(cast).pk, "percent": "37,5", "base": "whole_task"} | given


def test_a_release_is_noted_once_corrected_and_removed(cast: Cast, client_of: ClientOf) -> None:
    TeacherRelease.objects.all().delete()
    client, address = client_of(cast.julie), f"/personnel-ressource/{cast.nadia.pk}/liberation/"
    for _ in range(2):
        assert client.post(address, release(cast)).status_code == 302
    row = TeacherRelease.objects.get()
    assert (row.person, row.percent, row.base) == (cast.nadia, Decimal("37.5"), "whole_task")
    client.post(address, release(cast, seen=1))  # a second assignment, as large as the first
    assert TeacherRelease.objects.count() == 2
    client.post(f"{address}?liberation={row.pk}", release(cast, seen=2, percent="20"))
    row.refresh_from_db()
    assert row.percent == 20
    assert client.post(f"/liberations/{row.pk}/retirer/").status_code == 302
    assert not TeacherRelease.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("left", ["another school", "a role that ended", "everything"])
def test_who_answers_no_more_puts_nothing_back(cast: Cast, client_of: ClientOf, left: str) -> None:
    """Not even what they had taken away themselves."""
    TeacherRelease.objects.all().delete()
    client = client_of(cast.alain)
    client.post(f"/personnel-ressource/{cast.nadia.pk}/liberation/", release(cast))
    row = TeacherRelease.objects.get()
    client.post(f"/liberations/{row.pk}/retirer/")
    undo, roles = f"/gestes/{Gesture.objects.latest('pk').pk}/annuler/", Membership.objects.filter(person=cast.alain)
    if left == "a role that ended":
        roles.update(ends_on=cast.on)
        Membership.objects.create(person=cast.alain, role=Role.MENTOR, board=cast.board, school=cast.school)
    else:
        roles.delete()
    if left == "another school":
        Membership.objects.create(person=cast.alain, role=Role.MENTOR, board=cast.board, school=cast.second_school)
    assert client.post(undo).status_code == 404
    assert not TeacherRelease.objects.exists()
    cast.julie.refresh_from_db()
    assert client_of(cast.julie).post(undo).status_code == 302
    assert TeacherRelease.objects.exists()


@pytest.mark.parametrize("percent", ["", "beaucoup", "101", "-3", "0"])
def test_a_percentage_that_can_t_be_is_refused(cast: Cast, client_of: ClientOf, percent: str) -> None:
    TeacherRelease.objects.all().delete()
    sent = release(cast, percent=percent)
    response = client_of(cast.alain).post(f"/personnel-ressource/{cast.nadia.pk}/liberation/", sent)
    assert response.status_code == 422
    assert "Indiquez un pourcentage de plus de 0 à 100" in response.content.decode()
    assert not TeacherRelease.objects.exists()


def test_a_teacher_counts_their_own_time_once_and_takes_it_back(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.nadia)
    sent = {
        "entry_uuid": str(uuid.uuid4()),
        "day": cast.on.isoformat(),
        "function": "services",
        "minutes": "45",
        "preparation": "on",
    }
    for _ in range(2):
        assert client.post("/mon-temps/", sent).status_code == 302
    row = FunctionTime.objects.get()
    assert (row.person, row.function, row.minutes, row.preparation, row.on) == (
        cast.nadia,
        "services",
        45,
        True,
        cast.on,
    )
    assert (
        "45\u00a0min (100\u00a0%)"
        in client_of(cast.julie).get(f"/personnel-ressource/{cast.nadia.pk}/").content.decode()
    )
    for _ in range(2):
        assert client.post(f"/mon-temps/{row.pk}/annuler/").status_code == 302
    assert not FunctionTime.objects.kept().exists()
    future = sent | {"day": "other", "other_on": (cast.on + timedelta(days=1)).isoformat()}
    response = client.post("/mon-temps/", future)
    assert response.status_code == 422
    assert "La date ne peut pas être dans le futur." in response.content.decode()


def test_time_is_corrected_from_its_list_and_told_in_french(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.nadia)
    row = FunctionTime.objects.create(
        board=cast.board, person=cast.nadia, on=cast.on, function="students", minutes=60, logged_by=cast.nadia
    )
    assert f'href="/entrees/temps/{row.pk}/modifier/"' in client.get("/mon-temps/").content.decode()
    told = client.get(f"/entrees/temps/{row.pk}/historique/").content.decode()
    assert "Person<" not in told, "whose time it is stands in the title"
    assert "accompagner des élèves" in told


def test_a_record_that_no_kind_tells_of_doesn_t_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_checks() == []
    monkeypatch.delitem(KINDS, "temps")
    assert [found.id for found in run_checks()] == ["programs.E001", "programs.E003"]


def test_nobody_takes_back_the_time_of_another(cast: Cast, client_of: ClientOf) -> None:
    row = FunctionTime.objects.create(
        board=cast.board, person=cast.karim, function="students", on=cast.on, minutes=30, logged_on=cast.on
    )
    client_of(cast.nadia).post(f"/mon-temps/{row.pk}/annuler/")
    assert FunctionTime.objects.kept().filter(pk=row.pk).exists()


def test_better_words_don_t_make_a_foundation_younger(cast: Cast, client_of: ClientOf) -> None:
    Foundation.objects.filter(person=cast.nadia).delete()
    Foundation.objects.create(
        person=cast.nadia, topic="role", stated_on=cast.on - timedelta(days=90), statement="Accompagner."
    )
    client = client_of(cast.nadia)
    topics = Foundation.Topic.values
    client.post("/mes-fondements/", {topic: f"Énoncé de {topic}" for topic in topics})
    rows = {row.topic: row for row in Foundation.objects.filter(person=cast.nadia)}
    assert set(rows) == set(topics)
    assert rows["role"].statement == "Énoncé de role"
    assert {topic: (cast.on - row.stated_on).days for topic, row in rows.items()} == {
        topic: 90 if topic == "role" else 0 for topic in topics
    }
    client.post("/mes-fondements/", {"role": "Seul."})
    assert [row.topic for row in Foundation.objects.filter(person=cast.nadia)] == ["role"]


def test_a_list_of_thirty_costs_what_a_list_of_one_does(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast.alain)
    with django_assert_max_num_queries(14):
        client.get("/personnel-ressource/")
    for number in range(30):
        person = User.objects.create_user(f"r{number}@rives.example", board=cast.board, school=cast.school)
        Membership.objects.create(
            person=person, role=Role.RESOURCE_TEACHER, board=cast.board, school=cast.school, starts_on=cast.on
        )
    with django_assert_max_num_queries(14):
        assert len(client.get("/personnel-ressource/").context["listed"]) == 25


def test_a_teacher_s_page_lists_the_groups_that_they_lead_now(cast: Cast, client_of: ClientOf) -> None:
    cast.elan.leads.update(ends_on=cast.on)
    cast.elan.leads.create(person=cast.nadia, starts_on=cast.on)
    page = client_of(cast.julie).get(f"/personnel-ressource/{cast.karim.pk}/").content.decode()
    assert f"/groupes/{cast.passerelle.pk}/" in page
    assert f"/groupes/{cast.elan.pk}/" not in page  # handed over
    page = client_of(cast.julie).get(f"/personnel-ressource/{cast.nadia.pk}/").content.decode()
    listed = [page.index(f"/groupes/{group.pk}/") for group in (cast.boussole, cast.elan, cast.horizon)]
    assert listed == sorted(listed)  # É stands with E


def test_a_week_is_counted_in_one_go(cast: Cast, client_of: ClientOf) -> None:
    nadia = client_of(cast.nadia)
    assert 'href="/mon-temps/semaine/"' in nadia.get("/mon-temps/").content.decode()
    sent = {"entry_uuid": str(uuid.uuid4()), "week": "2026-11-16", "students": "600", "teachers": "60", "services": ""}
    assert [nadia.post("/mon-temps/semaine/", sent).status_code for _click in range(2)] == [302, 302]
    assert {(row.function, row.minutes, row.on.isoformat()) for row in FunctionTime.objects.all()} == {
        ("students", 600, "2026-11-20"),
        ("teachers", 60, "2026-11-20"),
    }
    for wrong in ({"students": "", "teachers": ""}, {"students": "9000"}, {"week": "2026-11-09"}):
        assert nadia.post("/mon-temps/semaine/", sent | wrong).status_code == 422


def test_a_week_said_again_says_what_it_counts_already_and_is_taken_back_whole(cast: Cast, client_of: ClientOf) -> None:
    nadia, address = client_of(cast.nadia), "/mon-temps/semaine/"

    def said(**given: Any) -> dict[str, Any]:
        return {"entry_uuid": str(uuid.uuid4()), "week": "2026-11-23", "students": "600", "teachers": "60"} | given

    first = said()
    page = nadia.post(address, first, follow=True).content.decode()
    undo = f"{address}{first['entry_uuid']}/annuler/"
    assert f'action="{undo}"' in page
    again = nadia.post(address, said())
    assert again.status_code == 422
    assert "600 min, accompagner des élèves; 60 min, soutenir" in again.content.decode()
    assert 'name="second"' in again.content.decode()
    assert nadia.post(address, said(students="", teachers="", services="30")).status_code == 302
    assert nadia.post(address, said(second="on")).status_code == 302
    assert FunctionTime.objects.kept().count() == 5
    assert client_of(cast.karim).post(undo).status_code == 302
    assert FunctionTime.objects.kept().count() == 5, "another's week is not theirs to take back"
    for sentence in ("La semaine est retirée.", "Cette semaine était déjà retirée."):
        assert sentence in nadia.post(undo, follow=True).content.decode()
    assert FunctionTime.objects.kept().count() == 3


def test_the_same_moment_of_a_day_is_said_to_be_another(cast: Cast, client_of: ClientOf) -> None:
    nadia = client_of(cast.nadia)

    def post(**given: str) -> int:
        key = str(uuid.uuid4())
        sent = {"entry_uuid": key, "day": cast.on.isoformat(), "function": "services", "minutes": "45"}
        return nadia.post("/mon-temps/", sent | given).status_code

    assert [post(), post(), post(minutes="30"), post(second="on")] == [302, 422, 302, 302]


def test_a_confidential_note_on_ones_time_is_its_authors(cast: Cast, client_of: ClientOf) -> None:
    """No form asks for one: it comes with an import, and the history would show it."""
    said = {"function": "students", "minutes": 30, "note": "Elle ne dort plus.", "note_level": "confidential"}
    row = FunctionTime.objects.create(board=cast.board, person=cast.nadia, on=cast.on, logged_by=cast.nadia, **said)
    history = f"/entrees/temps/{row.pk}/historique/"
    pages = {name: client_of(getattr(cast, name)).get(history) for name in ("nadia", "julie")}
    assert {name: page.status_code for name, page in pages.items()} == {"nadia": 200, "julie": 200}
    assert "Elle ne dort plus." in pages["nadia"].content.decode()
    assert "Elle ne dort plus." not in pages["julie"].content.decode()
