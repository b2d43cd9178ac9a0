"""Lengths of relationships that have ended, in whole calendar months."""

from guidelines.measures.dyad_facts import held
from guidelines.measures.scope import Scope
from people.sql import Row, days_after, months_between


def ended_dyads(scope: Scope) -> list[Row]:
    """``months`` from first held meeting (start when none) to end, of dyads that ended in the day's school year."""
    if scope.year is None or (scope.kind == "dyad" and scope.day.is_open):
        return []
    query = f"""
        SELECT ended.id AS subject_id, ended.program_id, CASE WHEN ended.first_on > ended.ends_on THEN 0
               ELSE {months_between("ended.first_on", "ended.ends_on")} END AS months FROM (
            SELECT d.id, d.program_id, d.ends_on,
                   COALESCE({held("ASC", dyad="d", meetings=True)}, d.starts_on) AS first_on
            FROM mentoring_dyad d
            WHERE d.board_id = %(board)s AND d.ends_on <= %(on)s AND {days_after("d.ends_on", -1)} >= %(year_from)s
              AND {scope.condition("dyad", "d.id")}
        ) ended
    """
    return scope.rows(query, {"year_from": scope.year.starts_on})
