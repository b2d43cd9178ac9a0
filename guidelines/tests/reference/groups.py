"""Support groups open on the day: size, adult in charge, rhythm (§2, §2.2)."""

from datetime import date

from guidelines.tests.reference.days import days_of, year_of
from guidelines.tests.reference.numbers import number
from guidelines.tests.reference.rows import Board, Group, Meeting, holds, kept
from guidelines.tests.reference.verdicts import LACKING, Verdict, found, per_cent
from guidelines.tests.reference.weeks import assessable, confidence, gap, held_by, meetings_by


def is_open(group: Group, on: date) -> bool:
    return holds((group.starts_on, group.ends_on), on)


def active_members(group: Group, on: date) -> set[str]:
    return {who for who, starts, ends in group.members if holds((starts, ends), on)}


def leads_on(group: Group, on: date) -> set[str]:
    return {lead.person for lead in group.leads if holds((lead.starts_on, lead.ends_on), on)}


def too_large(board: Board, group: Group, on: date) -> Verdict:
    size = len(active_members(group, on))
    for severity in ("critical", "warning"):
        bound = number(board, on, "group-too-large", severity, group.program)
        if size > bound:
            return found(severity, size, bound)
    return None


def too_small(board: Board, group: Group, on: date) -> Verdict:
    size = len(active_members(group, on))
    if size == 0:
        return LACKING
    bound = number(board, on, "group-too-small", "info", group.program)
    return found("info", size, bound) if size < bound else None


def first_year(board: Board, group: Group, on: date) -> Verdict:
    year = year_of(board, on)
    if year is None or year_of(board, group.starts_on) != year:
        return None
    grades = [board.students[who].grade for who in active_members(group, on)]
    known = [grade for grade in grades if grade is not None]
    if not known:
        return LACKING
    others = sum(grade != 1 for grade in known)
    bound = number(board, on, "group-first-year", "info", group.program)
    return found("info", others, bound) if others > bound else None


def no_lead(board: Board, group: Group, on: date) -> Verdict:
    days = days_of(board, board.programs[group.program])
    begun = any(group.starts_on <= day <= on for day in days)
    goes_on = any(day >= on and (group.ends_on is None or day < group.ends_on) for day in days)
    adults, bound = len(leads_on(group, on)), number(board, on, "group-no-lead", "critical", group.program)
    return found("critical", adults, bound) if begun and goes_on and adults <= bound else None


def frequency(board: Board, group: Group, on: date) -> Verdict:
    weeks = assessable(board, group, on)[-4:]
    counted = []
    for m in meetings_by(group, on):
        week = next((week for week in weeks if week.holds(m.on)), None)
        if week is None or not (m.planned or m.status == "planned"):
            continue
        if m.status == "not_held" and m.reason == "school_closed":
            continue
        if m.status == "planned" and week.in_grace:
            continue
        counted.append(m)
    if not counted:
        return LACKING
    held = sum(m.status == "held" for m in counted)
    sure = "partial" if any(m.status == "planned" for m in counted) else "complete"
    for severity in ("critical", "warning"):
        bound = number(board, on, "group-frequency", severity, group.program)
        if 100 * held < bound * len(counted):
            return found(severity, per_cent(held, len(counted)), bound, sure)
    return None


def missed_in_a_row(board: Board, group: Group, on: date) -> Verdict:
    row = gap(assessable(board, group, on))
    for severity in ("critical", "warning"):
        bound = number(board, on, "group-gap", severity, group.program)
        if len(row) >= bound:
            return found(severity, len(row), bound, confidence(row))
    return None


def meeting_length(board: Board, group: Group, on: date) -> Verdict:
    lengths = _by_slot(group, on) or _of_program(board, group) or _by_day(board, group, on)
    if not lengths:
        return LACKING
    floor, ceiling = (number(board, on, "group-meeting-length", n, group.program) for n in ("floor", "ceiling"))
    if min(lengths) < floor:
        return found("info", min(lengths), floor)
    return found("info", max(lengths), ceiling) if max(lengths) > ceiling else None


def _by_slot(group: Group, on: date) -> list[int]:
    by_day: dict[tuple[int | None, int | None], int] = {}
    for slot in group.slots:
        if holds(slot.span, on) and slot.minutes is not None:
            key = (slot.weekday, slot.cycle_day)
            by_day[key] = by_day.get(key, 0) + slot.minutes
    return list(by_day.values())


def _of_program(board: Board, group: Group) -> list[int]:
    minutes = board.programs[group.program].minutes
    return [] if minutes is None else [minutes]


def _by_day(board: Board, group: Group, on: date) -> list[int]:
    weeks = assessable(board, group, on)[-8:]
    by_day: dict[date, int] = {}
    for m in held_by(group, on):
        if m.minutes is not None and any(week.holds(m.on) for week in weeks):
            by_day[m.on] = by_day.get(m.on, 0) + m.minutes
    return [sum(by_day.values()) // len(by_day)] if by_day else []


def attendance(board: Board, group: Group, on: date) -> Verdict:
    marked = [m for m in kept(group.meetings) if m.status == "held" and m.on <= on and m.marks]
    last = sorted(marked, key=lambda m: m.on)[-4:]
    if len(last) < 4:
        return LACKING

    def always_absent(who: str, meetings: list[Meeting]) -> bool:
        return all(m.marks.get(who) == "absent" for m in meetings)

    absent = sum(always_absent(who, last) for who in active_members(group, on))
    bound = number(board, on, "group-attendance", "info", group.program)
    return found("info", absent, bound) if absent > bound else None


RULES = {
    "group-too-large": too_large,
    "group-too-small": too_small,
    "group-first-year": first_year,
    "group-no-lead": no_lead,
    "group-frequency": frequency,
    "group-gap": missed_in_a_row,
    "group-meeting-length": meeting_length,
    "group-attendance": attendance,
}
