"""Resource teachers (§1.2, §2, §2.2)."""

from datetime import date
from math import ceil

from guidelines.tests.reference.days import year_of
from guidelines.tests.reference.groups import is_open, leads_on
from guidelines.tests.reference.numbers import number
from guidelines.tests.reference.rows import Board, Teacher, kept
from guidelines.tests.reference.verdicts import LACKING, Verdict, found


def in_charge(board: Board, teacher: Teacher, on: date) -> bool:
    return any(is_open(group, on) and teacher.key in leads_on(group, on) for group in board.groups)


def release(board: Board, teacher: Teacher, on: date) -> Verdict:
    year = year_of(board, on)
    recorded = [percent for number_of_year, percent in teacher.releases if board.years[number_of_year] == year]
    if not recorded:
        return found("info") if in_charge(board, teacher, on) else None
    bound = number(board, on, "teacher-release", "critical")
    total = sum(recorded)
    return found("critical", ceil(total), bound) if total > bound else None


def functions(board: Board, teacher: Teacher, on: date) -> Verdict:
    if not in_charge(board, teacher, on):
        return None
    year = year_of(board, on)
    times = [row for row in kept(teacher.times) if year is not None and year[0] <= row.on <= on]
    if sum(row.minutes for row in times) == 0:
        return LACKING
    never = sum(
        sum(row.minutes for row in times if row.function == function) == 0
        for function in ("students", "teachers", "services")
    )
    bound = number(board, on, "teacher-functions", "info")
    return found("info", never, bound) if never > bound else None


def foundations(board: Board, teacher: Teacher, on: date) -> Verdict:
    if not in_charge(board, teacher, on):
        return None
    stated = sum(day <= on for day in teacher.foundations)
    bound = number(board, on, "teacher-foundations", "warning")
    return found("warning", stated, bound) if stated < bound else None


RULES = {
    "teacher-release": release,
    "teacher-functions": functions,
    "teacher-foundations": foundations,
}
