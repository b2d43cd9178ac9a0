"""Whether students keep the adult in charge of them for the first cycle (§2.2 Agir dans la durée)."""

from guidelines.measures.groups import open_groups
from guidelines.measures.scope import Scope
from people.sql import Row, days_before

THEIRS = "l.starts_on <= {day} AND (l.ends_on IS NULL OR l.ends_on > {day})"
"""The adults in charge on a day of the past."""


def group_continuity(scope: Scope) -> list[Row]:
    """Members of open groups whose adult in charge changed since they entered the programme.

    One row per open group with members: ``changed`` of them, ``within_year`` those with a change in the middle of a
    school year; ``prevents_dropout`` says that the programme aims at it. A member counts until the end of the school
    year after that of the entry.
    """
    last_day = days_before("b.left_on", "1")
    class_day = "FROM programs_schoolday d WHERE d.school_id = r.school_id AND d.kind = 'class' AND d.date"
    year_of = """(SELECT COUNT(*) FROM programs_schoolyear y
                  WHERE y.board_id = %(board)s AND y.starts_on <= c.{0})"""
    query = f"""
        WITH {open_groups(scope)},
        belonging AS MATERIALIZED (
            SELECT m.student_id, n.program_id, m.group_id, m.starts_on, m.ends_on,
                   LAG(m.group_id) OVER in_order AS former_id, LAG(m.ends_on) OVER in_order AS left_on,
                   MIN(m.starts_on) OVER (PARTITION BY m.student_id, n.program_id) AS entered_on
            FROM programs_groupmember m JOIN programs_supportgroup n ON n.id = m.group_id
            WHERE n.board_id = %(board)s AND m.starts_on <= %(on)s
              AND m.student_id IN (SELECT student_id FROM active_member)
            WINDOW in_order AS (PARTITION BY m.student_id, n.program_id ORDER BY m.starts_on, m.id)
        ),
        succession AS (
            SELECT l.group_id, l.person_id, l.starts_on, LAG(l.person_id) OVER in_order AS former_id,
                   LAG(l.ends_on) OVER in_order AS left_on, LAG(l.reason) OVER in_order AS reason,
                   LAG(l.person_id, 2) OVER in_order AS earlier_id, LAG(l.reason, 2) OVER in_order AS earlier_reason
            FROM programs_grouplead l WHERE l.starts_on <= %(on)s AND l.group_id IN (SELECT group_id FROM belonging)
            WINDOW in_order AS (PARTITION BY l.group_id ORDER BY l.starts_on, l.id)
        ),
        change AS (
            SELECT b.student_id, b.program_id, b.entered_on, s.left_on, s.starts_on AS changed_on
            FROM succession s JOIN belonging b ON b.group_id = s.group_id AND b.starts_on < s.starts_on
                 AND (b.ends_on IS NULL OR b.ends_on > s.starts_on)
            WHERE s.former_id <> s.person_id AND s.left_on <= s.starts_on AND s.reason <> 'leave'
              AND (s.earlier_id IS NULL OR s.earlier_id <> s.person_id OR s.earlier_reason <> 'leave')
            UNION ALL
            SELECT b.student_id, b.program_id, b.entered_on, b.left_on, b.starts_on
            FROM belonging b
            WHERE b.former_id <> b.group_id AND b.left_on <= b.starts_on AND b.starts_on > b.entered_on
              AND EXISTS (SELECT 1 FROM programs_grouplead l
                          WHERE l.group_id = b.former_id AND {THEIRS.format(day=last_day)})
              AND EXISTS (SELECT 1 FROM programs_grouplead l
                          WHERE l.group_id = b.group_id AND {THEIRS.format(day="b.starts_on")})
              AND NOT EXISTS (SELECT 1 FROM programs_grouplead l
                              WHERE l.group_id = b.former_id AND {THEIRS.format(day=last_day)} AND l.person_id IN (
                  SELECT l.person_id FROM programs_grouplead l
                  WHERE l.group_id = b.group_id AND {THEIRS.format(day="b.starts_on")}))
        ),
        dated AS (
            SELECT b.student_id, b.program_id, b.entered_on,
                   (SELECT MAX(d.date) {class_day} < b.left_on) AS last_day,
                   (SELECT MIN(d.date) {class_day} >= b.changed_on) AS first_day
            FROM change b JOIN programs_program r ON r.id = b.program_id
        ),
        concerned AS (
            SELECT c.student_id, c.program_id, MAX(CASE
                       WHEN c.last_day IS NOT NULL AND c.first_day IS NOT NULL
                            AND {year_of.format("last_day")} = {year_of.format("first_day")}
                       THEN 1 ELSE 0 END) AS within_year,
                   (SELECT n.ends_on FROM programs_schoolyear n WHERE n.board_id = %(board)s AND n.starts_on > (
                        SELECT MAX(y.starts_on) FROM programs_schoolyear y
                        WHERE y.board_id = %(board)s AND y.starts_on <= c.entered_on
                    ) ORDER BY n.starts_on LIMIT 1) AS cycle_to
            FROM dated c GROUP BY c.student_id, c.program_id, c.entered_on
        )
        SELECT g.id AS subject_id, g.program_id, g.prevents_dropout, COUNT(c.student_id) AS changed,
               COALESCE(SUM(c.within_year), 0) AS within_year
        FROM open_group g
        JOIN active_member m ON m.group_id = g.id
        LEFT JOIN concerned c ON c.student_id = m.student_id AND c.program_id = g.program_id
             AND (c.cycle_to IS NULL OR c.cycle_to > %(on)s)
        GROUP BY g.id, g.program_id, g.prevents_dropout
    """
    return scope.rows(query)
