"""What the tests of groups share: the planned meeting of the day, and what the log page sends."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from accompagnement.demo.cast import Cast
from programs.models import GroupMeeting

Payload = Callable[..., dict[str, Any]]


@pytest.fixture
def planned(cast: Cast) -> GroupMeeting:
    """Tremplin's meeting of today, which waits."""
    return cast.tremplin.meetings.get(on=cast.on, status=GroupMeeting.Status.PLANNED)


@pytest.fixture
def typed(cast: Cast) -> Payload:
    """The log form as filled for today, 25 minutes, nobody absent; what is given replaces."""

    def fill(**given: Any) -> dict[str, Any]:
        usual = {"entry_uuid": str(uuid.uuid4()), "day": cast.on.isoformat(), "minutes": "25", "activities": ["game"]}
        return usual | given

    return fill
