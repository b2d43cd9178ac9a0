"""Dyads: how long, how often (§3.2, §3.3)."""

from datetime import date

from guidelines.tests.reference.days import DAY, at_least_months, days_of, whole_months, year_of
from guidelines.tests.reference.numbers import number
from guidelines.tests.reference.rows import Board, Dyad, holds, kept
from guidelines.tests.reference.verdicts import LACKING, Verdict, found, per_cent
from guidelines.tests.reference.weeks import assessable, confidence, gap, held_by, meetings_by


def is_open(dyad: Dyad, on: date) -> bool:
    return holds((dyad.starts_on, dyad.ends_on), on)


def ended_this_year(board: Board, dyad: Dyad, on: date) -> bool:
    year = year_of(board, on)
    return (
        dyad.ends_on is not None
        and dyad.ends_on <= on
        and year is not None
        and year_of(board, dyad.ends_on - DAY) == year
    )


def length(dyad: Dyad, on: date) -> int:
    held = [m.on for m in held_by(dyad, on)]
    assert dyad.ends_on is not None
    return whole_months(min(held) if held else dyad.starts_on, dyad.ends_on)


def duration_short(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not ended_this_year(board, dyad, on):
        return None
    months = length(dyad, on)
    for severity in ("critical", "warning"):
        bound = number(board, on, "dyad-duration-short", severity, dyad.program)
        if months < bound:
            return found(severity, months, bound)
    return None


def duration_planned(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    bound = number(board, on, "dyad-duration-planned", "warning", dyad.program)
    if dyad.committed_until is None:
        return found("warning", None, bound)
    months = whole_months(dyad.starts_on, dyad.committed_until)
    if months < bound:
        return found("warning", months, bound)
    its_year = year_of(board, dyad.starts_on)
    if its_year is not None and dyad.committed_until < its_year[1]:
        return found("info", months, None)
    return None


def commitment_expired(board: Board, dyad: Dyad, on: date) -> Verdict:
    if is_open(dyad, on) and dyad.committed_until is not None and dyad.committed_until <= on:
        return found("info")
    return None


def regularity(board: Board, dyad: Dyad, on: date) -> Verdict:
    long_open = is_open(dyad, on) and at_least_months(
        dyad.starts_on, on, number(board, on, "dyad-regularity", "months", dyad.program)
    )
    if not long_open and not ended_this_year(board, dyad, on):
        return None
    weeks = assessable(board, dyad, on)
    if len(weeks) < number(board, on, "dyad-regularity", "least", dyad.program):
        return LACKING
    met = sum(week.met for week in weeks)
    bound = number(board, on, "dyad-regularity", "warning", dyad.program)
    if 100 * met < bound * len(weeks):
        return found("warning", per_cent(met, len(weeks)), bound, confidence(weeks))
    return None


def critical_period(board: Board, dyad: Dyad, on: date) -> Verdict:
    bound, months, least = (
        number(board, on, "dyad-critical-period", name, dyad.program) for name in ("critical", "months", "least")
    )
    if not is_open(dyad, on) or at_least_months(dyad.starts_on, on, months):
        return None
    weeks = assessable(board, dyad, on)
    if len(weeks) < least:
        return LACKING
    last = weeks[-bound:]
    if len(last) == bound and not any(week.met for week in last):
        return found("critical", bound, bound, confidence(last))
    return None


def frequency(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    weeks = assessable(board, dyad, on)
    if len(weeks) < number(board, on, "dyad-frequency", "least", dyad.program):
        return LACKING
    last = weeks[-number(board, on, "dyad-frequency", "weeks", dyad.program) :]
    missed = sum(not week.met for week in last)
    for severity in ("critical", "warning"):
        bound = number(board, on, "dyad-frequency", severity, dyad.program)
        if missed >= bound:
            return found(severity, missed, bound, confidence(last))
    return None


def missed_in_a_row(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    weeks = assessable(board, dyad, on)
    if len(weeks) < number(board, on, "dyad-gap", "least", dyad.program):
        return LACKING
    row = gap(weeks)
    for severity in ("critical", "warning"):
        bound = number(board, on, "dyad-gap", severity, dyad.program)
        if len(row) >= bound:
            return found(severity, len(row), bound, confidence(row))
    return None


def first_meeting(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on) or held_by(dyad, on):
        return None
    days = days_of(board, board.programs[dyad.program])
    if not days:
        return LACKING
    waited = sum(dyad.starts_on < day <= on for day in days)
    bound = number(board, on, "dyad-first-meeting", "warning", dyad.program)
    if waited > bound:
        return found("warning", waited, bound, _unlogged_after(dyad, dyad.starts_on, on))
    return None


def no_contact(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    days = days_of(board, board.programs[dyad.program])
    if not days:
        return LACKING
    contacts = [m.on for m in kept(dyad.meetings) if m.status == "held" and m.on <= on]
    last = max(contacts) if contacts else dyad.starts_on
    waited = sum(last < day <= on and not any(holds(pause, day) for pause in dyad.pauses) for day in days)
    bound = number(board, on, "dyad-no-contact", "warning", dyad.program)
    if waited > bound:
        return found("warning", waited, bound, _unlogged_after(dyad, last, on))
    return None


def _unlogged_after(dyad: Dyad, day: date, on: date) -> str:
    return "partial" if any(m.status == "planned" and m.on > day for m in meetings_by(dyad, on)) else "complete"


def rematch(board: Board, dyad: Dyad, on: date) -> Verdict:
    recent, early = (
        number(board, on, "student-rematch", name, dyad.program) for name in ("rematch_months", "early_months")
    )
    if not is_open(dyad, on) or at_least_months(dyad.starts_on, on, recent):
        return None
    for other in board.dyads:
        if other.student != dyad.student or other.mentor == dyad.mentor or other.planned_handover:
            continue
        if other.ends_on is None or other.ends_on > dyad.starts_on:
            continue
        before_commitment = other.committed_until is not None and other.ends_on < other.committed_until
        if length(other, on) < early or before_commitment:
            return found("warning")
    return None


RULES = {
    "dyad-duration-short": duration_short,
    "dyad-duration-planned": duration_planned,
    "dyad-commitment-expired": commitment_expired,
    "dyad-regularity": regularity,
    "dyad-critical-period": critical_period,
    "dyad-frequency": frequency,
    "dyad-gap": missed_in_a_row,
    "dyad-first-meeting": first_meeting,
    "dyad-no-contact": no_contact,
    "student-rematch": rematch,
}
