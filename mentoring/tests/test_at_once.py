"""The same form sent by several clients at the same instant is one record, and none of them is refused."""

import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from mentoring.actions import planning
from mentoring.actions.planning import plan_every_week, plan_meeting
from mentoring.models import DyadMeeting
from programs.log.kinds import KINDS, Entry, Part, RecordKind
from programs.log.verbs import log
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def eight_times(act: Callable[[], Any]) -> set[Any]:
    """The keys of what eight clients were given, or what they were told."""
    start, given = threading.Barrier(8), list[Any]()

    def client() -> None:
        start.wait()
        try:
            given.append(act().pk)
        except Exception as refusal:  # whatever it is, the person would see it
            given.append(repr(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=client) for _client in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return set(given)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the question whether it exists and the writing, each client after the first takes its time."""
    order = iter([0.0] + [0.3] * 50)

    def slowed(check: Callable[..., None]) -> Callable[..., None]:
        def wait(*args: Any, **said: Any) -> None:
            time.sleep(next(order))
            check(*args, **said)

        return wait

    monkeypatch.setattr(RecordKind, "check", slowed(RecordKind.check))


@pytest.fixture
def said(cast: Cast) -> dict[str, Any]:
    return {"dyad": cast.kim_nadia, "on": cast.on}


def test_a_log_is_one_record(cast: Cast, slow: None) -> None:
    key, values = uuid.uuid4(), {"status": "held", "minutes": 25, "channel": "in_person"}
    part = Part(KINDS["rencontre"], cast.kim_nadia, Entry(cast.on - timedelta(days=4), values), key)
    given = eight_times(lambda: log(parts=[part], person=cast.nadia, on=cast.on)[0])
    assert given == {DyadMeeting.objects.get(entry_uuid=key).pk}


def test_a_form_sent_to_two_dyads_at_once_is_one_record_and_a_sentence(cast: Cast, slow: None) -> None:
    key, values = uuid.uuid4(), {"status": "held", "minutes": 25, "channel": "in_person"}
    entry = Entry(cast.on - timedelta(days=4), values)
    dyads = iter([cast.kim_nadia, cast.thomas_nadia] * 4)

    def send() -> Any:
        return log(parts=[Part(KINDS["rencontre"], next(dyads), entry, key)], person=cast.nadia, on=cast.on)[0]

    given = eight_times(send)
    assert len(given) == 2
    given.remove(DyadMeeting.objects.get(entry_uuid=key).pk)
    assert "Ce formulaire a déjà servi ailleurs" in given.pop()


def test_a_plan_is_one_meeting_and_a_weekly_one_is_one_slot(
    cast: Cast, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = uuid.uuid4()
    said |= {"day": cast.on + timedelta(days=1), "starts_at": None, "minutes": 25}
    given = eight_times(lambda: plan_meeting(entry_uuid=key, **said))
    assert given == {DyadMeeting.objects.get(entry_uuid=key).pk}
    monkeypatch.setattr(planning, "plan_ahead", lambda **said: time.sleep(0.2))
    given = eight_times(lambda: plan_every_week(person=cast.nadia, **said))
    assert given == {cast.kim_nadia.timetables.get(weekday=2).pk}
