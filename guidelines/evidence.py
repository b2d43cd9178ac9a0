"""What a finding rests on: the weeks, the last meeting, and what nobody has logged yet."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from guidelines.completeness import Share, due_by, logged_share
from guidelines.models import Flag
from mentoring.models import Dyad, DyadMeeting
from mentoring.weeks import strips
from people.models import User
from programs.calendars.periods import PeriodState, WeekCell
from programs.models import GroupMeeting, MeetingRecord, SupportGroup

WEEKS = 8
A_YEAR = timedelta(days=365)
MOST_MEETINGS = 60


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


def evidence(flag: Flag, *, user: User, on: date, with_share: bool) -> Evidence:
    """The facts beside a finding, as they stood on ``on``, or on the last day of a dyad that had ended. Three queries.

    ``with_share`` adds how complete the programme's log is: for those who answer for the programme.
    """
    if flag.dyad:
        return _of_dyad(flag.dyad, user, on, with_share)
    if flag.group:
        return _of_group(flag.group, user, on, with_share)
    return Evidence()


def _of_dyad(dyad: Dyad, user: User, on: date, with_share: bool) -> Evidence:
    if dyad.ends_on and dyad.ends_on <= on:
        on = dyad.ends_on - timedelta(days=1)
    cells = weeks_until(dyad, on)
    first = cells[-WEEKS:][0].span_from if cells else on
    visible = DyadMeeting.objects.visible_to(user)
    shown = Q(status=MeetingRecord.Status.HELD) | Q(status=MeetingRecord.Status.PLANNED, on__gte=first, on__lt=on)
    meetings = list(visible.filter(shown, dyad=dyad, on__lte=on).meetings().order_by("-on")[:MOST_MEETINGS])
    held = [meeting for meeting in meetings if meeting.is_logged]
    of_program = visible.filter(dyad__program=dyad.program_id)
    return Evidence(
        year=cells,
        last_meeting=held[0] if held else None,
        unlogged=[meeting for meeting in reversed(meetings) if not meeting.is_logged],
        share=logged_share(of_program, GroupMeeting.objects.none(), since=on - A_YEAR, until=due_by(on))
        if with_share
        else None,
    )


def _of_group(group: SupportGroup, user: User, on: date, with_share: bool) -> Evidence:
    visible = GroupMeeting.objects.visible_to(user)
    of_program = visible.filter(group__program=group.program_id)
    return Evidence(
        last_meeting=visible.filter(group=group, on__lte=on).held().order_by("-on").first(),
        share=logged_share(DyadMeeting.objects.none(), of_program, since=on - A_YEAR, until=due_by(on))
        if with_share
        else None,
    )


def weeks_until(dyad: Dyad, on: date) -> list[WeekCell]:
    """The weeks (or cycles) of the dyad's last year that had begun on ``on``."""
    cells = strips([dyad.pk], on=on, since=on - A_YEAR, until=on + timedelta(days=1))
    return [cell for cell in cells[dyad.pk] if cell.state != PeriodState.OUTSIDE]
