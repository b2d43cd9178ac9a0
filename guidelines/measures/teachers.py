"""Resource teachers: the time that is freed for them, what they do with it, what they have thought through.

Nothing is asked of one whose account is closed.
"""

from guidelines.measures.groups import LEADS, OPEN_GROUP
from guidelines.measures.scope import Scope
from people.sql import FOREVER, Row


def _leading(scope: Scope) -> str:
    """The common table ``in_charge``: the adults in charge, on the day, of a group open on it."""
    return f"""in_charge AS (
        SELECT DISTINCT l.person_id FROM programs_grouplead l JOIN programs_supportgroup g ON g.id = l.group_id
        JOIN people_user u ON u.id = l.person_id AND u.is_active
        WHERE {OPEN_GROUP} AND {LEADS} AND {scope.condition("teacher", "l.person_id")}
    )"""


def teacher_releases(scope: Scope) -> list[Row]:
    """``released``: the sum of the year's releases in per cent, rounded up; ``unrecorded`` for who leads without any.

    One row per adult who leads an open group or is released at all (§1.2).
    """
    query = f"""
        WITH {_leading(scope)},
        released AS (
            SELECT t.person_id, SUM(CAST(ROUND(t.percent * 100) AS INTEGER)) AS hundredths
            FROM programs_teacherrelease t JOIN people_user u ON u.id = t.person_id AND u.is_active
            WHERE t.school_year_id = %(year)s AND {scope.condition("teacher", "t.person_id")} GROUP BY t.person_id
        )
        SELECT p.person_id AS subject_id, (r.hundredths + 99) / 100 AS released,
               CASE WHEN r.hundredths IS NULL THEN 1 ELSE 0 END AS unrecorded
        FROM (SELECT person_id FROM in_charge UNION SELECT person_id FROM released) p
        LEFT JOIN released r ON r.person_id = p.person_id
    """
    return scope.rows(query, {"year": scope.year.pk if scope.year else None})


def teacher_practice(scope: Scope) -> list[Row]:
    """Of each adult in charge of an open group: what of the three functions and the five foundations (§1.2, §2.2).

    ``idle_functions`` without a minute logged in the school year (``nothing_logged`` when all are), and ``foundations``
    stated by the day.
    """
    query = f"""
        WITH {_leading(scope)}
        SELECT p.person_id AS subject_id, 3 - COALESCE(t.functions, 0) AS idle_functions,
               CASE WHEN t.functions IS NULL THEN 1 ELSE 0 END AS nothing_logged,
               (SELECT COUNT(*) FROM programs_foundation f
                WHERE f.person_id = p.person_id AND f.stated_on <= %(on)s) AS foundations
        FROM in_charge p LEFT JOIN (
            SELECT f.person_id, COUNT(DISTINCT f.function) AS functions FROM programs_functiontime f
            WHERE f.board_id = %(board)s AND f."on" >= %(year_from)s AND f."on" <= %(on)s
              AND f.deleted_at IS NULL AND f.minutes > 0 AND {scope.condition("teacher", "f.person_id")}
            GROUP BY f.person_id
        ) t ON t.person_id = p.person_id
    """
    return scope.rows(query, {"year_from": scope.year.starts_on if scope.year else FOREVER})
