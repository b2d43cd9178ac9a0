"""One's planned meetings in one's calendar: hours and initials, by a link that is one's own."""

import uuid
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accompagnement.demo.cast import Cast
from exchange.api.actions import make_calendar_link
from exchange.models import ApiToken
from exchange.tests.api import secret_of
from people.actions.accounts import close_accounts
from people.models import Student, User
from programs.log.kinds import kind_of

pytestmark = pytest.mark.on_postgresql
ClientOf = Callable[[User], Client]


def link_of(person: User) -> str:
    made = make_calendar_link(person=person, entry_uuid=uuid.uuid4(), at=timezone.now())
    return reverse("calendar_feed", args=[made.secret])


def events(address: str) -> list[Any]:
    return list(Calendar.from_ical(Client().get(address).content).walk("VEVENT"))


def test_planned_meetings_from_a_month_back(cast: Cast) -> None:
    dyad = cast.thomas_nadia
    own = [row for of in (cast.maika_nadia, dyad, cast.tremplin) for row in of.meetings.filter(status="planned")]
    assert own
    old = dyad.meetings.create(board=cast.board, on=cast.on - timedelta(days=40), status="planned", planned=True)
    at = dyad.meetings.create(
        board=cast.board, on=cast.on + timedelta(days=1), starts_at=time(12, 10), minutes=35, status="planned"
    )
    told = {event["uid"]: event for event in events(link_of(cast.nadia))}
    assert f"rencontre-{old.pk}@accompagnement" not in told
    event = told[f"rencontre-{at.pk}@accompagnement"]
    assert str(event["dtstart"].dt) == "2026-11-24 17:10:00+00:00", "ten past noon in Montréal"
    assert event["duration"].dt == timedelta(minutes=35)
    assert {f"{kind_of(row).slug}-{row.pk}@accompagnement" for row in own} <= set(told)
    assert not any(f"rencontre-{row.pk}@" in uid for row in cast.ines_marc.meetings.all() for uid in told)


def test_initials_and_no_name(cast: Cast) -> None:
    text = Client().get(link_of(cast.nadia)).content.decode().lower()
    thomas = cast.thomas_nadia.student
    assert f"{thomas.given_name[0]}. {thomas.family_name[0]}.".lower() in text
    names = {name.lower() for row in Student.objects.all() for name in (row.given_name, row.family_name) if name}
    # A short name may stand in a longer word.
    names = {name for name in names if len(name) > 3} | {
        cast.nadia.family_name.lower(),
        cast.tremplin.name.lower(),
        str(cast.school).lower(),
    }
    assert not [name for name in names if name in text]


def test_an_answer_is_private_and_not_sent_twice(cast: Cast) -> None:
    address = link_of(cast.nadia)
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-cache", "no-referrer")
    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_link_is_replaced_revoked_and_dies_with_the_account(cast: Cast, client_of: ClientOf) -> None:
    first = link_of(cast.nadia)
    page = client_of(cast.nadia).post(reverse("calendar_link"), {"entry_uuid": str(uuid.uuid4())})
    second = page.context["shown"].removeprefix("http://testserver")
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
    link = ApiToken.objects.get(revoked_at=None)
    client_of(cast.nadia).post(reverse("api_token_revoke", args=[link.pk]))
    assert Client().get(second).status_code == 404
    third = link_of(cast.nadia)
    close_accounts(people=[cast.nadia], person=None, at=timezone.now())
    assert Client().get(third).status_code == 404


def test_no_other_token_opens_it(cast: Cast) -> None:
    assert Client().get(reverse("calendar_feed", args=[secret_of(cast.nadia)])).status_code == 404
    assert Client().get(reverse("calendar_feed", args=["acc_x"])).status_code == 404


def test_queries_do_not_grow(cast: Cast) -> None:
    address = link_of(cast.nadia)
    Client().get(address)
    with CaptureQueriesContext(connection) as few:
        Client().get(address)
    for day in range(30):
        cast.thomas_nadia.meetings.create(board=cast.board, on=cast.on + timedelta(days=day), status="planned")
    with CaptureQueriesContext(connection) as many:
        assert len(events(address)) > 30
    assert len(many) == len(few) <= 4
