"""One's sessions: what is open and on what, and their end; they don't hang on the cache."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accompagnement.demo.cast import PASSWORD, Cast
from people.actions.sessions import purge_sessions
from people.devices import kind_of_device
from people.models import AuditEntry, OpenedSession, User
from people.retention import SESSIONS_KEPT
from people.sessions import listed

ClientOf = Callable[[User], Client]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"


def signed_in(person: User, signature: str) -> Client:
    client = Client(headers={"User-Agent": signature})
    assert client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}).status_code == 302
    return client


def opens(client: Client) -> bool:
    return client.get(reverse("devices")).status_code == 200


@pytest.mark.parametrize(
    ("signature", "said"),
    [(FIREFOX, "Firefox / Windows"), (SAFARI, "Safari / iPhone"), (EDGE, "Edge / Chromebook"), ("", " / ")],
)
def test_a_browser_says_what_it_is(signature: str, said: str) -> None:
    assert kind_of_device(signature) == said
    assert len(kind_of_device(signature)) <= 40


@pytest.mark.once
def test_one_ends_a_session_or_all_the_others(cast: Cast) -> None:
    here, phone, tablet = (signed_in(cast.nadia, signature) for signature in (FIREFOX, SAFARI, EDGE))
    cache.clear()  # a cache that is emptied loses nobody's session
    page = here.get(reverse("devices")).content.decode()
    assert [said in page for said in ("Firefox sur Windows", "Safari sur iPhone", "Edge sur Chromebook")] == [True] * 3
    assert page.count("Cet appareil") == 1
    safari = OpenedSession.objects.get(device="Safari / iPhone")
    here.post(reverse("device_end", args=[safari.pk]))
    assert [opens(one) for one in (here, phone, tablet)] == [True, False, True]
    own = OpenedSession.objects.get(device="Firefox / Windows")
    here.post(reverse("device_end", args=[own.pk]))
    assert opens(here), "this session ends by signing out"
    here.post(reverse("devices_end_others"))
    assert [opens(one) for one in (here, phone, tablet)] == [True, False, False]
    assert AuditEntry.objects.filter(verb="session.ended", person=cast.nadia).count() == 2


@pytest.mark.once
def test_a_new_password_ends_the_others_and_keeps_this_one_in_the_list(cast: Cast) -> None:
    here, phone = signed_in(cast.nadia, FIREFOX), signed_in(cast.nadia, SAFARI)
    new = "une tout autre phrase"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), said).status_code == 302
    assert [opens(one) for one in (here, phone)] == [True, False]
    cast.nadia.refresh_from_db()
    rows = listed(cast.nadia, at=timezone.now(), mark="")
    assert [row.browser for row in rows if row.is_open] == ["Firefox"]


@pytest.mark.once
def test_nobody_ends_the_session_of_another_and_old_ones_are_forgotten(cast: Cast, client_of: ClientOf) -> None:
    nadia = signed_in(cast.nadia, FIREFOX)
    row = OpenedSession.objects.get(device="Firefox / Windows")
    assert client_of(cast.alain).post(reverse("device_end", args=[row.pk])).status_code == 404
    assert opens(nadia)
    now = timezone.now()
    purge_sessions(before=now - SESSIONS_KEPT, at=now)
    assert opens(nadia)
    later = now + SESSIONS_KEPT + timedelta(days=1)
    purge_sessions(before=later - SESSIONS_KEPT, at=later)
    assert not OpenedSession.objects.exists()
    assert not Session.objects.exists()
