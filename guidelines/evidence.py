"""What a finding rests on: the weeks, the last meeting, and what nobody has logged yet."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from guidelines.completeness import Share, logged_share
from guidelines.models import Flag
from mentoring.models import Dyad, DyadMeeting
from mentoring.weeks import strips, unlogged_meetings
from people.models import User
from programs.models import GroupMeeting, MeetingRecord
from programs.periods import PeriodState, WeekCell

WEEKS = 8
LOOK_BACK_DAYS = 365


@dataclass(frozen=True)
class Evidence:
    year: list[WeekCell] = field(default_factory=list)
    """Every week of the last twelve months: a long silence began before the strip."""
    last_meeting: MeetingRecord | None = None
    unlogged: list[DyadMeeting] = field(default_factory=list)
    share: Share | None = None

    @property
    def cells(self) -> list[WeekCell]:
        """The strip: the last weeks."""
        return self.year[-WEEKS:]

    @property
    def excused(self) -> bool:
        return any(cell.state == PeriodState.EXCUSED for cell in self.cells)

    @property
    def pending(self) -> bool:
        return any(cell.state == PeriodState.PENDING for cell in self.cells)


def evidence(flag: Flag, *, user: User, on: date) -> Evidence:
    """The facts beside a finding, read on the last day of an ended dyad or on ``on``. At most five queries."""
    since = on - timedelta(days=LOOK_BACK_DAYS)
    if flag.dyad:
        seen_on = min(on, flag.dyad.ended_on - timedelta(days=1)) if flag.dyad.ended_on else on
        cells = _weeks(flag.dyad, seen_on)
        first = cells[-WEEKS:][0].span_from if cells else seen_on
        waiting = unlogged_meetings([flag.dyad.pk], on=seen_on).get(flag.dyad.pk, [])
        meetings = DyadMeeting.objects.visible_to(user)
        program = flag.dyad.program_id
        return Evidence(
            year=cells,
            last_meeting=meetings.filter(dyad=flag.dyad, on__lte=seen_on).held().meetings().order_by("-on").first(),
            unlogged=[meeting for meeting in reversed(waiting) if meeting.on >= first],
            share=logged_share(meetings.filter(dyad__program=program), GroupMeeting.objects.none(), since=since, on=on),
        )
    if flag.group:
        held = GroupMeeting.objects.visible_to(user)
        return Evidence(
            last_meeting=held.filter(group=flag.group, on__lte=on).held().order_by("-on").first(),
            share=logged_share(
                DyadMeeting.objects.none(), held.filter(group__program=flag.group.program_id), since=since, on=on
            ),
        )
    return Evidence()


def _weeks(dyad: Dyad, on: date) -> list[WeekCell]:
    """The weeks (or cycles) of the dyad that had begun on ``on``."""
    cells = strips([dyad.pk], on=on, since=on - timedelta(days=LOOK_BACK_DAYS), until=on + timedelta(days=1))
    return [cell for cell in cells[dyad.pk] if cell.state != PeriodState.OUTSIDE]
