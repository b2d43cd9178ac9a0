"""The weeks of a relation: met, missed, or rightly out; here those of a group, of which a closed school excuses one.

The seven steps are those of the guidelines' « Time »; a programme on a cycle counts cycles where others count weeks.
"""

from datetime import date

from people.sql import FOREVER, days_before
from programs.calendars.closed_slots import COULD_NOT_MEET, SLOTS, slot_facts, weekly_slots
from programs.calendars.periods import containing, cycle_holding, periods

OUTSIDE = "(p.first_on < d.starts_on OR (d.ends_on IS NOT NULL AND d.ends_on <= p.last_on))"
"""A period that the dates of a relation ``d`` do not hold, from its first class day to its last."""

WITHIN = f"p.span_from <= %(on)s AND NOT {OUTSIDE}"
"""The periods begun by the day and not outside: all that a measure looks at."""


def as_on_the_day(name: str, relations: str, one: str, kept: str) -> str:
    """The common table ``name`` of those of the ``relations`` that the condition on ``one`` keeps."""
    return f"""{name} AS MATERIALIZED (
        SELECT {one}.id, {one}.starts_on, CASE WHEN {one}.ends_on <= %(on)s THEN {one}.ends_on END AS ends_on,
               {one}.program_id, r.school_id,
               {days_before("%(on)s", "r.logging_grace_days")} AS logged_by,
               CASE WHEN r.cadence_unit = 'cycle' THEN r.cadence_days ELSE 0 END AS cadence
        FROM {relations} {one} JOIN programs_program r ON r.id = {one}.program_id WHERE {kept}
    )"""


def state(excused: str) -> str:
    """The column ``state`` of a week, by the seven steps; ``excused`` is the condition of the fifth."""
    return f"""CASE WHEN outside = 1 THEN 'outside'
                    WHEN held > 0 THEN 'met'
                    WHEN first_on > %(on)s THEN 'to_come'
                    WHEN last_on > %(on)s THEN 'running'
                    WHEN {excused} THEN 'excused'
                    WHEN not_held = 0 AND last_on > logged_by THEN 'pending'
                    ELSE 'missed' END AS state"""


def group_weeks(*, schools: str, groups: str) -> str:
    """The common tables that end in ``group_week``: one row per group and period, with its state on ``%(on)s``.

    ``schools`` and ``groups`` are conditions on the school ``s`` and the group ``g``.
    ``group_week(group_id, span_from, span_to, first_on, last_on, in_grace, held, unlogged, planned, planned_held,
    cancelled, state)`` counts meetings up to the day: ``planned`` those that were, whatever became of them, of which
    ``planned_held``, ``cancelled`` (the school closed) and ``unlogged`` (nobody has said); ``in_grace`` is 1 while
    there is time to log. Parameters: see ``parameters``. Stacked and grouped once, as in ``mentoring.weeks``.
    """
    return f"""{periods(schools)},
    {as_on_the_day("support", "programs_supportgroup", "g", groups)},
    {weekly_slots("support", "support", "programs_grouptimetable.group_id")},
    fact AS (
        SELECT d.id AS group_id, p.span_from, p.span_to, p.first_on, p.last_on, d.logged_by,
               0 AS outside,
               0 AS held, 0 AS not_held, 0 AS excusing, 0 AS unlogged, 0 AS planned, 0 AS planned_held, 0 AS cancelled,
               CAST(NULL AS integer) AS slot_weekday, 0 AS open_slots
        FROM support d JOIN period p ON p.school_id = d.school_id AND p.cadence = d.cadence WHERE {WITHIN}
        UNION ALL
        SELECT d.id, {containing('m."on"', "d")}, NULL, NULL, NULL, NULL, NULL,
               CASE WHEN m.status = 'held' THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'not_held' THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'not_held' AND m.reason = 'school_closed' THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'planned' THEN 1 ELSE 0 END,
               CASE WHEN m.planned OR m.status = 'planned' THEN 1 ELSE 0 END,
               CASE WHEN m.planned AND m.status = 'held' THEN 1 ELSE 0 END,
               CASE WHEN m.planned AND m.status = 'not_held' AND m.reason = 'school_closed' THEN 1 ELSE 0 END,
               NULL, 0
        FROM support d JOIN programs_groupmeeting m ON m.group_id = d.id {cycle_holding('m."on"', "d")}
        WHERE m."on" <= %(on)s AND m.deleted_at IS NULL
        UNION ALL
        SELECT s.id, s.span_from, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, s.slot_weekday, s.open_slots
        FROM {slot_facts("support")} s
    ),
    group_week AS (
        SELECT group_id, span_from, span_to, first_on, last_on, held, unlogged, planned, planned_held, cancelled,
               CASE WHEN last_on > logged_by THEN 1 ELSE 0 END AS in_grace,
               {state(f"excusing > 0 OR {COULD_NOT_MEET}")}
        FROM (
            SELECT group_id, span_from, MAX(span_to) AS span_to, MAX(first_on) AS first_on, MAX(last_on) AS last_on,
                   MAX(logged_by) AS logged_by, MAX(outside) AS outside, SUM(held) AS held, SUM(not_held) AS not_held,
                   SUM(excusing) AS excusing, SUM(unlogged) AS unlogged, SUM(planned) AS planned,
                   SUM(planned_held) AS planned_held, SUM(cancelled) AS cancelled,
                   {SLOTS}
            FROM fact GROUP BY group_id, span_from HAVING MAX(first_on) IS NOT NULL
        ) week
    )
    """


def parameters(on: date) -> dict[str, object]:
    """What the common tables need: the day, and a date after every other."""
    return {"on": on, "forever": FOREVER}
