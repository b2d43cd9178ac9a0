"""Open groups: how large, in which year, with whom, and the ties outside of meetings."""

from guidelines.catalogue import Guideline
from guidelines.catalogue.ties import GROUP_FAMILY_CONTACT, GROUP_INDIVIDUAL_CONTACT, GROUP_REVIEW
from guidelines.measures.scope import Scope
from people.sql import FOREVER, Row, days_before

OPEN_GROUP = "g.board_id = %(board)s AND g.starts_on <= %(on)s AND (g.ends_on IS NULL OR g.ends_on > %(on)s)"
"""The groups of the board that are open on the day."""

LEADS = "l.starts_on <= %(on)s AND (l.ends_on IS NULL OR l.ends_on > %(on)s)"
"""The adults in charge on the day."""


def open_groups(scope: Scope) -> str:
    """The common tables ``open_group`` and ``active_member``: each open group, and once each student of it."""
    return f"""
    open_group AS (
        SELECT g.id, g.program_id, r.school_id, g.starts_on, g.ends_on, r.minutes,
               CASE WHEN r.prevents_dropout THEN 1 ELSE 0 END AS prevents_dropout
        FROM programs_supportgroup g JOIN programs_program r ON r.id = g.program_id
        WHERE {OPEN_GROUP} AND {scope.condition("group", "g.id")}
    ),
    active_member AS (
        SELECT m.group_id, m.student_id, MIN(m.starts_on) AS entered_on
        FROM open_group g JOIN programs_groupmember m ON m.group_id = g.id
        WHERE m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
        GROUP BY m.group_id, m.student_id
    )"""


def open_group_facts(scope: Scope) -> list[Row]:
    """What can be read off each open group (§2, §2.2).

    ``members``: its distinct active students, ``empty`` without any. ``beyond_first``: those with a known grade other
    than the first, null unless the group is in its first year; ``ungraded`` when no grade of that year is known.
    ``leads``: adults in charge, null before its first class day and after its last.
    """
    query = f"""
        WITH {open_groups(scope)}
        SELECT g.id AS subject_id, g.program_id, COALESCE(a.members, 0) AS members,
               CASE WHEN a.members IS NULL THEN 1 ELSE 0 END AS empty,
               CASE WHEN g.starts_on >= %(year_from)s THEN COALESCE(a.beyond_first, 0) END AS beyond_first,
               CASE WHEN g.starts_on >= %(year_from)s AND COALESCE(a.graded, 0) = 0 THEN 1 ELSE 0 END AS ungraded,
               CASE WHEN EXISTS (
                   SELECT 1 FROM programs_schoolday d WHERE d.school_id = g.school_id AND d.kind = 'class'
                     AND d.date >= g.starts_on AND d.date <= %(on)s
               ) AND EXISTS (
                   SELECT 1 FROM programs_schoolday d WHERE d.school_id = g.school_id AND d.kind = 'class'
                     AND d.date >= %(on)s AND (g.ends_on IS NULL OR d.date < g.ends_on)
               ) THEN (SELECT COUNT(*) FROM programs_grouplead l WHERE l.group_id = g.id AND {LEADS}) END AS leads
        FROM open_group g LEFT JOIN (
            SELECT m.group_id, COUNT(*) AS members, COUNT(m.grade) AS graded,
                   SUM(CASE WHEN m.grade <> 1 THEN 1 ELSE 0 END) AS beyond_first
            FROM (
                SELECT m.group_id, COALESCE((
                    SELECT f.grade FROM people_formergrade f WHERE f.student_id = s.id AND f.until > %(on)s
                    ORDER BY f.until LIMIT 1
                ), s.grade) AS grade
                FROM active_member m JOIN people_student s ON s.id = m.student_id
            ) m GROUP BY m.group_id
        ) a ON a.group_id = g.id
    """
    return scope.rows(query, {"year_from": scope.year.starts_on if scope.year else FOREVER})


