"""Matches after an early end, and what mentors were taught before and since."""

from guidelines.measures.durations import FIRST_HELD
from guidelines.measures.scope import Scope
from people.dialect import Row, months_between, rows
from people.months import latest_start


def rematches(scope: Scope) -> list[Row]:
    """``rematched``: recent dyads of a student whose relationship with another mentor had ended early (§3.2)."""
    query = f"""
        SELECT DISTINCT earlier.new_id AS subject_id, 1 AS rematched FROM (
            SELECT d.id AS new_id, e.id, e.ended_on, e.committed_until,
                   COALESCE({FIRST_HELD.format(dyad="e")}, e.starts_on) AS first_on
            FROM mentoring_dyad d
            JOIN mentoring_dyad e ON e.student_id = d.student_id AND e.mentor_id <> d.mentor_id
                 AND e.board_id = d.board_id AND e.ended_on <= d.starts_on
            WHERE d.board_id = %(board)s AND d.starts_on <= %(on)s AND (d.ended_on IS NULL OR d.ended_on > %(on)s)
              AND d.starts_on > %(young_from)s AND NOT e.planned_handover AND {scope.condition("dyad", "d.id")}
        ) earlier
        WHERE earlier.ended_on < earlier.committed_until
           OR {months_between("earlier.first_on", "earlier.ended_on")} < %(early_months)s
    """
    numbers = scope.numbers
    young_from = latest_start(scope.on, numbers.value("student-rematch", "rematch_months"))
    early_months = numbers.value("student-rematch", "early_months")
    return rows(query, {**scope.parameters, "young_from": young_from, "early_months": early_months})


def initial_training(scope: Scope) -> list[Row]:
    """``minutes`` of initial training completed by the day, of mentors of at least one open dyad (§3.3)."""
    query = f"""
        SELECT m.id AS subject_id, COALESCE((
            SELECT SUM(t.minutes) FROM mentoring_training t
            WHERE t.person_id = m.person_id AND t.kind = 'initial' AND t.completed_on <= %(on)s
        ), 0) AS minutes
        FROM mentoring_mentor m
        WHERE {scope.condition("mentor", "m.id")} AND EXISTS (
            SELECT 1 FROM mentoring_dyad d WHERE d.mentor_id = m.id AND d.board_id = %(board)s
              AND d.starts_on <= %(on)s AND (d.ended_on IS NULL OR d.ended_on > %(on)s)
        )
    """
    return rows(query, scope.parameters)
