import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mentoring.models import DyadMeeting
from people.models import User
from tests.cast import Cast


@pytest.fixture
def nadia(cast: Cast, client_of: Callable[[User], Client]) -> Client:
    return client_of(cast.nadia)


@pytest.fixture
def julie(cast: Cast, client_of: Callable[[User], Client]) -> Client:
    return client_of(cast.julie)


@pytest.fixture
def planned(cast: Cast) -> DyadMeeting:
    """A meeting of Thomas and Nadia, planned today, with a timetable."""
    slot = cast.thomas_nadia.timetables.first()
    assert slot is not None
    DyadMeeting.objects.filter(dyad=cast.thomas_nadia, on=cast.on).delete()
    DyadMeeting.objects.bulk_create(
        [
            DyadMeeting(
                board=cast.board,
                dyad=cast.thomas_nadia,
                timetable=slot,
                on=cast.on,
                starts_at=slot.starts_at,
                minutes=25,
                status="planned",
                planned=True,
            )
        ]
    )
    return DyadMeeting.objects.get(dyad=cast.thomas_nadia, on=cast.on)


@pytest.fixture
def entry() -> Callable[..., dict[str, Any]]:
    """What the page of a held meeting sends; a value of None leaves its field out."""

    def sent(**changes: Any) -> dict[str, Any]:
        usual = {
            "entry_uuid": str(uuid.uuid4()),
            "day": "2026-11-23",
            "minutes": "40",
            "channel": "in_person",
            "activity": "shared_activity",
            "chosen_by": "student",
            "note": "",
        }
        return {name: value for name, value in (usual | changes).items() if value is not None}

    return sent
