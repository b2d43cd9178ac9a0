"""Matches after an early end."""

from guidelines.catalogue.matching import STUDENT_REMATCH
from guidelines.measures.dyad_facts import held
from guidelines.measures.scope import Scope
from people.months import months_between as months_since
from people.sql import Row, as_day, months_between


def rematches(scope: Scope) -> list[Row]:
    """``rematched``: recent dyads of a student whose relationship with another mentor had ended early (§3.2)."""
    numbers, began_on = scope.numbers, scope.day.began_on
    if began_on and months_since(began_on, scope.on) >= numbers.highest(STUDENT_REMATCH.code, "rematch_months"):
        return []
    recent = numbers.expression(STUDENT_REMATCH.code, "rematch_months", "d.program_id")
    early = numbers.expression(STUDENT_REMATCH.code, "early_months", "earlier.program_id")
    query = f"""
        SELECT DISTINCT earlier.new_id AS subject_id, earlier.program_id, 1 AS rematched FROM (
            SELECT d.id AS new_id, d.program_id, e.id, e.ends_on, e.committed_until,
                   COALESCE({held("ASC", dyad="e", meetings=True)}, e.starts_on) AS first_on
            FROM mentoring_dyad d
            JOIN mentoring_dyad e ON e.student_id = d.student_id AND e.mentor_id <> d.mentor_id
                 AND e.board_id = d.board_id AND e.ends_on <= d.starts_on
            WHERE d.board_id = %(board)s AND d.starts_on <= %(on)s AND (d.ends_on IS NULL OR d.ends_on > %(on)s)
              AND {months_between("d.starts_on", as_day("%(on)s"))} < {recent}
              AND NOT e.planned_handover AND {scope.condition("dyad", "d.id")}
        ) earlier
        WHERE earlier.ends_on < earlier.committed_until
           OR {months_between("earlier.first_on", "earlier.ends_on")} < {early}
    """
    return scope.rows(query)
