"""Lengths of relationships, in whole calendar months."""

from guidelines.measures.scope import Scope
from people.dialect import FOREVER, Row, days_after, months_between, rows

FIRST_HELD = """(SELECT MIN(m."on") FROM mentoring_dyadmeeting m WHERE m.dyad_id = {dyad}.id AND m.status = 'held'
    AND m.deleted_at IS NULL AND m.channel NOT IN ('phone', 'email', 'message') AND m."on" <= %(on)s)"""
"""The date of a dyad's first held meeting known on the day, or null."""


def ended_dyads(scope: Scope) -> list[Row]:
    """``months`` from first held meeting (start when none) to end, of dyads that ended in the day's school year."""
    if scope.year is None:
        return []
    query = f"""
        SELECT ended.id AS subject_id, CASE WHEN ended.first_on > ended.ended_on THEN 0
               ELSE {months_between("ended.first_on", "ended.ended_on")} END AS months FROM (
            SELECT d.id, d.ended_on, COALESCE({FIRST_HELD.format(dyad="d")}, d.starts_on) AS first_on
            FROM mentoring_dyad d
            WHERE d.board_id = %(board)s AND d.ended_on <= %(on)s AND {days_after("d.ended_on", -1)} >= %(year_from)s
              AND {scope.condition("dyad", "d.id")}
        ) ended
    """
    return rows(query, {**scope.parameters, "year_from": scope.year.starts_on})


def commitments(scope: Scope) -> list[Row]:
    """``months`` committed (null when nothing is recorded), and ``before_year_end``, of open dyads."""
    query = f"""
        SELECT d.id AS subject_id,
               CASE WHEN d.committed_until IS NOT NULL THEN {months_between("d.starts_on", "d.committed_until")} END
                   AS months,
               CASE WHEN d.committed_until < (
                   SELECT y.ends_on FROM programs_schoolyear y
                   WHERE y.board_id = d.board_id AND y.starts_on <= d.starts_on ORDER BY y.starts_on DESC LIMIT 1
               ) THEN 1 ELSE 0 END AS before_year_end
        FROM mentoring_dyad d
        WHERE d.board_id = %(board)s AND d.starts_on <= %(on)s AND COALESCE(d.ended_on, %(forever)s) > %(on)s
          AND {scope.condition("dyad", "d.id")}
    """
    return rows(query, {**scope.parameters, "forever": FOREVER})
