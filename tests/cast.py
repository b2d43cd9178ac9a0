"""Fixtures that every test may use: a fixed day, the cast as it stands on that day, and signed-in clients."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django import Settings

from accompagnement.demo import cast as demo_cast
from accompagnement.demo.cast import Cast, make_cast
from mentoring.models import Dyad, Mentor
from people.access import Role
from people.models import Membership, User
from tests.rehearsal import Rehearsal

ON = date(2026, 11, 23)
BACKEND = "people.backends.PersonBackend"


@pytest.fixture
def today() -> Iterator[date]:
    """Monday 23 November 2026, nine in the morning in Montréal; the clock ticks from there."""
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("America/Toronto")), tick=True):
        yield ON


@pytest.fixture
def long_after() -> Iterator[None]:
    """The clock stands long after the days of a case: none of them is to come, whatever day it is here."""
    with time_machine.travel(datetime(2030, 1, 1, 12, tzinfo=ZoneInfo("America/Toronto")), tick=True):
        yield


@pytest.fixture
def cheap_passwords(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(demo_cast, "common_password", lambda: make_password(demo_cast.PASSWORD))


@pytest.fixture(scope="session")
def rehearsal() -> Rehearsal:
    return Rehearsal()


@pytest.fixture
def cast(db: None, today: date, cheap_passwords: None, rehearsal: Rehearsal) -> Cast:
    return rehearsal.stage(make_cast, today)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A client signed in as that person: ``client_of(cast.nadia).get("/")``."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person, backend=BACKEND)
        return client

    return signed_in


def also_mentors(person: User, dyad: Dyad) -> None:
    """The person mentors in the dyad from now on, on top of the roles that they hold."""
    school = dyad.program.school
    since = dyad.starts_on
    Membership.objects.create(person=person, role=Role.MENTOR, board=school.board, school=school, starts_on=since)
    dyad.mentor = Mentor.objects.create(person=person, kind=dyad.mentor.kind)
    dyad.save()
