"""The weeks of a dyad: met, missed, or rightly out. The one definition behind pages, findings, files and messages.

The seven steps are those of the guidelines' « Time »; a programme on a cycle counts cycles where others count weeks.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from mentoring.models import Dyad, DyadMeeting
from people.dialect import FOREVER, Row, as_date, rows
from programs.periods import PeriodState, WeekCell, containing, periods

LOGGING_GRACE_DAYS = 7
"""How long after a period's last class day a meeting may still be logged before the period counts as missed."""


def dyad_weeks(*, schools: str, dyads: str, spans: str = "p.span_from <= %(on)s") -> str:
    """The common tables that end in ``dyad_week``: one row per dyad and period, with its state on ``%(on)s``.

    ``schools``, ``dyads`` and ``spans`` are conditions on the school ``s``, the dyad ``d`` and the period ``p``.
    ``dyad_week(dyad_id, span_from, span_to, first_on, last_on, held, unlogged, state)``; ``unlogged`` counts planned
    meetings up to the day that nobody logged. Parameters: see ``parameters``.
    """
    return f"""{periods(schools)},
    dyad AS MATERIALIZED (
        SELECT d.id, d.starts_on, CASE WHEN d.ended_on <= %(on)s THEN d.ended_on END AS ended_on, r.school_id,
               CASE WHEN r.cadence_unit = 'cycle' THEN r.cadence_days ELSE 0 END AS cadence
        FROM mentoring_dyad d JOIN programs_program r ON r.id = d.program_id WHERE {dyads}
    ),
    dyad_period AS MATERIALIZED (
        SELECT d.id AS dyad_id, d.school_id, p.span_from, p.span_to, p.first_on, p.last_on, p.class_days,
               p.first_on < d.starts_on OR (d.ended_on IS NOT NULL AND d.ended_on <= p.last_on) AS outside
        FROM dyad d JOIN period p ON p.school_id = d.school_id AND p.cadence = d.cadence WHERE {spans}
    ),
    logged AS (
        SELECT dyad_id, span_from,
               SUM(CASE WHEN status = 'held' THEN 1 ELSE 0 END) AS held,
               SUM(CASE WHEN status = 'not_held' THEN 1 ELSE 0 END) AS not_held,
               SUM(CASE WHEN reason IN ('student_absent', 'school_closed') AND status = 'not_held' THEN 1 ELSE 0 END)
                   AS excusing,
               SUM(CASE WHEN status = 'planned' THEN 1 ELSE 0 END) AS unlogged
        FROM (
            SELECT m.dyad_id, m.status, m.reason, {containing('m."on"', "d")} AS span_from
            FROM dyad d JOIN mentoring_dyadmeeting m ON m.dyad_id = d.id
            WHERE m."on" <= %(on)s AND m.deleted_at IS NULL AND m.channel NOT IN ('phone', 'email', 'message')
        ) meeting GROUP BY dyad_id, span_from
    ),
    paused AS (
        SELECT p.dyad_id, p.span_from
        FROM dyad_period p
        JOIN mentoring_pause z ON z.dyad_id = p.dyad_id
        JOIN class_day c ON c.school_id = p.school_id AND c.on_date BETWEEN p.first_on AND p.last_on
             AND c.on_date >= z.starts_on AND (z.ends_on IS NULL OR c.on_date < z.ends_on)
        GROUP BY p.dyad_id, p.span_from, p.class_days HAVING COUNT(DISTINCT c.on_date) = p.class_days
    ),
    dyad_week AS (
        SELECT p.dyad_id, p.span_from, p.span_to, p.first_on, p.last_on,
               COALESCE(l.held, 0) AS held, COALESCE(l.unlogged, 0) AS unlogged,
               CASE WHEN p.outside THEN 'outside'
                    WHEN l.held > 0 THEN 'met'
                    WHEN p.first_on > %(on)s THEN 'to_come'
                    WHEN p.last_on > %(on)s THEN 'running'
                    WHEN z.dyad_id IS NOT NULL OR l.excusing > 0 THEN 'excused'
                    WHEN COALESCE(l.not_held, 0) = 0 AND p.last_on > %(logged_by)s THEN 'pending'
                    ELSE 'missed' END AS state
        FROM dyad_period p
        LEFT JOIN logged l ON l.dyad_id = p.dyad_id AND l.span_from = p.span_from
        LEFT JOIN paused z ON z.dyad_id = p.dyad_id AND z.span_from = p.span_from
    )
    """


def parameters(on: date) -> dict[str, object]:
    """What the common tables need: the day, the day up to which silence is no longer excused by the logging grace."""
    return {"on": on, "logged_by": on - timedelta(days=LOGGING_GRACE_DAYS), "forever": FOREVER}


def strips(dyad_ids: Iterable[int], *, on: date, since: date, until: date) -> dict[int, list[WeekCell]]:
    """The cells of each dyad whose span touches ``[since, until)``, in order, as they stand on ``on``.

    A dyad on weeks also has its weeks without class; one on cycles has its cycles only. Two queries.
    """
    ids = sorted(set(dyad_ids))
    if not ids:
        return {}
    listed = ", ".join(str(int(pk)) for pk in ids)
    tables = dyad_weeks(
        schools=f"s.id IN (SELECT r.school_id FROM programs_program r JOIN mentoring_dyad d ON d.program_id = r.id"
        f" WHERE d.id IN ({listed}))",
        dyads=f"d.id IN ({listed})",
        spans="p.span_to > %(since)s AND p.span_from < %(until)s",
    )
    found: dict[int, list[WeekCell]] = defaultdict(list)
    query = f"WITH {tables} SELECT * FROM dyad_week ORDER BY dyad_id, span_from"
    for row in rows(query, {**parameters(on), "since": since, "until": until}):
        found[row["dyad_id"]].append(_cell(row))
    on_weeks = Dyad._base_manager.filter(pk__in=ids).exclude(program__cadence_unit="cycle").values_list("pk", flat=True)
    weekly = set(on_weeks)
    return {pk: _with_holidays(found[pk], since, until) if pk in weekly else found[pk] for pk in ids}


def _cell(row: Row) -> WeekCell:
    return WeekCell(
        span_from=as_date(row["span_from"]),
        span_to=as_date(row["span_to"]),
        first_on=as_date(row["first_on"]),
        last_on=as_date(row["last_on"]),
        state=PeriodState(row["state"]),
        held=row["held"],
        unlogged=row["unlogged"],
    )


def _with_holidays(cells: list[WeekCell], since: date, until: date) -> list[WeekCell]:
    """Every week of the span: those without class stand between the others."""
    by_monday = {cell.span_from: cell for cell in cells}
    monday = since - timedelta(days=since.weekday())
    filled = []
    while monday < until:
        sunday = monday + timedelta(days=6)
        empty = WeekCell(monday, monday + timedelta(days=7), monday, sunday, PeriodState.NO_CLASS)
        filled.append(by_monday.get(monday, empty))
        monday += timedelta(days=7)
    return filled


def unlogged_meetings(dyad_ids: Iterable[int], *, on: date) -> "dict[int, list[DyadMeeting]]":
    """The planned meetings of each dyad, before ``on``, that nobody has logged; latest first. One query."""
    waiting = DyadMeeting.objects.kept().meetings().filter(dyad__in=list(dyad_ids), status="planned", on__lt=on)
    found: dict[int, list[DyadMeeting]] = defaultdict(list)
    for meeting in waiting.order_by("-on"):
        found[meeting.dyad_id].append(meeting)
    return found
