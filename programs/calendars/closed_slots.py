"""Weeks that a timetable could not meet: at least one of its weekly slots falls in them, each on a day without class.

Stacked with the other facts of a week, as ``programs.calendars.weeks`` and ``mentoring.weeks`` do: ``slot_weekday`` is
that of a slot which falls in a period, ``open_slots`` 1 when it falls on a class day. A slot of a cycle day is not
looked at: it falls on class days only.
"""

from people.sql import as_day, days_after_column, earliest, isoweekday, latest, weekday_from
from programs.calendars.periods import cycle_holding

SLOTS = "MIN(slot_weekday) AS first_slot, MAX(slot_weekday) AS last_slot, SUM(open_slots) AS open_slots"
"""The facts of a period, summed."""
COULD_NOT_MEET = "(first_slot IS NOT NULL AND open_slots = 0)"
"""The condition on these."""
WORKING_WEEK = 5
ACTIVE = "(t.starts_on IS NULL OR t.starts_on <= {0}) AND (t.ends_on IS NULL OR t.ends_on > {0})"


def weekly_slots(name: str, relations: str, timetable: str, *, since: str = "") -> str:
    """The common table ``{name}_slot`` of the weekly slots of the relations ``d``; ``timetable`` is ``table.column``.

    ``since``, of ``d``: slots that ended before it are not read. ``latest``: the last weekday of its slots.
    """
    table, noun = timetable.split(".")
    read = f"AND (t.ends_on IS NULL OR t.ends_on > {since}) " if since else ""
    kept = f", {as_day(since)} AS since" if since else ""
    return f"""
    {name}_slot AS MATERIALIZED (
        SELECT d.id, d.school_id, d.cadence, d.starts_on AS begun_on, t.weekday, t.starts_on, t.ends_on,
               MAX(t.weekday) OVER (PARTITION BY d.id) AS latest{kept}
        FROM {relations} d JOIN {table} t ON t.{noun} IN (d.id) WHERE t.weekday IS NOT NULL {read}
    )"""


def slot_facts(name: str, *, since: bool = False, cycles: bool = True) -> str:
    """Rows ``(id, span_from, slot_weekday, open_slots)`` of the slots of ``weekly_slots``, to stand in a FROM.

    Only of the periods over by the day that a day without class cuts: all the others have an open slot, or none.
    """
    read = "AND p.span_from >= t.since" if since else ""
    weekly = f"""
        SELECT t.id, t.span_from, t.weekday AS slot_weekday, CASE WHEN c.on_date IS NULL THEN 0 ELSE 1 END AS open_slots
        FROM (
            SELECT t.*, p.span_from, {days_after_column("p.span_from", "t.weekday - 1")} AS falls_on
            FROM {name}_slot t JOIN period p ON p.school_id = t.school_id AND p.cadence = t.cadence
            WHERE p.cadence = 0 AND (p.is_whole = 0 OR t.latest > {WORKING_WEEK})
                  AND p.last_on <= %(on)s AND p.first_on >= t.begun_on {read}
        ) t LEFT JOIN class_day c ON c.school_id = t.school_id AND c.on_date = t.falls_on
        WHERE {ACTIVE.format("t.falls_on")}"""
    return f"({weekly}{_of_cycles(name, read) if cycles else ''})"


def _of_cycles(name: str, read: str) -> str:
    """A cycle may hold a weekday twice, and its span goes on to the next one: the days are looked at one by one."""
    forever = "COALESCE({}, %(forever)s)".format
    begins, ends = (
        latest("p.span_from", "COALESCE(t.starts_on, p.span_from)"),
        earliest("p.span_to", forever("t.ends_on")),
    )
    since = "AND held_in.span_from >= t.since" if read else ""
    return f"""
        UNION ALL
        SELECT t.id, p.span_from, t.weekday, 0
        FROM {name}_slot t JOIN period p ON p.school_id = t.school_id AND p.cadence = t.cadence
        WHERE p.cadence > 0 AND {weekday_from(begins, "t.weekday")} < {ends}
              AND p.last_on <= %(on)s AND p.first_on >= t.begun_on {read}
        UNION ALL
        SELECT t.id, held_in.span_from, t.weekday, 1
        FROM {name}_slot t JOIN class_day c ON c.school_id = t.school_id AND {isoweekday("c.on_date")} = t.weekday
             {cycle_holding("c.on_date", "t")}
        WHERE t.cadence > 0 AND {ACTIVE.format("c.on_date")} {since}"""
