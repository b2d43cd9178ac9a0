"""The few expressions that SQLite and PostgreSQL write differently, and the door to plain SQL.

Sets are measured in plain SQL (docs/decisions/0002): common table expressions and windows say in one statement what the
ORM would say in several.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection

from people import prepared_statements

Row = dict[str, Any]

FOREVER = date.max


def week_start(column: str) -> str:
    """The Monday of a date's ISO week."""
    if connection.vendor == "sqlite":
        return f"date({column}, 'weekday 0', '-6 days')"
    # The first day of the year 1 was a Monday; EXTRACT goes through numeric, several times slower.
    return f"({column} - MOD({column} - DATE '0001-01-01', 7))"


def days_after(column: str, days: int) -> str:
    if connection.vendor == "sqlite":
        return f"date({column}, '{days:+d} days')"
    return f"({column} + {days})"


def days_after_column(column: str, days: str) -> str:
    """A date so many days later; both are expressions."""
    if connection.vendor == "sqlite":
        return f"date({column}, '+' || ({days}) || ' days')"
    return f"({column} + ({days}))"


def isoweekday(column: str) -> str:
    """The day of the week of a date, Monday being 1."""
    if connection.vendor == "sqlite":
        return f"((CAST(strftime('%%w', {column}) AS INTEGER) + 6) %% 7 + 1)"
    return f"(MOD({column} - DATE '0001-01-01', 7) + 1)"


def weekday_from(column: str, weekday: str) -> str:
    """The first date of a weekday (Monday being 1) on or after another; both are expressions."""
    if connection.vendor == "sqlite":
        return f"date({column}, 'weekday ' || ({weekday} %% 7))"
    return f"({column} + MOD(6 + {weekday} - MOD({column} - DATE '0001-01-01', 7), 7))"


def latest(*dates: str) -> str:
    """The latest of some dates, none of them null."""
    return f"{'MAX' if connection.vendor == 'sqlite' else 'GREATEST'}({', '.join(dates)})"


def earliest(*dates: str) -> str:
    """The earliest of some dates, none of them null."""
    return f"{'MIN' if connection.vendor == 'sqlite' else 'LEAST'}({', '.join(dates)})"


def days_before(day: str, days: str) -> str:
    """A date so many days earlier; both are expressions."""
    if connection.vendor == "sqlite":
        return f"date({day}, '-' || {days} || ' days')"
    return f"(CAST({day} AS date) - {days})"


def days_between(start: str, end: str) -> str:
    """Days from one date to another; both are expressions of dates."""
    if connection.vendor == "sqlite":
        return f"CAST(julianday({end}) - julianday({start}) AS INTEGER)"
    return f"({end} - {start})"


def as_day(parameter: str) -> str:
    """A parameter that is a date, where the database must be told so."""
    return parameter if connection.vendor == "sqlite" else f"CAST({parameter} AS date)"


def months_between(start: str, end: str) -> str:
    """Whole months between two dates: the same count as ``people.months.months_between``."""
    if connection.vendor == "sqlite":
        number = "(CAST(strftime('%%Y', {0}) AS INTEGER) * 12 + CAST(strftime('%%m', {0}) AS INTEGER))"
        day, month_end = "CAST(strftime('%%d', {0}) AS INTEGER)", "strftime('%%d', {0}, '+1 day') = '01'"
    else:
        number = "(EXTRACT(YEAR FROM {0})::int * 12 + EXTRACT(MONTH FROM {0})::int)"
        day, month_end = "EXTRACT(DAY FROM {0})::int", "EXTRACT(DAY FROM {0} + 1) = 1"
    reached = f"({day.format(end)} >= {day.format(start)} OR {month_end.format(end)})"
    return f"({number.format(end)} - {number.format(start)} - CASE WHEN {reached} THEN 0 ELSE 1 END)"


def json_items(column: str, alias: str) -> str:
    """A table of the texts of a JSON list, for a FROM: ``alias.value``."""
    if connection.vendor == "sqlite":
        return f"json_each({column}) AS {alias}"
    return f"jsonb_array_elements_text({column}) AS {alias}(value)"


def joined(column: str) -> str:
    """The texts of a column over some rows, with a space between them; null without any row. For a SELECT."""
    return f"{'group_concat' if connection.vendor == 'sqlite' else 'string_agg'}({column}, ' ')"


def rows(sql: str, parameters: Mapping[str, Any], *, keep_plan: bool = False) -> list[Row]:
    """Run one statement with ``%(name)s`` parameters. Computed dates come out raw, see ``as_date``.

    ``keep_plan`` is for a statement that comes back all day with few rows to read: see ``plans``.
    """
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in parameters.items()}
    with connection.cursor() as cursor:
        cursor.execute(prepared_statements.kept(sql, parameters) if keep_plan else sql, plain)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def as_date(value: date | str) -> date:
    """SQLite gives computed dates back as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
