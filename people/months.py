"""Calendar months, as the guidelines count them."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, clamped to that month's end: 31 January + 1 = 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Whole months from ``start`` to ``end`` (negative when it precedes), clamped at month ends."""
    months = (end.year - start.year) * 12 + end.month - start.month
    reached = end.day >= start.day or end.day == monthrange(end.year, end.month)[1]
    return months if reached else months - 1


def latest_start(end: date, months: int) -> date:
    """The latest day from which ``months`` whole months have gone by on ``end``; never before the first date of all."""
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    last_of_month = monthrange(year, month + 1)[1]
    at_month_end = end.day == monthrange(end.year, end.month)[1]
    return date(year, month + 1, last_of_month if at_month_end else min(end.day, last_of_month))
