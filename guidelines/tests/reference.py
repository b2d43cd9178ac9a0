"""The guidelines again, slowly: one dyad, one day at a time, in plain Python.

Written from the text of the guidelines alone, to hold the set-based statements against. Nothing here is fast,
and nothing here is shared with what it checks.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
Expected = tuple[str, str, str, int | None, int | None, str]


@dataclass
class Meeting:
    on: date
    status: str
    channel: str = "in_person"
    reason: str = ""


@dataclass
class Dyad:
    key: str
    mentor: str
    student: str
    starts_on: date
    ended_on: date | None = None
    committed_until: date | None = None
    planned_handover: bool = False
    program: int = 0
    meetings: list[Meeting] = field(default_factory=list)
    pauses: list[tuple[date, date | None]] = field(default_factory=list)


@dataclass
class Group:
    key: str
    starts_on: date
    ends_on: date | None
    members: list[tuple[str, date, date | None]] = field(default_factory=list)


@dataclass
class History:
    """One board with one school. ``cadences``: per mentoring programme, 0 for weeks, or the days of its cycle."""

    years: list[tuple[date, date]]
    class_days: list[date]
    cadences: list[int]
    dyads: list[Dyad]
    groups: list[Group]
    trainings: list[tuple[str, str, date, int]]  # mentor, kind, completed on, minutes


def findings(history: History, on: date) -> set[Expected]:
    """(guideline, key, severity, value, threshold, confidence) of everything that breaches on a day."""
    found: set[Expected] = set()
    for dyad in history.dyads:
        found |= of_dyad(history, dyad, on)
    found |= of_mentors(history, on)
    for group in history.groups:
        found |= of_group(group, on)
    return found


# Months


def at_least_months(start: date, end: date, n: int) -> bool:
    difference = (end.year * 12 + end.month) - (start.year * 12 + start.month)
    if difference > n:
        return True
    last_day = end.day == monthrange(end.year, end.month)[1]
    return difference == n and (end.day >= start.day or last_day)


def whole_months(start: date, end: date) -> int:
    n = 0
    while at_least_months(start, end, n + 1):
        n += 1
    return n


# Weeks and cycles


def year_of(history: History, on: date) -> tuple[date, date] | None:
    begun = [year for year in history.years if year[0] <= on]
    return max(begun) if begun else None


def periods(history: History, cadence: int) -> list[tuple[date, date, list[date]]]:
    """(from, to exclusive, class days) of each week or full cycle, in order."""
    if cadence == 0:
        mondays = sorted({day - timedelta(days=day.weekday()) for day in history.class_days})
        return [
            (monday, monday + 7 * DAY, [day for day in sorted(history.class_days) if monday <= day < monday + 7 * DAY])
            for monday in mondays
        ]
    cycles: list[list[date]] = []
    for year in sorted(history.years):
        days = [day for day in sorted(history.class_days) if year_of(history, day) == year]
        cycles += [days[i : i + cadence] for i in range(0, len(days), cadence)]
    spans = []
    for index, days in enumerate(cycles):
        until = cycles[index + 1][0] if index + 1 < len(cycles) else date.max
        if len(days) == cadence:
            spans.append((days[0], until, days))
    return spans


def state(dyad: Dyad, period: tuple[date, date, list[date]], on: date) -> str:
    starts, until, class_days = period
    first, last = class_days[0], class_days[-1]
    known = [
        m for m in dyad.meetings if starts <= m.on < until and m.on <= on and m.channel in ("in_person", "video", "")
    ]
    if dyad.starts_on > first:
        return "outside"
    if dyad.ended_on is not None and dyad.ended_on <= on and dyad.ended_on <= last:
        return "outside"
    if any(m.status == "held" for m in known):
        return "met"
    if last > on:
        return "not over"
    if all(any(a <= day and (b is None or day < b) for a, b in dyad.pauses) for day in class_days):
        return "excused"
    not_held = [m for m in known if m.status == "not_held"]
    if any(m.reason in ("student_absent", "school_closed") for m in not_held):
        return "excused"
    if not not_held and on < last + 7 * DAY:
        return "pending"
    return "missed"


def assessable(history: History, dyad: Dyad, on: date) -> list[tuple[str, bool]]:
    """(state, rests on planned meetings that nobody logged) of each assessable period, oldest first."""
    weeks = []
    for period in periods(history, history.cadences[dyad.program]):
        what = state(dyad, period, on)
        if what in ("met", "missed"):
            unlogged = any(
                m.status == "planned"
                and period[0] <= m.on < period[1]
                and m.on <= on
                and m.channel in ("in_person", "video", "")
                for m in dyad.meetings
            )
            weeks.append((what, unlogged))
    return weeks


# Rules


def is_open(dyad: Dyad, on: date) -> bool:
    return dyad.starts_on <= on and (dyad.ended_on is None or dyad.ended_on > on)


def length(dyad: Dyad, on: date) -> int:
    held = [
        m.on for m in dyad.meetings if m.status == "held" and m.channel in ("in_person", "video", "") and m.on <= on
    ]
    assert dyad.ended_on is not None
    return whole_months(min(held) if held else dyad.starts_on, dyad.ended_on)


def of_dyad(history: History, dyad: Dyad, on: date) -> set[Expected]:
    found: set[Expected] = set()
    year = year_of(history, on)
    if dyad.ended_on is not None and dyad.ended_on <= on and year and year_of(history, dyad.ended_on - DAY) == year:
        months = length(dyad, on)
        if months < 3:
            found.add(("dyad-duration-short", dyad.key, "critical", months, 3, "complete"))
        elif months < 6:
            found.add(("dyad-duration-short", dyad.key, "warning", months, 6, "complete"))
    if not is_open(dyad, on):
        return found

    if dyad.committed_until is None:
        found.add(("dyad-duration-planned", dyad.key, "warning", None, 6, "complete"))
    else:
        months = whole_months(dyad.starts_on, dyad.committed_until)
        its_year = year_of(history, dyad.starts_on)
        if months < 6:
            found.add(("dyad-duration-planned", dyad.key, "warning", months, 6, "complete"))
        elif its_year and dyad.committed_until < its_year[1]:
            found.add(("dyad-duration-planned", dyad.key, "info", months, None, "complete"))

    weeks = assessable(history, dyad, on)

    def confidence(looked_at: list[tuple[str, bool]]) -> str:
        return "partial" if any(unlogged for what, unlogged in looked_at if what == "missed") else "complete"

    if not at_least_months(dyad.starts_on, on, 3) and len(weeks) >= 2 and all(w == "missed" for w, _ in weeks[-2:]):
        found.add(("dyad-critical-period", dyad.key, "critical", 2, 2, confidence(weeks[-2:])))
    missed = sum(what == "missed" for what, _ in weeks[-4:])
    if len(weeks) >= 2 and missed >= 3:
        found.add(("dyad-frequency", dyad.key, "critical", missed, 3, confidence(weeks[-4:])))
    elif len(weeks) >= 2 and missed == 2:
        found.add(("dyad-frequency", dyad.key, "warning", missed, 2, confidence(weeks[-4:])))
    gap: list[tuple[str, bool]] = []
    for week in reversed(weeks):
        if week[0] == "met":
            break
        gap.append(week)
    if len(gap) >= 3:
        found.add(("dyad-gap", dyad.key, "critical", len(gap), 3, confidence(gap)))
    elif len(gap) == 2:
        found.add(("dyad-gap", dyad.key, "warning", 2, 2, confidence(gap)))

    if not at_least_months(dyad.starts_on, on, 6):
        for other in history.dyads:
            if other.student != dyad.student or other.mentor == dyad.mentor or other.planned_handover:
                continue
            if other.ended_on is None or other.ended_on > dyad.starts_on:
                continue
            before_commitment = other.committed_until is not None and other.ended_on < other.committed_until
            if length(other, on) < 6 or before_commitment:
                found.add(("student-rematch", dyad.key, "warning", None, None, "complete"))
    return found


def of_mentors(history: History, on: date) -> set[Expected]:
    found: set[Expected] = set()
    for mentor in {dyad.mentor for dyad in history.dyads if is_open(dyad, on)}:
        minutes = sum(m for who, kind, day, m in history.trainings if who == mentor and kind == "initial" and day <= on)
        if minutes == 0:
            found.add(("mentor-training", mentor, "critical", 0, 0, "complete"))
        elif minutes < 120:
            found.add(("mentor-training", mentor, "warning", minutes, 120, "complete"))
    return found


def of_group(group: Group, on: date) -> set[Expected]:
    if group.starts_on > on or (group.ends_on is not None and group.ends_on <= on):
        return set()
    size = len({who for who, a, b in group.members if a <= on and (b is None or b > on)})
    if size > 15:
        return {("group-too-large", group.key, "critical", size, 15, "complete")}
    if size >= 13:
        return {("group-too-large", group.key, "warning", size, 12, "complete")}
    if 1 <= size <= 4:
        return {("group-too-small", group.key, "info", size, 5, "complete")}
    return set()
