"""The guidelines again, slowly: one subject, one day at a time, in plain Python.

Written from the text of the guidelines and its readings (decisions 0005 and 0007) alone, to hold the set-based
statements against. Nothing here is fast, and nothing here is shared with what it checks.
"""

from collections.abc import Iterator
from datetime import date

from guidelines.tests.reference import (
    dyad_records,
    dyads,
    group_ties,
    groups,
    mentors,
    programs,
    teachers,
)
from guidelines.tests.reference.rows import Board
from guidelines.tests.reference.verdicts import LACKING, Verdict

Expected = tuple[str, str, str, int | None, int | None, str]
"""Guideline, key of the subject, severity, value, threshold, confidence."""


def verdicts(board: Board, on: date) -> Iterator[tuple[str, str, Verdict]]:
    """(guideline, key of the subject, verdict) of every guideline for each of its subjects."""
    for code, of_dyad in {**dyads.RULES, **dyad_records.RULES}.items():
        for dyad in board.dyads:
            yield code, dyad.key, of_dyad(board, dyad, on)
    for code, of_mentor in mentors.RULES.items():
        for mentor in board.mentors.values():
            if mentors.open_dyads(board, mentor, on):
                yield code, mentor.key, of_mentor(board, mentor, on)
    for code, of_group in {**groups.RULES, **group_ties.RULES}.items():
        for group in board.groups:
            if groups.is_open(group, on):
                yield code, group.key, of_group(board, group, on)
    for code, of_teacher in teachers.RULES.items():
        for teacher in board.teachers.values():
            yield code, teacher.key, of_teacher(board, teacher, on)
    for code, of_program in programs.RULES.items():
        for program in board.programs.values():
            yield code, program.key, of_program(board, program, on)


def findings(board: Board, on: date) -> set[Expected]:
    """Everything that breaches on a day."""
    return {(code, key, *verdict) for code, key, verdict in verdicts(board, on) if verdict and verdict != LACKING}


def not_assessable(board: Board, on: date) -> set[tuple[str, str]]:
    """(guideline, key) of everything that can't be assessed on a day."""
    return {(code, key) for code, key, verdict in verdicts(board, on) if verdict == LACKING}


def codes() -> set[str]:
    rules = (dyads, dyad_records, mentors, groups, group_ties, teachers, programs)
    return {code for module in rules for code in module.RULES}
