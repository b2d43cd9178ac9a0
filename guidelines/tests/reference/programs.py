"""Programmes: what they say of themselves, and what is logged in them (§1.1, §2.1, §2.2, §3.2)."""

from datetime import date

from guidelines.tests.reference import dyads, groups
from guidelines.tests.reference.days import DAY, year_of
from guidelines.tests.reference.numbers import number
from guidelines.tests.reference.rows import Board, Dyad, Group, Program, kept
from guidelines.tests.reference.verdicts import LACKING, Verdict, found, per_cent
from guidelines.tests.reference.weeks import MEETING_CHANNELS


def form(board: Board, program: Program, on: date) -> Verdict:
    other = program.domain == "mentoring" and program.mentoring_form in ("group", "remote")
    return found("info") if other else None


def structure(board: Board, program: Program, on: date) -> Verdict:
    has_form = program.mentoring_form != "" if program.domain == "mentoring" else len(program.forms) > 0
    missing = [program.meetings_per_unit is not None, program.minutes is not None, has_form].count(False)
    bound = number(board, on, "program-structure", "warning", program.key)
    return found("warning", missing, bound) if missing > bound else None


def kind(board: Board, program: Program, on: date) -> Verdict:
    if program.domain != "group":
        return None
    missing = [program.intervention != "", len(program.forms) > 0].count(False)
    bound = number(board, on, "program-type", "warning", program.key)
    return found("warning", missing, bound) if missing > bound else None


def results(board: Board, program: Program, on: date) -> Verdict:
    if program.domain != "group":
        return None
    untied = any(not (a.theme and a.format and a.has_result) for a in program.activities)
    missing = [program.results == 0, len(program.activities) == 0, untied].count(True)
    bound = number(board, on, "program-results", "warning", program.key)
    return found("warning", missing, bound) if missing > bound else None


def roles(board: Board, program: Program, on: date) -> Verdict:
    role = program.roles.get("mentor" if program.domain == "mentoring" else "teacher")
    if role is None or not role.role or not role.limits:
        return found("info")
    if program.domain == "mentoring":
        people = {dyad.mentor for dyad in board.dyads if dyad.program == program.key and dyads.is_open(dyad, on)}
    else:
        circles = [group for group in board.groups if group.program == program.key and groups.is_open(group, on)]
        people = {person for group in circles for person in groups.leads_on(group, on)}
    missing = sum(not (who in role.acknowledged and role.acknowledged[who] <= on) for who in people)
    bound = number(board, on, "program-roles", "info", program.key)
    return found("info", missing, bound) if missing > bound else None


def contents_drift(board: Board, program: Program, on: date) -> Verdict:
    if program.domain != "group":
        return None
    declared = {activity.content for activity in program.activities if activity.content}
    year = year_of(board, on)
    logged = [
        m.activities
        for group in board.groups
        if group.program == program.key
        for m in kept(group.meetings)
        if year is not None and year[0] <= m.on <= on and m.status == "held" and m.activities
    ]
    if not declared or len(logged) < number(board, on, "program-contents-drift", "least", program.key):
        return LACKING
    elsewhere = sum(not declared & set(activities) for activities in logged)
    bound = number(board, on, "program-contents-drift", "info", program.key)
    return found("info", per_cent(elsewhere, len(logged)), bound) if 100 * elsewhere > bound * len(logged) else None


def confidence(board: Board, program: Program, on: date) -> Verdict:
    year = year_of(board, on)
    days = number(board, on, "data-confidence", "days", program.key)
    owners: list[Dyad | Group] = [*board.dyads, *board.groups]
    planned = [
        m
        for owner in owners
        if owner.program == program.key
        for m in kept(owner.meetings)
        if m.channel in MEETING_CHANNELS
        and (m.planned or m.status == "planned")
        and year is not None
        and year[0] <= m.on <= on - days * DAY
        and (m.status == "planned" or m.logged_on is not None)
    ]
    if not planned:
        return LACKING
    in_time = sum(
        m.status != "planned" and m.logged_on is not None and m.logged_on <= m.on + days * DAY for m in planned
    )
    bound = number(board, on, "data-confidence", "info", program.key)
    return found("info", per_cent(in_time, len(planned)), bound) if 100 * in_time < bound * len(planned) else None


RULES = {
    "program-form": form,
    "program-structure": structure,
    "program-type": kind,
    "program-results": results,
    "program-roles": roles,
    "program-contents-drift": contents_drift,
    "data-confidence": confidence,
}
