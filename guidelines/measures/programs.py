"""Programmes: what they say of themselves, and whether the log follows it."""

from guidelines.catalogue.programs import DATA_CONFIDENCE, PROGRAM_CONTENTS_DRIFT
from guidelines.measures.groups import LEADS, OPEN_GROUP
from guidelines.measures.scope import Scope
from people.sql import FOREVER, Row, days_before, json_items

RUNNING = "(p.ends_on IS NULL OR p.ends_on > %(on)s)"
"""Of a programme that was closed, nothing is found any more."""


def program_facts(scope: Scope) -> list[Row]:
    """What is missing from the description of each programme of the board (§2.1, §2.2, §3.2).

    ``not_individual`` mentoring; ``structure_missing`` of frequency, length and form; ``type_missing`` of type and
    forms; ``results_missing`` of result, activity, and activities that are tied; ``role_unwritten``, else
    ``unacknowledged``: how many of those whom the role concerns have not accepted it.
    """
    query = f"""
        WITH described AS (
            SELECT p.id, p.domain, p.mentoring_form, p.intervention,
                   CASE WHEN p.meetings_per_unit IS NULL THEN 1 ELSE 0 END
                     + CASE WHEN p.minutes IS NULL THEN 1 ELSE 0 END AS unmeasured,
                   CASE WHEN p.forms = '[]' THEN 1 ELSE 0 END AS formless,
                   (SELECT COUNT(*) FROM programs_expectedresult e WHERE e.program_id = p.id) AS results,
                   (SELECT COUNT(*) FROM programs_programactivity a WHERE a.program_id = p.id) AS activities,
                   (SELECT COUNT(*) FROM programs_programactivity a WHERE a.program_id = p.id
                     AND (a.theme = '' OR a.format = '' OR a.result_id IS NULL)) AS loose,
                   (SELECT o.id FROM programs_programrole o WHERE o.program_id = p.id AND TRIM(o.role) <> ''
                     AND TRIM(o.limits) <> ''
                     AND o.actor = CASE WHEN p.domain = 'group' THEN 'teacher' ELSE 'mentor' END) AS role_id
            FROM programs_program p WHERE p.board_id = %(board)s AND {scope.condition("program", "p.id")} AND {RUNNING}
        ),
        concerned AS (
            SELECT g.program_id, l.person_id FROM programs_grouplead l
            JOIN programs_supportgroup g ON g.id = l.group_id JOIN described p ON p.id = g.program_id
            WHERE p.domain = 'group' AND {OPEN_GROUP} AND {LEADS}
            UNION
            SELECT d.program_id, m.person_id FROM mentoring_dyad d
            JOIN mentoring_mentor m ON m.id = d.mentor_id JOIN described p ON p.id = d.program_id
            WHERE p.domain = 'mentoring' AND d.starts_on <= %(on)s AND (d.ends_on IS NULL OR d.ends_on > %(on)s)
        ),
        waiting AS (
            SELECT c.program_id, COUNT(*) AS people FROM concerned c JOIN described p ON p.id = c.program_id
            JOIN people_user u ON u.id = c.person_id AND u.is_active
            WHERE NOT EXISTS (
                SELECT 1 FROM programs_roleacknowledgement k
                WHERE k.role_id = p.role_id AND k.person_id = c.person_id AND k.acknowledged_on <= %(on)s
            ) GROUP BY c.program_id
        )
        SELECT p.id AS subject_id, p.id AS program_id,
               CASE WHEN p.domain = 'mentoring' AND p.mentoring_form IN ('group', 'remote') THEN 1 ELSE 0 END
                   AS not_individual,
               p.unmeasured + CASE WHEN p.domain = 'group' THEN p.formless
                                   WHEN p.mentoring_form = '' THEN 1 ELSE 0 END AS structure_missing,
               CASE WHEN p.domain = 'group' THEN p.formless + CASE WHEN p.intervention = '' THEN 1 ELSE 0 END END
                   AS type_missing,
               CASE WHEN p.domain = 'group' THEN CASE WHEN p.results = 0 THEN 1 ELSE 0 END
                   + CASE WHEN p.activities = 0 THEN 1 ELSE 0 END + CASE WHEN p.loose > 0 THEN 1 ELSE 0 END END
                   AS results_missing,
               CASE WHEN p.role_id IS NULL THEN 1 ELSE 0 END AS role_unwritten,
               CASE WHEN p.role_id IS NOT NULL THEN COALESCE(w.people, 0) END AS unacknowledged
        FROM described p LEFT JOIN waiting w ON w.program_id = p.id
    """
    return scope.rows(query)


