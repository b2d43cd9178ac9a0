"""What somebody asked of a report: by which audience, of which programmes, over which days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from people.access import Role
from people.models import SchoolBoard, User
from programs.fixed_periods import Named, Period
from programs.models import Program
from reports.audiences import BOARD, TOTALS, TRAINING, Audience
from reports.dashboard import led_programs


@dataclass(frozen=True)
class Ask:
    """``on`` is the board's day, ``read_at`` the moment at which the data is read.

    ``school`` and ``program`` are ids, as a form says them: they narrow what the person may read, and what is not
    theirs keeps nothing.
    """

    user: User
    board: SchoolBoard
    audience: Audience
    named: Named
    on: date
    read_at: datetime
    school: str = ""
    program: str = ""
    reason: str = ""

    @property
    def period(self) -> Period:
        return self.named.period

    @property
    def last_day(self) -> date:
        """The day on which its numbers stand: the last of the period, never one to come."""
        return min(self.on, self.period.last_day)

    @cached_property
    def programs(self) -> Sequence[Program]:
        """Those that the report tells of, with their schools, by school and name. One query."""
        return [
            one
            for one in programs_of(self.user, self.audience, on=self.on)
            if (not self.school or str(one.school_id) == self.school)
            and (not self.program or str(one.pk) == self.program)
        ]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.school or self.program)

    @property
    def narrowed(self) -> str:
        """The filters in words; empty for all that the person answers for."""
        if not self.is_narrowed or not self.programs:
            return ""
        first = self.programs[0]
        return f"{first.school}, {first}" if self.program else str(first.school)


def programs_of(user: User, audience: Audience, *, on: date) -> list[Program]:
    """Those that the files of an audience may tell of, with their schools, by school and name. One query."""
    if audience is TOTALS:
        return sorted(led_programs(user, on=on), key=_order)
    if audience is BOARD:
        rows = Program.objects.filter(user.access.within(Role.BOARD_ADMIN, board="board"))
    elif audience is TRAINING:
        rows = Program.objects.filter(user.access.within(Role.TRAINER, board="board", school="school"))
    else:
        rows = Program.objects.visible_to(user)
    return sorted(rows.select_related("school"), key=_order)


def _order(program: Program) -> tuple[str, int, str, int]:
    return program.school.name, program.school_id, program.name_key, program.pk