def group_ties(scope: Scope) -> list[Row]:
    """Members of each open group who were there for some weeks of the last ended term, and lack in it (§2, §2.2):

    ``without_contact`` an individual one, ``without_family`` one with the family, ``unreviewed`` a review of their own
    (and one more when the group as a whole has none). ``in_contact`` and ``in_family``: how many were
    there long enough; ``in_review``: whether the group was. ``no_term``: no term has ended.
    """
    if scope.term is None:
        query = f"""
            WITH {open_groups(scope)}
            SELECT g.id AS subject_id, g.program_id, 1 AS no_term,
                   NULL AS without_contact, NULL AS without_family, NULL AS unreviewed,
                   0 AS in_contact, 0 AS in_family, 0 AS in_review
            FROM open_group g
        """
        return scope.rows(query)

    def present(guideline: Guideline, since: str) -> str:
        days = scope.numbers.expression(guideline.code, "presence_days", "g.program_id")
        return f"{since} <= {days_before('%(term_to)s', days)}"

    in_term = '"on" >= %(term_from)s AND {0}."on" < %(term_to)s AND {0}.deleted_at IS NULL'
    query = f"""
        WITH {open_groups(scope)}
        SELECT g.id AS subject_id, g.program_id, 0 AS no_term,
               COALESCE(t.without_contact, 0) AS without_contact, COALESCE(t.without_family, 0) AS without_family,
               CASE WHEN {present(GROUP_REVIEW, "g.starts_on")}
                    THEN COALESCE(t.without_review, 0) + CASE WHEN EXISTS (
                   SELECT 1 FROM programs_groupreview v
                   WHERE v.group_id = g.id AND v.student_id IS NULL AND v.{in_term.format("v")}
               ) THEN 0 ELSE 1 END ELSE 0 END AS unreviewed,
               COALESCE(t.in_contact, 0) AS in_contact, COALESCE(t.in_family, 0) AS in_family,
               CASE WHEN {present(GROUP_REVIEW, "g.starts_on")} THEN 1 ELSE 0 END AS in_review
        FROM open_group g LEFT JOIN (
            SELECT m.group_id,
                   SUM(CASE WHEN {present(GROUP_INDIVIDUAL_CONTACT, "m.entered_on")} THEN 1 ELSE 0 END) AS in_contact,
                   SUM(CASE WHEN {present(GROUP_FAMILY_CONTACT, "m.entered_on")} THEN 1 ELSE 0 END) AS in_family,
                   SUM(CASE WHEN {present(GROUP_INDIVIDUAL_CONTACT, "m.entered_on")} AND NOT EXISTS (
                       SELECT 1 FROM programs_studentcontact c
                       WHERE c.student_id = m.student_id AND c.{in_term.format("c")}
                   ) THEN 1 ELSE 0 END) AS without_contact,
                   SUM(CASE WHEN {present(GROUP_FAMILY_CONTACT, "m.entered_on")} AND NOT EXISTS (
                       SELECT 1 FROM programs_familycontact c
                       WHERE c.student_id = m.student_id AND c.outcome IN ('reached', 'message_left')
                         AND c.{in_term.format("c")}
                   ) THEN 1 ELSE 0 END) AS without_family,
                   SUM(CASE WHEN {present(GROUP_REVIEW, "m.entered_on")} AND NOT EXISTS (
                       SELECT 1 FROM programs_groupreview v
                       WHERE v.group_id = m.group_id AND v.student_id = m.student_id AND v.{in_term.format("v")}
                   ) THEN 1 ELSE 0 END) AS without_review
            FROM active_member m JOIN open_group g ON g.id = m.group_id GROUP BY m.group_id
        ) t ON t.group_id = g.id
    """
    return scope.rows(query, {"term_from": scope.term.starts_on, "term_to": scope.term.ends_on})


IN_ORDER = 'm."on" DESC, CASE WHEN m.starts_at IS NULL THEN 0 ELSE 1 END DESC, m.starts_at DESC, m.id DESC'
"""Meetings, the last first."""


def group_absences(scope: Scope) -> list[Row]:
    """``absent``: the members of each open group marked absent at each of its last four held meetings with marks.

    ``too_few`` when there are fewer than four of them (ours, after §2.2).
    """
    marked = """m.status = 'held' AND m.deleted_at IS NULL AND m."on" <= %(on)s
              AND EXISTS (SELECT 1 FROM programs_attendance a WHERE a.meeting_id = m.id)"""
    query = f"""
        WITH {open_groups(scope)},
        since AS MATERIALIZED (
            SELECT g.id, g.program_id, (
                SELECT m."on" FROM programs_groupmeeting m WHERE m.group_id = g.id AND {marked}
                ORDER BY m."on" DESC LIMIT 1 OFFSET 3
            ) AS fourth_on
            FROM open_group g
        ),
        last_meeting AS (
            SELECT m.id, m.group_id, ROW_NUMBER() OVER (PARTITION BY m.group_id ORDER BY {IN_ORDER}) AS back
            FROM since g JOIN programs_groupmeeting m ON m.group_id = g.id AND m."on" >= g.fourth_on WHERE {marked}
        ),
        missing AS (
            SELECT l.group_id, a.student_id
            FROM last_meeting l JOIN programs_attendance a ON a.meeting_id = l.id
            WHERE l.back <= 4 AND a.status = 'absent' GROUP BY l.group_id, a.student_id HAVING COUNT(*) = 4
        )
        SELECT g.id AS subject_id, g.program_id, COUNT(x.student_id) AS absent,
               CASE WHEN g.fourth_on IS NULL THEN 1 ELSE 0 END AS too_few
        FROM since g
        LEFT JOIN active_member m ON m.group_id = g.id
        LEFT JOIN missing x ON x.group_id = m.group_id AND x.student_id = m.student_id
        GROUP BY g.id, g.program_id, g.fourth_on
    """
    return scope.rows(query)