def program_log(scope: Scope) -> list[Row]:
    """What the log of the school year says of each programme.

    Of a group programme's held meetings whose activities are known: ``elsewhere`` the per cent without any declared
    content, rounded down (``elsewhere_up``: up), ``drift_unknown`` with too few or nothing declared. Of all planned
    meetings whose time to be logged is over: ``in_time`` the per cent logged within it, rounded down, ``unplanned``
    without any.
    """
    least = scope.numbers.expression(PROGRAM_CONTENTS_DRIFT.code, "least", "p.id")
    days = scope.numbers.expression(DATA_CONFIDENCE.code, "days", "r.id")
    due = f"""m."on" >= %(year_from)s AND m."on" <= {days_before("%(on)s", days)} AND m.deleted_at IS NULL
              AND (m.planned OR m.status = 'planned') AND (m.status = 'planned' OR m.logged_on IS NOT NULL)"""
    counts = f"""COUNT(*) AS due, SUM(CASE WHEN m.status <> 'planned'
                 AND {days_before("m.logged_on", days)} <= m."on" THEN 1 ELSE 0 END) AS logged"""
    program = f"r.board_id = %(board)s AND {scope.condition('program', 'r.id')}"
    query = f"""
        WITH combination AS (
            SELECT g.program_id, m.activities, COUNT(*) AS meetings
            FROM programs_program r JOIN programs_supportgroup g ON g.program_id = r.id
            JOIN programs_groupmeeting m ON m.group_id = g.id
            WHERE {program} AND r.domain = 'group' AND m.status = 'held' AND m.deleted_at IS NULL
              AND m."on" >= %(year_from)s AND m."on" <= %(on)s AND m.activities <> '[]'
            GROUP BY g.program_id, m.activities
        ),
        contents AS (
            SELECT c.program_id, CAST(SUM(c.meetings) AS INTEGER) AS known, CAST(SUM(CASE WHEN EXISTS (
                       SELECT 1 FROM programs_programactivity a JOIN {json_items("c.activities", "item")}
                            ON a.content = item.value WHERE a.program_id = c.program_id
                   ) THEN 0 ELSE c.meetings END) AS INTEGER) AS elsewhere
            FROM combination c
            WHERE EXISTS (
                SELECT 1 FROM programs_programactivity a WHERE a.program_id = c.program_id AND a.content <> ''
            )
            GROUP BY c.program_id
        ),
        planned AS (
            SELECT program_id, CAST(SUM(due) AS INTEGER) AS due, CAST(SUM(logged) AS INTEGER) AS logged FROM (
                SELECT g.program_id, {counts}
                FROM programs_program r JOIN programs_supportgroup g ON g.program_id = r.id
                JOIN programs_groupmeeting m ON m.group_id = g.id WHERE {program} AND {due} GROUP BY g.program_id
                UNION ALL
                SELECT d.program_id, {counts}
                FROM programs_program r JOIN mentoring_dyad d ON d.program_id = r.id
                JOIN mentoring_dyadmeeting m ON m.dyad_id = d.id
                WHERE {program} AND {due} AND m.channel NOT IN ('phone', 'email', 'message') GROUP BY d.program_id
            ) of_kind GROUP BY program_id
        )
        SELECT p.id AS subject_id, p.id AS program_id,
               CASE WHEN c.known > 0 THEN 100 * c.elsewhere / c.known END AS elsewhere,
               CASE WHEN c.known > 0 THEN (100 * c.elsewhere + c.known - 1) / c.known END AS elsewhere_up,
               CASE WHEN p.domain = 'group' AND COALESCE(c.known, 0) < {least} THEN 1 ELSE 0 END AS drift_unknown,
               CASE WHEN n.due > 0 THEN 100 * n.logged / n.due END AS in_time,
               CASE WHEN n.due > 0 THEN 0 ELSE 1 END AS unplanned
        FROM programs_program p
        LEFT JOIN contents c ON c.program_id = p.id
        LEFT JOIN planned n ON n.program_id = p.id
        WHERE p.board_id = %(board)s AND {scope.condition("program", "p.id")} AND {RUNNING}
    """
    return scope.rows(query, {"year_from": scope.year.starts_on if scope.year else FOREVER})
