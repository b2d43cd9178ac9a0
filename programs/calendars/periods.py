"""Class weeks and cycles: the beat on which every rule counts, derived from the school's own days.

A *period* is an ISO week that holds a class day, or a cycle of N consecutive class days counted from the school year's
first one. Dates outside every period (holidays, a last shorter cycle) are nobody's lateness.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from people.sql import days_after, week_start


class PeriodState(StrEnum):
    """What a period is for a dyad or a group on a day; only MET and MISSED are assessed."""

    MET = "met"
    MISSED = "missed"
    EXCUSED = "excused"
    PENDING = "pending"
    RUNNING = "running"
    TO_COME = "to_come"
    NO_CLASS = "no_class"
    OUTSIDE = "outside"


WeekState = PeriodState


@dataclass(frozen=True)
class WeekCell:
    """One square of a strip: the span is half-open, the first and last class day are inclusive.

    For a week without class, the first and last day are its Monday and Sunday. ``closed_weekdays`` says why a week is
    excused when no slot of the timetable falls on a class day: the first and the last of their weekdays, Monday is 1.
    """

    span_from: date
    span_to: date
    first_on: date
    last_on: date
    state: PeriodState
    held: int = 0
    unlogged: int = 0
    closed_weekdays: tuple[int, ...] = ()


def periods(schools: str, days: str = "TRUE", *, cycles: bool = True) -> str:
    """The common tables ``class_day``, ``any_period`` and ``period`` of the schools that the condition on ``s`` keeps.

    ``period(school_id, cadence, span_from, span_to, first_on, last_on, class_days, is_whole)``: cadence 0 is the week,
    N a cycle of N days; the span is half-open, the first and last class day inclusive; a week is whole when it has
    class from Monday to Friday and no other day. ``any_period`` also holds the last,
    shorter cycles, so that a meeting during one does not go to the cycle before. Takes the parameter ``forever``.
    ``days`` is a condition on the school day ``d`` that keeps whole school years, for their cycles to be counted.
    Without ``cycles``, which take their time to plan, weeks only.
    """
    monday = week_start("on_date")
    numbered, counted = _cycles(schools) if cycles else ("", "")
    return f"""
    class_day AS MATERIALIZED (
        SELECT d.school_id, s.board_id, d.date AS on_date
        FROM programs_schoolday d JOIN people_school s ON s.id = d.school_id
        WHERE d.kind = 'class' AND {schools} AND {days}
    ),
    {numbered}
    any_period AS MATERIALIZED (
        SELECT school_id, 0 AS cadence, {monday} AS span_from, {days_after(monday, 7)} AS span_to,
               MIN(on_date) AS first_on, MAX(on_date) AS last_on, COUNT(*) AS class_days
        FROM class_day GROUP BY school_id, {monday}
        {counted}
    ),
    period AS MATERIALIZED (
        SELECT *, CASE WHEN class_days = 5 AND last_on = {days_after("span_from", 4)} THEN 1 ELSE 0 END AS is_whole
        FROM any_period WHERE cadence = 0 OR class_days = cadence
    )
    """


def _cycles(schools: str) -> tuple[str, str]:
    """A common table that numbers the days of each school's cycles, and the periods that it makes."""
    numbered = f"""
    numbered_day AS (
        SELECT school_id, cadence, year, on_date,
               (ROW_NUMBER() OVER (PARTITION BY school_id, cadence, year ORDER BY on_date) - 1) / cadence AS cycle
        FROM (
            SELECT c.school_id, k.cadence, c.on_date, y.starts_on AS year
            FROM class_day c JOIN (
                SELECT DISTINCT p.school_id, p.cadence_days AS cadence FROM programs_program p
                JOIN people_school s ON s.id = p.school_id WHERE p.cadence_unit = 'cycle' AND {schools}
            ) k ON k.school_id = c.school_id
            JOIN (
                SELECT board_id, starts_on, LEAD(starts_on) OVER (PARTITION BY board_id ORDER BY starts_on) AS next_on
                FROM programs_schoolyear
            ) y ON y.board_id = c.board_id AND y.starts_on <= c.on_date AND COALESCE(y.next_on, %(forever)s) > c.on_date
        ) dated
    ),"""
    counted = """
        UNION ALL
        SELECT school_id, cadence, first_on,
               COALESCE(LEAD(first_on) OVER (PARTITION BY school_id, cadence ORDER BY first_on), %(forever)s),
               first_on, last_on, class_days
        FROM (
            SELECT school_id, cadence, MIN(on_date) AS first_on, MAX(on_date) AS last_on, COUNT(*) AS class_days
            FROM numbered_day GROUP BY school_id, cadence, year, cycle
        ) cycles"""
    return numbered, counted


def containing(on_date: str, subject: str, *, cycles: bool = True) -> str:
    """The ``span_from`` of the period that holds a date; ``subject`` has ``school_id`` and ``cadence``.

    Within a statement that has joined ``cycle_holding`` of the same date and subject.
    """
    if not cycles:
        return week_start(on_date)
    return f"CASE WHEN {subject}.cadence = 0 THEN {week_start(on_date)} ELSE held_in.span_from END"


def cycle_holding(on_date: str, subject: str, *, cycles: bool = True) -> str:
    """The join of the cycle that holds a date, as ``held_in``: by equal columns first, so that it can be hashed."""
    if not cycles:
        return ""
    return f"""LEFT JOIN any_period held_in ON held_in.cadence > 0
             AND held_in.school_id = {subject}.school_id AND held_in.cadence = {subject}.cadence
             AND held_in.span_from <= {on_date} AND {on_date} < held_in.span_to"""
