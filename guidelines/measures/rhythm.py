"""How often open dyads meet, counted in assessable periods."""

from guidelines.measures.scope import Scope
from mentoring.weeks import dyad_weeks
from mentoring.weeks import parameters as week_parameters
from people.dialect import Row, rows
from people.months import latest_start

CRITICAL_PERIOD_MONTHS = 3


def recent_weeks(scope: Scope) -> list[Row]:
    """Missed periods at the end of each open dyad's assessable ones (§3.2).

    ``gap``: in a row at the end; ``missed_of_last_4`` and ``missed_of_last_2``; ``silent_early``: whether the last two
    are missed under three months since the start; ``unlogged_…``: planned meetings in those missed periods that nobody
    logged. Dyads with fewer than two assessable periods are not assessable: they have no row.
    """
    tables = dyad_weeks(
        schools="s.board_id = %(board)s",
        dyads="d.board_id = %(board)s AND d.starts_on <= %(on)s AND (d.ended_on IS NULL OR d.ended_on > %(on)s)"
        f" AND {scope.condition('dyad', 'd.id')}",
    )
    query = f"""
        WITH {tables},
        assessed AS (
            SELECT dyad_id, unlogged, CASE WHEN state = 'missed' THEN 1 ELSE 0 END AS missed,
                   ROW_NUMBER() OVER (PARTITION BY dyad_id ORDER BY span_from DESC) AS back,
                   SUM(CASE WHEN state = 'met' THEN 1 ELSE 0 END)
                       OVER (PARTITION BY dyad_id ORDER BY span_from DESC) AS met_since
            FROM dyad_week WHERE state IN ('met', 'missed')
        ),
        counted AS (
            SELECT dyad_id, COUNT(*) AS assessable,
                   SUM(CASE WHEN met_since = 0 THEN 1 ELSE 0 END) AS gap,
                   SUM(CASE WHEN met_since = 0 THEN unlogged ELSE 0 END) AS unlogged_in_gap,
                   SUM(CASE WHEN back <= 4 THEN missed ELSE 0 END) AS missed_of_last_4,
                   SUM(CASE WHEN back <= 4 THEN missed * unlogged ELSE 0 END) AS unlogged_of_last_4,
                   SUM(CASE WHEN back <= 2 THEN missed ELSE 0 END) AS missed_of_last_2,
                   SUM(CASE WHEN back <= 2 THEN missed * unlogged ELSE 0 END) AS unlogged_of_last_2
            FROM assessed GROUP BY dyad_id
        )
        SELECT c.dyad_id AS subject_id, c.*,
               CASE WHEN c.missed_of_last_2 = 2 AND d.starts_on > %(young_from)s THEN 1 ELSE 0 END AS silent_early
        FROM counted c JOIN dyad d ON d.id = c.dyad_id
        WHERE c.assessable >= 2 AND (c.gap >= 1 OR c.missed_of_last_4 >= 1)
    """
    young_from = latest_start(scope.on, CRITICAL_PERIOD_MONTHS)
    return rows(query, {**scope.parameters, **week_parameters(scope.on), "young_from": young_from})
