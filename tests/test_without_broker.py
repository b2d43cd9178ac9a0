"""The broker is a doorbell: when nobody answers it, pages open and meetings are saved."""

import socket
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from kombu.exceptions import OperationalError

from accompagnement.celery import app
from accompagnement.demo.cast import Cast
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag
from guidelines.tasks import evaluate_due_boards
from mentoring.models import DyadMeeting
from people.models import User
from programs.models import GroupMeeting
from tests.services import point_to

pytestmark = pytest.mark.on_postgresql


@pytest.fixture
def broker_down() -> Iterator[None]:
    """Tasks go to a Redis that is not there, and a publication is not tried again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = taken.getsockname()[1]
        before = app.conf.broker_url, app.conf.task_publish_retry
        app.conf.task_publish_retry = False
        point_to(app, f"redis://127.0.0.1:{closed}/0")
        yield
        app.conf.task_publish_retry = before[1]
        point_to(app, before[0])


@pytest.fixture
def nadia(transactional_db: None, cast: Cast, client_of: Callable[[User], Client], broker_down: None) -> Client:
    return client_of(cast.nadia)


def test_the_broker_is_really_down(broker_down: None) -> None:
    with pytest.raises(OperationalError):
        evaluate_due_boards.delay()


def test_meetings_are_saved_and_findings_follow(cast: Cast, nadia: Client) -> None:
    evaluate_board(cast.board, on=cast.on)
    gone = Flag.objects.get(dyad=cast.maika_nadia, guideline="dyad-frequency")
    silence = DyadMeeting.objects.filter(dyad=cast.maika_nadia, channel="phone")
    for meeting in silence:
        entry = {"entry_uuid": uuid4(), "day": "other", "other_on": meeting.on.isoformat(), "minutes": "25"}
        entry |= {"channel": "in_person"}
        saved = nadia.post(f"/dyades/{cast.maika_nadia.pk}/consigner/", entry)
        assert saved.status_code == 302, saved.content.decode()
    gone.refresh_from_db()
    assert gone.state == Flag.State.CLEARED

    planned = GroupMeeting.objects.get(group=cast.tremplin, on=cast.on)
    assert nadia.post(f"/rencontres-groupe/{planned.pk}/tenue/").status_code == 302
    planned.refresh_from_db()
    assert planned.status == "held"


def test_pages_answer(nadia: Client) -> None:
    paths = ["/semaine/", "/vigilance/", "/dyades/", "/groupes/", "/sante/"]
    assert {path: nadia.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
