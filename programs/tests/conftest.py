"""What the tests of groups share: the planned meeting of the day."""

import pytest

from accompagnement.demo.cast import Cast
from programs.models import GroupMeeting


@pytest.fixture
def planned(cast: Cast) -> GroupMeeting:
    """Tremplin's meeting of today, which waits."""
    return cast.tremplin.meetings.get(on=cast.on, status=GroupMeeting.Status.PLANNED)
