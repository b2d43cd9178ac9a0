"""How often open groups meet, counted in assessable periods, and how long at a time."""

from guidelines.catalogue.group_rhythm import GROUP_MEETING_LENGTH
from guidelines.measures.groups import OPEN_GROUP
from guidelines.measures.scope import Scope
from people.sql import Row
from programs.calendars.weeks import group_weeks
from programs.calendars.weeks import parameters as week_parameters

ASSESSED = "ROW_NUMBER() OVER (PARTITION BY group_id ORDER BY span_from DESC)"


def schools_of(scope: Scope) -> str:
    """The condition on the schools whose calendar is needed: the one group's, or the board's."""
    if scope.kind != "group":
        return "s.board_id = %(board)s"
    return """s.id = (SELECT o.school_id FROM programs_program o JOIN programs_supportgroup n ON n.program_id = o.id
        WHERE n.id = %(subject)s)"""


def open_group_weeks(scope: Scope) -> list[Row]:
    """The end of each open group's assessable periods (§2.2).

    ``gap``: missed in a row at the end, with ``unlogged_in_gap`` planned meetings that nobody logged. Of the planned
    meetings of the last four, without those that the school's closing cancelled and those that there is still time to
    log: ``percent_held`` rounded down, ``unlogged_of_last_4``; ``nothing_planned`` without any. ``assessed``: whether
    any period of the group is assessable at all.
    """
    tables = group_weeks(schools=schools_of(scope), groups=f"{OPEN_GROUP} AND {scope.condition('group', 'g.id')}")
    query = f"""
        WITH {tables},
        assessed AS (
            SELECT group_id, state, unlogged, planned_held, {ASSESSED} AS back,
                   CASE WHEN in_grace = 1 THEN 0 ELSE unlogged END AS forgotten,
                   planned - cancelled - CASE WHEN in_grace = 1 THEN unlogged ELSE 0 END AS expected,
                   SUM(CASE WHEN state = 'met' THEN 1 ELSE 0 END)
                       OVER (PARTITION BY group_id ORDER BY span_from DESC) AS met_since
            FROM group_week WHERE state IN ('met', 'missed')
        ),
        counted AS (
            SELECT group_id,
                   SUM(CASE WHEN met_since = 0 THEN 1 ELSE 0 END) AS gap,
                   SUM(CASE WHEN met_since = 0 THEN unlogged ELSE 0 END) AS unlogged_in_gap,
                   CAST(SUM(CASE WHEN back <= 4 THEN planned_held ELSE 0 END) AS INTEGER) AS kept,
                   CAST(SUM(CASE WHEN back <= 4 THEN expected ELSE 0 END) AS INTEGER) AS expected,
                   SUM(CASE WHEN back <= 4 THEN forgotten ELSE 0 END) AS unlogged_of_last_4
            FROM assessed GROUP BY group_id
        )
        SELECT g.id AS subject_id, g.program_id, COALESCE(c.gap, 0) AS gap,
               COALESCE(c.unlogged_in_gap, 0) AS unlogged_in_gap,
               COALESCE(c.unlogged_of_last_4, 0) AS unlogged_of_last_4,
               CASE WHEN c.expected > 0 THEN 100 * c.kept / c.expected END AS percent_held,
               CASE WHEN c.expected > 0 THEN 0 ELSE 1 END AS nothing_planned,
               CASE WHEN c.group_id IS NULL THEN 0 ELSE 1 END AS assessed
        FROM support g LEFT JOIN counted c ON c.group_id = g.id
    """
    return scope.rows(query, week_parameters(scope.on))


def meeting_lengths(scope: Scope) -> list[Row]:
    """Minutes a day of each open group (§2.2): of its timetable, else of its programme, else those that it logged.

    ``shortest`` and ``longest`` day; ``minutes`` the one that is looked at: the shortest when it is under the floor.
    ``unknown`` when none of the three is known.
    """
    floor = scope.numbers.expression(GROUP_MEETING_LENGTH.code, "floor", "f.program_id")
    active = "(t.starts_on IS NULL OR t.starts_on <= %(on)s) AND (t.ends_on IS NULL OR t.ends_on > %(on)s)"
    timed = f"SELECT 1 FROM programs_grouptimetable t WHERE t.group_id = g.id AND t.minutes IS NOT NULL AND {active}"
    tables = group_weeks(
        schools=schools_of(scope),
        groups=f"{OPEN_GROUP} AND {scope.condition('group', 'g.id')} AND r.minutes IS NULL AND NOT EXISTS ({timed})",
    )
    query = f"""
        WITH {tables},
        recent AS (
            SELECT group_id, span_from, span_to FROM (
                SELECT group_id, span_from, span_to, {ASSESSED} AS back FROM group_week WHERE state IN ('met', 'missed')
            ) assessed WHERE back <= 8
        ),
        logged AS (
            SELECT group_id, CAST(SUM(minutes) AS INTEGER) / COUNT(*) AS minutes FROM (
                SELECT w.group_id, m."on", SUM(m.minutes) AS minutes
                FROM recent w JOIN programs_groupmeeting m
                     ON m.group_id = w.group_id AND m."on" >= w.span_from AND m."on" < w.span_to
                WHERE m.status = 'held' AND m.deleted_at IS NULL AND m."on" <= %(on)s AND m.minutes IS NOT NULL
                GROUP BY w.group_id, m."on"
            ) day GROUP BY group_id
        ),
        slotted AS (
            SELECT group_id, MIN(minutes) AS shortest, MAX(minutes) AS longest FROM (
                SELECT t.group_id, t.weekday, t.cycle_day, SUM(t.minutes) AS minutes
                FROM programs_grouptimetable t
                WHERE t.minutes IS NOT NULL AND {active} AND {scope.condition("group", "t.group_id")}
                GROUP BY t.group_id, t.weekday, t.cycle_day
            ) day GROUP BY group_id
        ),
        found AS (
            SELECT g.id, g.program_id, COALESCE(t.shortest, r.minutes, l.minutes) AS shortest,
                   COALESCE(t.longest, r.minutes, l.minutes) AS longest
            FROM programs_supportgroup g JOIN programs_program r ON r.id = g.program_id
            LEFT JOIN slotted t ON t.group_id = g.id
            LEFT JOIN logged l ON l.group_id = g.id
            WHERE {OPEN_GROUP} AND {scope.condition("group", "g.id")}
        )
        SELECT f.id AS subject_id, f.program_id, f.shortest, f.longest,
               CASE WHEN f.shortest < {floor} THEN f.shortest ELSE f.longest END AS minutes,
               CASE WHEN f.shortest IS NULL THEN 1 ELSE 0 END AS unknown
        FROM found f
    """
    return scope.rows(query, week_parameters(scope.on))
