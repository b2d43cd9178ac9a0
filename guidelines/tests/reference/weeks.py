"""The seven steps: which weeks or cycles of a dyad or a group are met, and which are missed."""

from dataclasses import dataclass
from datetime import date, timedelta

from guidelines.tests.reference.days import DAY, days_of, year_of
from guidelines.tests.reference.rows import Board, Dyad, Group, Meeting, Program, holds, kept

Period = tuple[date, date, list[date]]
MEETING_CHANNELS = ("in_person", "video", "")


@dataclass
class Week:
    """A met or missed week: ``unlogged`` when a planned meeting of it was never logged; ``in_grace``: may still be."""

    starts: date
    until: date
    met: bool
    unlogged: bool
    in_grace: bool

    def holds(self, on: date) -> bool:
        return self.starts <= on < self.until


def periods(board: Board, program: Program) -> list[Period]:
    """(from, to exclusive, class days) of each week or full cycle, in order."""
    key = (program.school, program.cadence)
    if key not in board.periods:
        board.periods[key] = _weeks(board, program) if program.cadence == 0 else _cycles(board, program)
    return board.periods[key]


def _weeks(board: Board, program: Program) -> list[Period]:
    days = days_of(board, program)
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    return [(monday, monday + 7 * DAY, [d for d in days if monday <= d < monday + 7 * DAY]) for monday in mondays]


def _cycles(board: Board, program: Program) -> list[Period]:
    cycles: list[list[date]] = []
    for year in sorted(board.years):
        days = [day for day in days_of(board, program) if year_of(board, day) == year]
        cycles += [days[i : i + program.cadence] for i in range(0, len(days), program.cadence)]
    spans = []
    for index, days in enumerate(cycles):
        until = cycles[index + 1][0] if index + 1 < len(cycles) else date.max
        if len(days) == program.cadence:
            spans.append((days[0], until, days))
    return spans


def meetings_by(owner: Dyad | Group, on: date) -> list[Meeting]:
    """In person or by video, dated on or before a day."""
    return [m for m in kept(owner.meetings) if m.channel in MEETING_CHANNELS and m.on <= on]


def held_by(owner: Dyad | Group, on: date) -> list[Meeting]:
    return [m for m in meetings_by(owner, on) if m.status == "held"]


def assessable(board: Board, owner: Dyad | Group, on: date) -> list[Week]:
    """The met and missed weeks (or cycles), oldest first."""
    if (owner.key, on) not in board.weeks:
        board.weeks[owner.key, on] = _assessable(board, owner, on)
    found: list[Week] = board.weeks[owner.key, on]
    return found


def _assessable(board: Board, owner: Dyad | Group, on: date) -> list[Week]:
    program = board.programs[owner.program]
    known = meetings_by(owner, on)
    weeks = []
    for starts, until, days in periods(board, program):
        if starts > on:
            break
        rows = [m for m in known if starts <= m.on < until]
        state = _state(board, owner, rows, (starts, until, days), on)
        if state in ("met", "missed"):
            unlogged = any(m.status == "planned" for m in rows)
            weeks.append(Week(starts, until, state == "met", unlogged, on < days[-1] + program.grace * DAY))
    return weeks


def _state(board: Board, owner: Dyad | Group, rows: list[Meeting], period: Period, on: date) -> str:
    program, days, ends_on = board.programs[owner.program], period[2], owner.ends_on
    pauses = owner.pauses if isinstance(owner, Dyad) else []
    excuses = ("student_absent", "school_closed") if isinstance(owner, Dyad) else ("school_closed",)
    first, last = days[0], days[-1]
    if owner.starts_on > first:
        return "outside"
    if ends_on is not None and ends_on <= on and ends_on <= last:
        return "outside"
    if any(m.status == "held" for m in rows):
        return "met"
    if last > on:
        return "not over"
    if all(any(holds(pause, day) for pause in pauses) for day in days):
        return "excused"
    not_held = [m for m in rows if m.status == "not_held"]
    if any(m.reason in excuses for m in not_held) or could_not_meet(board, owner, period):
        return "excused"
    if not not_held and on < last + program.grace * DAY:
        return "pending"
    return "missed"


def could_not_meet(board: Board, owner: Dyad | Group, period: Period) -> bool:
    """A weekly slot at least falls in the period, and each that does falls on a day without class."""
    starts, until, days = period
    until = min(until, days[-1] + 400 * DAY)  # the last cycle of all has no end, and no slot begins so late
    class_days = set(days_of(board, board.programs[owner.program]))
    falls = [
        day
        for day in (starts + n * DAY for n in range((until - starts).days))
        for slot in owner.slots
        if slot.weekday == day.isoweekday() and holds(slot.span, day)
    ]
    return bool(falls) and all(day not in class_days for day in falls)


def gap(weeks: list[Week]) -> list[Week]:
    """The missed weeks in a row at the end."""
    found: list[Week] = []
    for week in reversed(weeks):
        if week.met:
            break
        found.append(week)
    return found


def confidence(weeks: list[Week]) -> str:
    return "partial" if any(week.unlogged for week in weeks if not week.met) else "complete"
