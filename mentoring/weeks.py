"""The weeks of a dyad, of which its pauses excuse some: see ``programs.calendars.weeks``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from people.sql import Row, as_date, rows
from programs.calendars.closed_slots import COULD_NOT_MEET, SLOTS, slot_facts, weekly_slots
from programs.calendars.periods import PeriodState, WeekCell, containing, cycle_holding, periods
from programs.calendars.weeks import OUTSIDE, WITHIN, as_on_the_day, parameters, state

LONGEST = timedelta(days=100)
"""More than any period lasts: the last cycle of a year goes on to the first day of the next."""

A_YEAR = timedelta(days=400)
"""More than a school year lasts: its cycles are counted from its first day."""


def dyads_and_periods(schools: str, dyads: str, days: str = "TRUE", *, cycles: bool = True) -> str:
    """The common tables of ``programs.calendars.periods``, and ``dyad``: those that the condition keeps, as on the day.

    ``schools``, ``dyads`` and ``days`` are conditions on the school ``s``, the dyad ``d`` and the school day ``d``.
    Without ``cycles``, every dyad is known to be on weeks. Parameters: see ``parameters``.
    """
    return f"""{periods(schools, days, cycles=cycles)},
    {as_on_the_day("dyad", "mentoring_dyad", "d", dyads)}"""


def weeks_of(
    dyads: str,
    name: str,
    *,
    spans: str = WITHIN,
    sums: Mapping[str, str] | None = None,
    since: str = "",
    cycles: bool = True,
) -> str:
    """The common table ``name`` of the weeks of the table of dyads named, after those of ``dyads_and_periods``.

    ``name(dyad_id, span_from, span_to, first_on, last_on, held, unlogged, first_slot, last_slot, open_slots,
    state)``: the state on ``%(on)s``; ``unlogged`` counts planned meetings up to the day that nobody logged; the slots
    are those of ``programs.calendars.closed_slots``; ``spans`` is a condition on the period ``p``;
    ``sums`` adds columns: expressions over a held meeting ``m``, summed.
    ``since`` is the beginning of a period of each dyad ``d``: what came before is not read. Periods, meetings and
    paused days are stacked and grouped once rather than joined: a planner has no statistics on common tables to join
    them well.
    """
    added = dict(sums or {})
    nothing = "".join(", 0" for _ in added)
    if_held = "".join(f", CASE WHEN m.status = 'held' THEN {expression} ELSE 0 END" for expression in added.values())
    names = "".join(f", {column}" for column in added)

    def after(column: str) -> str:
        return f"AND {column} >= {since}" if since else ""

    # The few pauses come first: a planner would lay every class day beside every dyad before it looks at them.
    # ``IN`` says no more than ``=``, and keeps SQLite from reading every meeting into a filter, even for one dyad.
    return f"""
    {name}_pause AS MATERIALIZED (
        SELECT d.id, d.school_id, d.cadence, z.starts_on, z.ends_on FROM mentoring_pause z
        JOIN {dyads} d ON d.id = z.dyad_id {after("COALESCE(z.ends_on, %(forever)s)")}
    ),
    {weekly_slots(name, dyads, "mentoring_dyadtimetable.dyad_id", since=since)},
    {name}_fact AS (
        SELECT d.id AS dyad_id, p.span_from, p.span_to, p.first_on, p.last_on, p.class_days, d.logged_by,
               CASE WHEN {OUTSIDE} THEN 1 ELSE 0 END AS outside,
               0 AS held, 0 AS not_held, 0 AS excusing, 0 AS unlogged, 0 AS paused_days,
               CAST(NULL AS integer) AS slot_weekday, 0 AS open_slots
               {"".join(f", 0 AS {column}" for column in added)}
        FROM {dyads} d JOIN period p ON p.school_id = d.school_id AND p.cadence = d.cadence
        WHERE {spans} {after("p.span_from")}
        UNION ALL
        SELECT d.id, {containing('m."on"', "d", cycles=cycles)}, NULL, NULL, NULL, NULL, NULL, NULL,
               CASE WHEN m.status = 'held' THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'not_held' THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'not_held' AND m.reason IN ('student_absent', 'school_closed') THEN 1 ELSE 0 END,
               CASE WHEN m.status = 'planned' THEN 1 ELSE 0 END,
               0, NULL, 0{if_held}
        FROM {dyads} d JOIN mentoring_dyadmeeting m ON m.dyad_id IN (d.id)
             {cycle_holding('m."on"', "d", cycles=cycles)}
        WHERE m."on" <= %(on)s AND m.deleted_at IS NULL AND m.channel NOT IN ('phone', 'email', 'message')
              {after('m."on"')}
        UNION ALL
        SELECT d.id, {containing("d.on_date", "d", cycles=cycles)}, NULL, NULL, NULL, NULL, NULL, NULL,
               0, 0, 0, 0, 1, NULL, 0{nothing}
        FROM (
            SELECT DISTINCT d.id, d.school_id, d.cadence, c.on_date
            FROM {name}_pause d JOIN class_day c ON c.school_id = d.school_id
                 AND c.on_date >= d.starts_on AND (d.ends_on IS NULL OR c.on_date < d.ends_on)
        ) d {cycle_holding("d.on_date", "d", cycles=cycles)}
        UNION ALL
        SELECT s.id, s.span_from, NULL, NULL, NULL, NULL, NULL, NULL,
               0, 0, 0, 0, 0, s.slot_weekday, s.open_slots{nothing}
        FROM {slot_facts(name, since=bool(since), cycles=cycles)} s
    ),
    {name} AS (
        SELECT dyad_id, span_from, span_to, first_on, last_on, held, unlogged, first_slot, last_slot, open_slots{names},
               {state(f"paused_days = class_days OR excusing > 0 OR {COULD_NOT_MEET}")}
        FROM (
            SELECT dyad_id, span_from, MAX(span_to) AS span_to, MAX(first_on) AS first_on, MAX(last_on) AS last_on,
                   MAX(class_days) AS class_days, MAX(logged_by) AS logged_by, MAX(outside) AS outside,
                   SUM(held) AS held, SUM(not_held) AS not_held, SUM(excusing) AS excusing,
                   SUM(unlogged) AS unlogged, SUM(paused_days) AS paused_days,
                   {SLOTS}
                   {"".join(f", CAST(SUM({column}) AS integer) AS {column}" for column in added)}
            FROM {name}_fact GROUP BY dyad_id, span_from HAVING MAX(first_on) IS NOT NULL
        ) week
    )"""


def strips(dyad_ids: Iterable[int], *, on: date, since: date, until: date) -> dict[int, list[WeekCell]]:
    """The cells of each dyad whose span touches ``[since, until)``, in order, as they stand on ``on``.

    A dyad on weeks also has its weeks without class; one on cycles has its cycles only. One query.
    """
    ids = sorted(set(dyad_ids))
    found: dict[int, list[WeekCell]] = defaultdict(list)
    weekly = set()
    for row in _told("d.id, d.cadence, w.*", ids, on=on, since=since, until=until):
        if row["cadence"] == 0:
            weekly.add(row["id"])
        if row["dyad_id"] is not None:
            found[row["id"]].append(_cell(row))
    return {pk: _with_holidays(found[pk], since, until) if pk in weekly else found[pk] for pk in ids}


def assessed(dyad_ids: Iterable[int], *, on: date, since: date, until: date) -> dict[int, list[int]]:
    """Of each dyad, how many meetings were held in each period met or missed within those days, oldest first.

    A dyad without any has no entry. One query, much lighter than the cells themselves.
    """
    found: dict[int, list[int]] = defaultdict(list)
    for row in _told("d.id, w.held, w.state", sorted(set(dyad_ids)), on=on, since=since, until=until):
        if row["state"] in (PeriodState.MET, PeriodState.MISSED):
            found[row["id"]].append(row["held"])
    return dict(found)


def _told(columns: str, ids: Sequence[int], *, on: date, since: date, until: date) -> list[Row]:
    """Columns of the dyads ``d`` and of their weeks ``w`` that touch ``[since, until)``, in order."""
    if not ids:
        return []
    listed = ", ".join(str(int(pk)) for pk in ids)
    tables = dyads_and_periods(
        f"s.id IN (SELECT r.school_id FROM programs_program r JOIN mentoring_dyad d ON d.program_id = r.id"
        f" WHERE d.id IN ({listed}))",
        f"d.id IN ({listed})",
        "d.date >= %(days_from)s",
    )
    told = "p.span_to > %(since)s AND p.span_from < %(until)s"
    weeks = weeks_of("dyad", "dyad_week", spans=told, since="%(read_from)s")
    query = (
        f"WITH {tables}, {weeks} SELECT {columns} FROM dyad d LEFT JOIN dyad_week w ON w.dyad_id = d.id"
        " ORDER BY d.id, w.span_from"
    )
    read_from = since - LONGEST
    bounds = {"since": since, "until": until, "read_from": read_from, "days_from": read_from - A_YEAR}
    return list(rows(query, {**parameters(on), **bounds}))


def _cell(row: Row) -> WeekCell:
    return WeekCell(
        span_from=as_date(row["span_from"]),
        span_to=as_date(row["span_to"]),
        first_on=as_date(row["first_on"]),
        last_on=as_date(row["last_on"]),
        state=PeriodState(row["state"]),
        held=row["held"],
        unlogged=row["unlogged"],
        closed_weekdays=_closed(row),
    )


def _closed(row: Row) -> tuple[int, ...]:
    if row["state"] != PeriodState.EXCUSED or row["first_slot"] is None or row["open_slots"]:
        return ()
    return tuple(sorted({row["first_slot"], row["last_slot"]}))


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
