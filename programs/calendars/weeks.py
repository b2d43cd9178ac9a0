"""The weeks of a group: the same seven steps as a dyad's, without pauses; a closed school excuses one.

See ``mentoring.weeks``; here too a programme on a cycle counts cycles where others count weeks.
"""

from datetime import date

from people.sql import FOREVER, days_before
from programs.calendars.periods import containing, cycle_holding, periods

OUTSIDE = "(p.first_on < g.starts_on OR (g.ends_on IS NOT NULL AND g.ends_on <= p.last_on))"
"""A period that the group's dates do not hold, from its first class day to its last."""

WITHIN = f"p.span_from <= %(on)s AND NOT {OUTSIDE}"
"""The periods begun by the day and not outside: all that a measure looks at."""


def group_weeks(*, schools: str, groups: str, spans: str = WITHIN) -> str:
    """The common tables that end in ``group_week``: one row per group and period, with its state on ``%(on)s``.

    ``schools``, ``groups`` and ``spans`` are conditions on the school ``s``, the group ``g`` and the period ``p``.
    ``group_week(group_id, span_from, span_to, first_on, last_on, in_grace, held, unlogged, planned, planned_held,
    cancelled, state)`` counts meetings up to the day: ``planned`` those that were, whatever became of them, of which
    ``planned_held``, ``cancelled`` (the school closed) and ``unlogged`` (nobody has said); ``in_grace`` is 1 while
    there is time to log. Parameters: see ``parameters``. Stacked and grouped once, as in ``mentoring.weeks``.
    """
    return f"""{periods(schools)},
    support AS MATERIALIZED (
        SELECT g.id, g.starts_on, CASE WHEN g.ends_on <= %(on)s THEN g.ends_on END AS ends_on,
               g.program_id, r.school_id,
               {days_before("%(on)s", "r.logging_grace_days")} AS logged_by,
               CASE WHEN r.cadence_unit = 'cycle' THEN r.cadence_days ELSE 0 END AS cadence
        FROM programs_supportgroup g JOIN programs_program r ON r.id = g.program_id WHERE {groups}
    ),
    fact AS (
        SELECT g.id AS group_id, p.span_from, p.span_to, p.first_on, p.last_on, g.logged_by,
               CASE WHEN {OUTSIDE} THEN 1 ELSE 0 END AS outside,
               0 AS held, 0 AS not_held, 0 AS excusing, 0 AS unlogged, 0 AS planned, 0 AS planned_held, 0 AS cancelled
        FROM support g JOIN period p ON p.school_id = g.school_id AND p.cadence = g.cadence WHERE {spans}
        UNION ALL
        SELECT g.id, {containing('m."on"', "g")}, NULL, NULL, NULL, NULL, NULL,
               CASE WHEN m.status = 'held' THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'not_held' THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'not_held' AND m.reason = 'school_closed' THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'planned' THEN 1 ELSE 0 END,
               CASE WHEN m.planned OR m.status = 'planned' THEN 1 ELSE 0 END,
               CASE WHEN m.planned AND m.status = 'held' THEN 1 ELSE 0 END,
               CASE WHEN m.planned AND m.status = 'not_held' AND m.reason = 'school_closed' THEN 1 ELSE 0 END
        FROM support g JOIN programs_groupmeeting m ON m.group_id = g.id {cycle_holding('m."on"', "g")}
        WHERE m."on" <= %(on)s AND m.deleted_at IS NULL
    ),
    group_week AS (
        SELECT group_id, span_from, span_to, first_on, last_on, held, unlogged, planned, planned_held, cancelled,
               CASE WHEN last_on > logged_by THEN 1 ELSE 0 END AS in_grace,
               CASE WHEN outside = 1 THEN 'outside'
                    WHEN held > 0 THEN 'met'
                    WHEN first_on > %(on)s THEN 'to_come'
                    WHEN last_on > %(on)s THEN 'running'
                    WHEN excusing > 0 THEN 'excused'
                    WHEN not_held = 0 AND last_on > logged_by THEN 'pending'
                    ELSE 'missed' END AS state
        FROM (
            SELECT group_id, span_from, MAX(span_to) AS span_to, MAX(first_on) AS first_on, MAX(last_on) AS last_on,
                   MAX(logged_by) AS logged_by, MAX(outside) AS outside, SUM(held) AS held, SUM(not_held) AS not_held,
                   SUM(excusing) AS excusing, SUM(unlogged) AS unlogged, SUM(planned) AS planned,
                   SUM(planned_held) AS planned_held, SUM(cancelled) AS cancelled
            FROM fact GROUP BY group_id, span_from HAVING MAX(first_on) IS NOT NULL
        ) week
    )
    """


def parameters(on: date) -> dict[str, object]:
    """What the common tables need: the day, and a date after every other."""
    return {"on": on, "forever": FOREVER}
