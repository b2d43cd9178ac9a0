"""Support calls: off until a programme follows them, due by its pace, read by those who answer for it alone."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accompagnement.demo.cast import Cast
from mentoring.models import Dyad, Pause, SupportCall
from people.models import AuditEntry, Student, User
from programs.models import Program

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
WEEK = timedelta(weeks=1)


@pytest.fixture
def julie(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.julie)


@pytest.fixture
def followed(cast: Cast) -> Program:
    """Mentorat follows support calls since the summer: each dyad counts from its own first day."""
    Program.objects.filter(pk=cast.mentoring.pk).update(support_calls_from=date(2026, 7, 1))
    return Program.objects.get(pk=cast.mentoring.pk)


def dyad_begun(cast: Cast, on: date) -> Dyad:
    student = Student.objects.create(board=cast.board, school=cast.school, given_name="Zoé", family_name="Roy")
    return Dyad.objects.create(
        board=cast.board, program=cast.mentoring, mentor=cast.nadia_mentor, student=student, starts_on=on
    )


def called(dyad: Dyad, party: str, on: date, **said: Any) -> SupportCall:
    return SupportCall.objects.create(board=dyad.board, dyad=dyad, party=party, on=on, **said)


def due(client: Client, dyad: Dyad) -> set[str]:
    listed = client.get("/appels/").context["listed"]
    return {one.party for row in listed if row.dyad == dyad for one in row.parties}


def html(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def settings(**changes: Any) -> dict[str, Any]:
    said = {"followed": "yes", "since": "2026-11-02", "weeks": "4", "later_weeks": "13"}
    return said | {"parties": ["mentor", "student", "family", "teacher"]} | changes


def test_nothing_is_asked_until_a_programme_follows_the_calls(cast: Cast, julie: Client, client_of: ClientOf) -> None:
    dyad = cast.thomas_nadia
    assert "Appel de soutien" not in html(julie, f"/dyades/{dyad.pk}/")
    assert 'href="/appels/"' not in html(julie, "/menu/") + html(julie, "/semaine/")
    assert julie.get(f"/dyades/{dyad.pk}/appel/").status_code == 403
    assert client_of(cast.nadia).get(f"/dyades/{dyad.pk}/doute/").status_code == 403
    assert "J’ai un doute" not in html(client_of(cast.nadia), f"/dyades/{dyad.pk}/")
    assert not julie.get("/appels/").context["listed"]

    address = f"/programmes/{cast.mentoring.pk}/appels/"
    assert [julie.post(address, settings()).status_code for _twice in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(verb="program.calls_followed").count() == 1
    assert "Appel de soutien" in html(julie, f"/dyades/{dyad.pk}/")
    assert 'href="/appels/"' in html(julie, "/menu/")
    assert 'href="/appels/"' in html(julie, "/semaine/")
    assert "J’ai un doute" in html(client_of(cast.nadia), f"/dyades/{dyad.pk}/")

    assert julie.post(address, settings(followed="no", since="")).status_code == 302
    assert AuditEntry.objects.filter(verb="program.calls_dropped").count() == 1
    assert julie.get(f"/dyades/{dyad.pk}/appel/").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"since": ""}, {"since": "hier"}, {"weeks": "0"}, {"later_weeks": "53"}, {"parties": []}, {"followed": ""}],
)
def test_a_pace_that_cannot_be_is_refused(cast: Cast, julie: Client, wrong: dict[str, Any]) -> None:
    assert julie.post(f"/programmes/{cast.mentoring.pk}/appels/", settings(**wrong)).status_code == 422
    assert not Program.objects.filter(support_calls_from__isnull=False).exists()


def test_a_group_programme_has_no_calls(cast: Cast, julie: Client) -> None:
    assert julie.get(f"/programmes/{cast.tremplin.program_id}/appels/").status_code == 404


@pytest.mark.parametrize(
    ("begun", "last", "expected"),
    [
        # Monday 23 November; by Sunday the 29th.
        (date(2026, 11, 2), None, False),  # due on the 30th
        (date(2026, 11, 1), None, True),  # due on the 29th
        (date(2026, 9, 14), date(2026, 11, 2), False),
        (date(2026, 9, 14), date(2026, 11, 1), True),
        (date(2026, 7, 6), date(2026, 10, 4), True),  # called in the last week of the quarter: a month later
        (date(2026, 7, 6), date(2026, 10, 5), False),  # called a day later: a quarter later
        (date(2026, 3, 2), date(2026, 8, 31), False),  # due on the 30th
        (date(2026, 3, 2), date(2026, 8, 30), True),
    ],
)
def test_each_party_is_due_by_the_pace_of_its_last_call(
    cast: Cast, julie: Client, followed: Program, begun: date, last: date | None, expected: bool
) -> None:
    dyad = dyad_begun(cast, begun)
    if last:
        called(dyad, "family", last)
        called(dyad, "family", cast.on - WEEK, outcome="no_answer")
        called(dyad, "mentor", cast.on)
    assert ("family" in due(julie, dyad)) is expected
    assert last is None or "mentor" not in due(julie, dyad)


def test_only_open_followed_relations_that_are_not_on_pause_are_listed(
    cast: Cast, julie: Client, followed: Program, client_of: ClientOf
) -> None:
    dyad = dyad_begun(cast, cast.on - 8 * WEEK)
    assert due(julie, dyad) == {"mentor", "student", "family", "teacher"}
    followed.support_call_parties = ["mentor"]
    followed.save()
    assert due(julie, dyad) == {"mentor"}
    assert due(client_of(cast.alain), dyad) == {"mentor"}, "a school's management too"
    pause = Pause.objects.create(dyad=dyad, starts_on=cast.on)
    assert due(julie, dyad) == set()
    pause.delete()
    dyad.ends_on = cast.on
    dyad.save()
    assert due(julie, dyad) == set()


def test_from_the_list_a_call_is_one_form_and_leaves_it(cast: Cast, julie: Client, followed: Program) -> None:
    dyad = dyad_begun(cast, cast.on - 8 * WEEK)
    address = f"/dyades/{dyad.pk}/appel/?qui=family&retour=appels"
    assert f'href="{address.replace("&", "&amp;")}"' in html(julie, "/appels/")
    page = html(julie, address)
    for chosen in ("family", "phone", "reached", "confidential"):
        assert re.search(f'value="{chosen}"[^>]* checked', page), "all but the answers is there already"
    sent = {"entry_uuid": str(uuid.uuid4()), "day": cast.on.isoformat(), "party": "family", "channel": "phone"}
    sent |= {"outcome": "reached", "tie": "no", "note": "Elle s’ennuie.", "note_level": "confidential"}
    replies = [julie.post(address, sent) for _twice in range(2)]
    assert [reply["Location"] for reply in replies] == ["/appels/", "/appels/"]
    assert SupportCall.objects.filter(dyad=dyad).count() == 1
    assert due(julie, dyad) == {"mentor", "student", "teacher"}


def test_a_call_is_read_by_those_who_answer_for_the_programme_alone(
    cast: Cast, julie: Client, followed: Program, client_of: ClientOf
) -> None:
    dyad = cast.thomas_nadia
    call = called(dyad, "student", cast.on, tie="no", logged_by=cast.julie, note="S’ennuie.", note_level="confidential")
    home, history = f"/dyades/{dyad.pk}/", f"/entrees/appel/{call.pk}/historique/"
    assert "Non : lien de confiance" in html(julie, home)
    assert "S’ennuie." in html(julie, history)
    manager = client_of(cast.alain)
    assert "lien de confiance" in html(manager, home)
    assert "S’ennuie." not in html(manager, home) + html(manager, history)
    assert "Appel de soutien" not in html(client_of(cast.nadia), home)
    for person in (cast.nadia, cast.marc, cast.karim, cast.chantal, cast.robert, cast.line, cast.other_lead):
        assert client_of(person).get(history).status_code == 404


def test_the_lists_queries_do_not_grow(cast: Cast, julie: Client, followed: Program) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert julie.get("/appels/").context["listed"]
        return len(caught)

    dyad_begun(cast, cast.on - 8 * WEEK)
    asked()
    few = asked()
    for _n in range(30):
        dyad_begun(cast, cast.on - 8 * WEEK)
    assert asked() == few
    assert few <= 12, few
