"""Support groups: the adult who stays, and the ties with each student and each family (§2, §2.2)."""

from datetime import date

from guidelines.tests.reference.days import DAY, days_of, in_term, last_term, was_there, year_of
from guidelines.tests.reference.groups import active_members, leads_on
from guidelines.tests.reference.numbers import number
from guidelines.tests.reference.rows import Board, Entry, Group, Lead, holds, kept
from guidelines.tests.reference.verdicts import LACKING, Verdict, found

Change = tuple[date, date]
"""When the former adult left (or the former group was left), and when the next one came."""


def continuity(board: Board, group: Group, on: date) -> Verdict:
    concerned = {who: _changes(board, group, who, on) for who in active_members(group, on)}
    changed = sum(bool(changes) for changes in concerned.values())
    within = sum(any(_within_a_year(board, group, one) for one in changes) for changes in concerned.values())
    step_up = board.programs[group.program].prevents_dropout is True
    for severity, worse, counted in (("warning", "critical", within), ("info", "warning", changed)):
        bound = number(board, on, "group-continuity", severity, group.program)
        if counted > bound:
            return found(worse if step_up else severity, changed, bound)
    return None


def _changes(board: Board, group: Group, who: str, on: date) -> list[Change]:
    """The changes of adult that a member has known since their entry, while their first cycle lasts."""
    memberships = _memberships(board, group.program, who)
    entry = memberships[0][0]
    if on >= _end_of_cycle(board, entry):
        return []
    found_changes = []
    for starts, ends, circle in memberships:
        for lead in circle.leads:
            if max(entry, starts) < lead.starts_on <= on and lead.starts_on < ends:
                left = _replaced(circle, lead)
                if left is not None:
                    found_changes.append((left, lead.starts_on))
    for position, (starts, _ends, circle) in enumerate(memberships):
        if position == 0 or not entry < starts <= on:
            continue
        _, left, former = memberships[position - 1]
        if former is circle or left > starts:
            continue
        old, new = leads_on(former, left - DAY), leads_on(circle, starts)
        if old and new and not old & new:
            found_changes.append((left, starts))
    return found_changes


def _memberships(board: Board, program: str, who: str) -> list[tuple[date, date, Group]]:
    rows = [
        (starts, ends or date.max, circle)
        for circle in board.groups
        if circle.program == program
        for student, starts, ends in circle.members
        if student == who
    ]
    return sorted(rows, key=lambda row: row[0])


def _end_of_cycle(board: Board, entry: date) -> date:
    year = year_of(board, entry)
    after = [other for other in sorted(board.years) if year is not None and other > year]
    return after[0][1] if after else date.max


def _replaced(circle: Group, newcomer: Lead) -> date | None:
    """When the adult whom a newcomer replaces had left, unless that is no change."""
    leads = sorted(circle.leads, key=lambda lead: lead.starts_on)
    before = leads[: next(n for n, lead in enumerate(leads) if lead is newcomer)]
    if not before or before[-1].person == newcomer.person or before[-1].reason == "leave":
        return None
    left = before[-1].ends_on
    if left is None or left > newcomer.starts_on:
        return None
    is_back = len(before) > 1 and before[-2].person == newcomer.person and before[-2].reason == "leave"
    return None if is_back else left


def _within_a_year(board: Board, group: Group, change: Change) -> bool:
    left, came = change
    days = days_of(board, board.programs[group.program])
    before = [day for day in days if day < left]
    after = [day for day in days if day >= came]
    return bool(before and after) and year_of(board, before[-1]) == year_of(board, after[0])


def _there(board: Board, group: Group, on: date, code: str, term: tuple[date, date]) -> set[str]:
    """The active members who had been in the group for long enough of a term."""
    least = number(board, on, code, "presence_days", group.program)
    return {who for who, a, b in group.members if holds((a, b), on) and was_there(a, term, least)}


def individual_contact(board: Board, group: Group, on: date) -> Verdict:
    term = last_term(board, on)
    if term is None:
        return LACKING
    entries = [entry for circle in board.groups for entry in kept(circle.contacts)]
    missing = _without(_there(board, group, on, "group-individual-contact", term), entries, term)
    bound = number(board, on, "group-individual-contact", "info", group.program)
    return found("info", missing, bound) if missing > bound else None


def family_contact(board: Board, group: Group, on: date) -> Verdict:
    term = last_term(board, on)
    if term is None:
        return LACKING
    reached = ("reached", "message_left")
    entries = [entry for circle in board.groups for entry in kept(circle.families) if entry.outcome in reached]
    missing = _without(_there(board, group, on, "group-family-contact", term), entries, term)
    bound = number(board, on, "group-family-contact", "warning", group.program)
    return found("warning", missing, bound) if missing > bound else None


def review(board: Board, group: Group, on: date) -> Verdict:
    term = last_term(board, on)
    if term is None:
        return LACKING
    if not was_there(group.starts_on, term, number(board, on, "group-review", "presence_days", group.program)):
        return None
    entries = kept(group.reviews)
    of_whole = any(entry.of is None and in_term(entry.on, term) for entry in entries)
    missing = int(not of_whole) + _without(_there(board, group, on, "group-review", term), entries, term)
    bound = number(board, on, "group-review", "info", group.program)
    return found("info", missing, bound) if missing > bound else None


def _without(members: set[str], entries: list[Entry], term: tuple[date, date]) -> int:
    return sum(not any(entry.of == who and in_term(entry.on, term) for entry in entries) for who in members)


RULES = {
    "group-continuity": continuity,
    "group-individual-contact": individual_contact,
    "group-family-contact": family_contact,
    "group-review": review,
}
