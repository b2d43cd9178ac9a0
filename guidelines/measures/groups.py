"""Sizes of open groups."""

from guidelines.measures.scope import Scope
from people.dialect import Row, rows


def group_sizes(scope: Scope) -> list[Row]:
    """``members``: the distinct students active on the day, of open groups with at least one (§2.2)."""
    query = f"""
        SELECT g.id AS subject_id, COUNT(DISTINCT m.student_id) AS members
        FROM programs_supportgroup g
        JOIN programs_groupmember m ON m.group_id = g.id
             AND m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
        WHERE g.board_id = %(board)s AND g.starts_on <= %(on)s AND (g.ends_on IS NULL OR g.ends_on > %(on)s)
          AND {scope.condition("group", "g.id")}
        GROUP BY g.id
    """
    return rows(query, scope.parameters)
