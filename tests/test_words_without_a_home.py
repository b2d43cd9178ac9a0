"""What is typed where the page is gone, closed, or can't be stored as it stands."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from mentoring.models import DyadMeeting
from people.models import Draft, User
from programs.actions.planning import plan_ahead

pytestmark = pytest.mark.on_postgresql

ClientOf = Callable[[User], Client]
WORDS = "Elle a parlé de son frère."


def opened_by(client: Client, address: str) -> dict[str, str]:
    found = re.search(r'name="opened_by" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return {"opened_by": found[1]}


@pytest.fixture
def nadia(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.nadia)


def test_a_page_that_is_gone_shows_the_words_to_copy(cast: Cast, nadia: Client) -> None:
    meeting = DyadMeeting.objects.filter(dyad=cast.thomas_nadia, on=cast.on)[0]
    address = f"/rencontres/{meeting.pk}/non-tenue/"
    said = opened_by(nadia, address) | {"reason": "other", "note": WORDS}
    DyadMeeting.objects.filter(pk=meeting.pk)._raw_delete("default")
    reply = nadia.post(address, said)
    assert reply.status_code == 404
    assert WORDS in reply.content.decode()
    assert "Rien n’a été enregistré" in reply.content.decode()


def test_a_new_hour_leaves_the_page_that_is_open_its_meeting(cast: Cast, nadia: Client) -> None:
    dyad = cast.thomas_nadia
    meeting = DyadMeeting.objects.get(dyad=dyad, on=cast.on, status="planned")
    slot = dyad.timetables.get()
    said: dict[str, Any] = {"weekday": str(slot.weekday), "starts_at": "15:40", "minutes": "30", "place": ""}
    said |= {"starts_on": cast.on.isoformat(), "last_on": "", "replaces": "on"}
    assert nadia.post(f"/dyades/{dyad.pk}/horaire/", said).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts_at.isoformat("minutes"), meeting.minutes) == ("15:40", 30)
    assert dyad.meetings.filter(on=cast.on).count() == 1
    assert nadia.post(f"/rencontres/{meeting.pk}/tenue/").status_code == 302


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_character_that_no_database_keeps_loses_nothing_else(cast: Cast, nadia: Client, signed_in: bool) -> None:
    address = f"/dyades/{cast.thomas_nadia.pk}/consigner/"
    said = opened_by(nadia, address) | {"note": f"{WORDS}\0", "minutes": "\0"}
    assert nadia.post("/brouillons/", said).status_code == 200
    reply = (nadia if signed_in else Client()).post(address, said)
    assert reply.status_code == (422 if signed_in else 302)
    assert Draft.objects.get(person=cast.nadia).content["note"] == [WORDS]
    assert WORDS in nadia.get(address).content.decode()


def test_who_stands_in_does_not_take_the_timetable_away(cast: Cast, client_of: ClientOf) -> None:
    dyad, karim = cast.thomas_nadia, client_of(cast.karim)
    dyad.substitutes.create(person=cast.karim, starts_on=cast.on, ends_on=cast.on + timedelta(days=1))
    assert karim.get(f"/dyades/{dyad.pk}/").status_code == 200
    assert karim.post(f"/plages-dyade/{dyad.timetables.get().pk}/retirer/").status_code == 403
    assert dyad.meetings.filter(on=cast.on).exists()


def test_two_slots_of_a_day_whose_hours_change_keep_a_row_each(cast: Cast) -> None:
    dyad = cast.thomas_nadia
    slot = dyad.timetables.get()
    fields = {"weekday": slot.weekday, "starts_on": slot.starts_on, "minutes": 10}
    other, gone = (dyad.timetables.create(starts_at=hour, **fields) for hour in ("16:00", "17:00"))
    plan_ahead(board=cast.board, on=cast.on)
    before = dict(dyad.meetings.filter(on=cast.on).values_list("timetable", "pk"))
    assert len(before) == 3
    dyad.timetables.filter(pk=slot.pk).update(starts_at="08:00")
    dyad.timetables.filter(pk=other.pk).update(starts_at="08:30")
    dyad.timetables.filter(pk=gone.pk).update(ends_on=cast.on)
    plan_ahead(board=cast.board, on=cast.on)
    after = dict(dyad.meetings.filter(on=cast.on).values_list("timetable", "pk"))
    assert after == {slot.pk: before[slot.pk], other.pk: before[other.pk]}
    assert plan_ahead(board=cast.board, on=cast.on) == 0
