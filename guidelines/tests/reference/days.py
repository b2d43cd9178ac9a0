"""Months, school years, terms and class days."""

from calendar import monthrange
from datetime import date, timedelta

from guidelines.tests.reference.rows import Board, Program

DAY = timedelta(days=1)


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


def year_of(board: Board, on: date) -> tuple[date, date] | None:
    """The latest school year that began on or before a day, summer included."""
    begun = [year for year in board.years if year[0] <= on]
    return max(begun) if begun else None


def last_term(board: Board, on: date) -> tuple[date, date] | None:
    ended = [term for term in board.terms if term[1] <= on]
    return max(ended, key=lambda term: term[1]) if ended else None


def was_there(start: date, term: tuple[date, date], days: int) -> bool:
    return start + days * DAY <= term[1]


def in_term(on: date, term: tuple[date, date]) -> bool:
    return term[0] <= on < term[1]


def days_of(board: Board, program: Program) -> list[date]:
    return sorted(board.class_days[program.school])
