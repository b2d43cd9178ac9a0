"""What a group usually does: the visible defaults of its log page."""

from datetime import date
from typing import Any

from programs.activities import GROUP_ACTIVITIES
from programs.models import GroupMeeting, SupportGroup


def habits(group: SupportGroup, on: date, planned: GroupMeeting | None) -> dict[str, Any]:
    """The length of the plan, else of the timetable, the last meeting or the programme; the last one's activities."""
    last = group.meetings.kept().held().filter(on__lte=on).order_by("-on", "-pk").defer("note").first()
    slot = group.timetables.active_on(on).first()
    lengths = (planned and planned.minutes, slot and slot.minutes, last and last.minutes, group.program.minutes)
    minutes = next((length for length in lengths if length), None)
    done = [code for code in last.activities if code in GROUP_ACTIVITIES] if last else []
    return {"minutes": str(minutes) if minutes else None, "activities": done}
