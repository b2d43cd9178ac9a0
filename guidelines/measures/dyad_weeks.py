"""How dyads meet, counted in assessable periods: silences, regularity, and what the last meetings were made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidelines.catalogue import Guideline
from guidelines.catalogue.contents import (
    DYAD_HOMEWORK_HEAVY,
    DYAD_INDIVIDUAL_SHARE,
    DYAD_REMOTE_SHARE,
    DYAD_SHARED_ACTIVITY,
    DYAD_STUDENT_CHOICE,
)
from guidelines.catalogue.rhythm import DYAD_REGULARITY, DYAD_WEEKLY_MINUTES
from guidelines.catalogue.silence import DYAD_CRITICAL_PERIOD, DYAD_FREQUENCY, DYAD_GAP
from guidelines.measures import dyad_facts
from guidelines.measures.scope import Scope
from guidelines.numbers import Numbers
from mentoring.weeks import dyads_and_periods, weeks_of
from people.sql import Row, as_day, days_after, months_between
from programs.calendars.weeks import parameters as week_parameters

HELD_SUMS = {
    "minutes": "COALESCE(m.minutes, 0)",
    "untimed": "CASE WHEN m.minutes IS NULL THEN 1 ELSE 0 END",
    "in_known_mode": "CASE WHEN m.setting <> '' THEN 1 ELSE 0 END",
    "individual": "CASE WHEN m.setting = 'individual' THEN 1 ELSE 0 END",
    "by_known_channel": "CASE WHEN m.channel <> '' THEN 1 ELSE 0 END",
    "remote": "CASE WHEN m.channel = 'video' THEN 1 ELSE 0 END",
    "of_known_structure": "CASE WHEN m.activity <> '' AND (m.activity <> 'shared_activity'"
    " OR m.structured IS NOT NULL) THEN 1 ELSE 0 END",
    "structured": "CASE WHEN m.activity = 'shared_activity' AND m.structured THEN 1 ELSE 0 END",
    "of_known_choice": "CASE WHEN m.chosen_by <> '' THEN 1 ELSE 0 END",
    "by_student": "CASE WHEN m.chosen_by IN ('student', 'together') THEN 1 ELSE 0 END",
    "of_known_topic": "CASE WHEN m.activity <> '' AND (m.activity <> 'problem_solving' OR m.topic <> '')"
    " THEN 1 ELSE 0 END",
    "homework": "CASE WHEN m.activity = 'problem_solving' AND m.topic = 'school' THEN 1 ELSE 0 END",
}
"""What is summed of the held meetings of each period: shares leave out what is unknown."""


@dataclass(frozen=True)
class Share:
    """What a guideline asks of the last held meetings: those that tell, and those among them that are so.

    Its columns of the row bear ``name``.
    """

    name: str
    guideline: Guideline
    known: str
    such: str

    @property
    def sums(self) -> tuple[str, str]:
        return self.known, self.such


SHARES = (
    Share("individual_share", DYAD_INDIVIDUAL_SHARE, "in_known_mode", "individual"),
    Share("remote_share", DYAD_REMOTE_SHARE, "by_known_channel", "remote"),
    Share("shared_activity", DYAD_SHARED_ACTIVITY, "of_known_structure", "structured"),
    Share("student_choice", DYAD_STUDENT_CHOICE, "of_known_choice", "by_student"),
    Share("homework_heavy", DYAD_HOMEWORK_HEAVY, "of_known_topic", "homework"),
)
SPARE = 3
"""Periods read beyond those that are counted, so that a few excused ones make no dyad be read from its start."""

OPEN = "(d.ends_on IS NULL OR d.ends_on > %(on)s)"


def open_dyad_weeks(scope: Scope) -> list[Row]:
    """One row per open dyad: the end of its assessable periods, and what was done in the last ones (§3.2, §3.3).

    ``gap``: missed in a row at the end; ``missed_of_last_4`` and ``missed_of_last_2``, of as many as the numbers in
    force say, and ``silent_early``, whether all of these two are missed under three months; ``unlogged_…``: planned
    meetings of those missed periods that nobody logged; ``weekly_minutes`` per period; per share, its count, its per
    cent rounded down, and ``…_over``, rounded up, for bounds that are exceeded; ``…_lacking``: 1 for want of data.
    """
    if scope.kind == "dyad":
        return [row for row in _of_one(scope) if row["is_open"]]
    query = f"WITH {_last_periods(scope)}, {_counted(scope)} SELECT {_identity()}, {_last(scope)} {FROM_COUNTED}"
    return _run(query, scope)


def regularity(scope: Scope) -> list[Row]:
    """``regularity``: per cent met, of dyads open for six months and of those that ended in the school year (§3.3)."""
    if scope.kind == "dyad":
        return [row for row in _of_one(scope) if row["regularity_asked"]]
    tables = _tables(scope, f"({ENDED_THIS_YEAR} OR ({OPEN} AND {_long_enough(scope.numbers)}))")
    query = f"""
        WITH {tables}, {weeks_of("dyad", "dyad_week", cycles=scope.day.has_cycles)},
        counted AS (SELECT dyad_id, {SINCE_START} FROM (
            SELECT dyad_id, unlogged, CASE WHEN state = 'missed' THEN 1 ELSE 0 END AS missed
            FROM dyad_week WHERE state IN ('met', 'missed')
        ) assessed GROUP BY dyad_id)
        SELECT {_identity()}, {_regularity(scope.numbers)} {FROM_COUNTED}
    """
    return _run(query, scope)


ENDED_THIS_YEAR = "(d.ends_on <= %(on)s AND d.ends_on > %(ended_after)s)"
FROM_COUNTED = "FROM dyad d LEFT JOIN counted c ON c.dyad_id = d.id"
SINCE_START = "COUNT(*) AS assessable, COUNT(*) - SUM(missed) AS met, SUM(missed * unlogged) AS unlogged"


def _of_one(scope: Scope) -> list[Row]:
    """Both measures of one dyad, read at once: planning two statements would cost more than its few weeks.

    Where its facts are asked for too, they come with them, and ``open_dyad_facts`` finds them read.
    """

    def read(scope: Scope) -> list[Row]:
        weeks = weeks_of("dyad", "dyad_week", sums=HELD_SUMS, cycles=scope.day.has_cycles)
        query = f"""
            WITH {_tables(scope, f"({OPEN} OR {ENDED_THIS_YEAR})")}, {weeks},
            assessed AS (SELECT * FROM dyad_week WHERE state IN ('met', 'missed')), {_counted(scope)}
            SELECT {_identity()}, {_last(scope)}, {_regularity(scope.numbers)},
                   CASE WHEN d.ends_on IS NULL THEN 1 ELSE 0 END AS is_open,
                   CASE WHEN d.ends_on IS NOT NULL OR {_long_enough(scope.numbers)} THEN 1 ELSE 0 END
                       AS regularity_asked
            {FROM_COUNTED}
        """
        if not any(scope.asks(guideline.code) for guideline in dyad_facts.MEASURED):
            return _run(query, scope)
        both = f"""
            WITH weeks AS ({query}), facts AS ({dyad_facts.statement(scope)})
            SELECT facts.*, weeks.*, facts.subject_id IS NOT NULL AS has_facts
            FROM weeks LEFT JOIN facts ON facts.subject_id = weeks.subject_id
        """
        found = _run(both, scope, dyad_facts.parameters(scope))
        scope.taken[dyad_facts.NAME] = [row for row in found if row["has_facts"]]
        return found

    return scope.once("dyad_weeks", read)


def _run(query: str, scope: Scope, also: Mapping[str, Any] | None = None) -> list[Row]:
    ended_after = scope.year.starts_on if scope.year else scope.on
    given = {"ended_after": ended_after, "dawn": date.min, **(also or {})}
    return scope.rows(query, week_parameters(scope.on) | given)


def _tables(scope: Scope, dyads: str) -> str:
    """The dyads that the condition keeps, and their periods since the school year in which the first one began."""
    one_school = """s.id = (SELECT r.school_id FROM programs_program r JOIN mentoring_dyad o ON o.program_id = r.id
        WHERE o.id = %(subject)s)"""
    kept = f"d.board_id = %(board)s AND d.starts_on <= %(on)s AND {dyads} AND {scope.condition('dyad', 'd.id')}"
    begun = f"""COALESCE((
            SELECT MAX(y.starts_on) FROM programs_schoolyear y WHERE y.board_id = %(board)s
            AND y.starts_on <= (SELECT MIN(d.starts_on) FROM mentoring_dyad d WHERE {kept})
        ), {as_day("%(dawn)s")})"""
    # A week that begins before the school year does is whole; what else these days make is over before anyone began.
    return dyads_and_periods(
        "s.board_id = %(board)s" + (f" AND {one_school}" if scope.kind == "dyad" else ""),
        kept,
        f"d.date >= {days_after(begun, -6)}",
        cycles=scope.day.has_cycles,
    )


def _last_periods(scope: Scope) -> str:
    """``assessed``: at least as many of the last assessable periods of each dyad as are counted, and its silence.

    The periods over for good since ``since`` are a few more than that. A dyad that has too many excused ones among
    them, or no met one to end its silence, is in ``longer``, and is read from its start.
    """
    farthest, sums = _farthest(scope), _sums(scope)
    cycles = scope.day.has_cycles
    assessed = "SELECT * FROM {} WHERE state IN ('met', 'missed')"
    return f"""
        {_tables(scope, OPEN)},
        looked_at AS (
            SELECT program_id, MIN(span_from) AS since FROM (
                SELECT k.program_id, p.span_from,
                       ROW_NUMBER() OVER (PARTITION BY k.program_id ORDER BY p.span_from DESC) AS back
                FROM (SELECT DISTINCT program_id, school_id, cadence, logged_by FROM dyad) k
                JOIN period p ON p.school_id = k.school_id AND p.cadence = k.cadence AND p.last_on <= k.logged_by
            ) ended WHERE back <= {farthest + SPARE} GROUP BY program_id
        ),
        dyad_since AS MATERIALIZED (
            SELECT d.*, COALESCE(l.since, {as_day("%(dawn)s")}) AS since
            FROM dyad d LEFT JOIN looked_at l ON l.program_id = d.program_id
        ),
        {weeks_of("dyad_since", "late_week", since="d.since", sums=sums, cycles=cycles)},
        late AS MATERIALIZED ({assessed.format("late_week")}),
        longer AS MATERIALIZED (
            SELECT d.* FROM dyad_since d LEFT JOIN (
                SELECT dyad_id, COUNT(*) AS assessable, SUM(CASE WHEN state = 'met' THEN 1 ELSE 0 END) AS met
                FROM late GROUP BY dyad_id
            ) l ON l.dyad_id = d.id
            WHERE d.starts_on < d.since AND (l.dyad_id IS NULL OR l.assessable < {farthest} OR l.met = 0)
        ),
        {weeks_of("longer", "long_week", sums=sums, cycles=cycles)},
        assessed AS MATERIALIZED (
            SELECT * FROM late WHERE dyad_id NOT IN (SELECT id FROM longer) UNION ALL {assessed.format("long_week")}
        )"""


def _counted(scope: Scope) -> str:
    """``counted``: one row per dyad with an assessed period, summed over the last ones that each guideline counts."""
    number = scope.numbers.expression
    last_frequency = number(DYAD_FREQUENCY.code, "weeks", "program_id")
    last_early = number(DYAD_CRITICAL_PERIOD.code, "critical", "program_id")
    last_minutes = number(DYAD_WEEKLY_MINUTES.code, "weeks", "program_id")
    sums = [
        SINCE_START,
        "SUM(CASE WHEN met_since = 0 THEN 1 ELSE 0 END) AS gap",
        "SUM(CASE WHEN met_since = 0 THEN unlogged ELSE 0 END) AS unlogged_in_gap",
        f"SUM(CASE WHEN back <= {last_frequency} THEN missed ELSE 0 END) AS missed_of_last_4",
        f"SUM(CASE WHEN back <= {last_frequency} THEN missed * unlogged ELSE 0 END) AS unlogged_of_last_4",
        f"SUM(CASE WHEN back <= {last_early} THEN missed ELSE 0 END) AS missed_of_last_2",
        f"SUM(CASE WHEN back <= {last_early} THEN missed * unlogged ELSE 0 END) AS unlogged_of_last_2",
    ]
    if scope.asks(DYAD_WEEKLY_MINUTES.code):
        sums += [
            f"SUM(CASE WHEN back <= {last_minutes} THEN minutes ELSE 0 END) AS minutes",
            f"SUM(CASE WHEN back <= {last_minutes} THEN untimed ELSE 0 END) AS untimed",
            f"SUM(CASE WHEN back <= {last_minutes} THEN 1 ELSE 0 END) AS timed_weeks",
            f"SUM(CASE WHEN back <= {last_minutes} THEN missed * unlogged ELSE 0 END) AS unlogged_of_minutes",
        ]
    sums += [
        f"SUM(CASE WHEN back <= {number(share.guideline.code, 'weeks', 'program_id')} THEN {name} ELSE 0 END) AS {name}"
        for share in _shares(scope)
        for name in share.sums
    ]
    return f"""
        counted AS (
            SELECT dyad_id, {", ".join(sums)} FROM (
                SELECT w.*, d.program_id, CASE WHEN w.state = 'missed' THEN 1 ELSE 0 END AS missed,
                       ROW_NUMBER() OVER (PARTITION BY w.dyad_id ORDER BY w.span_from DESC) AS back,
                       SUM(CASE WHEN w.state = 'met' THEN 1 ELSE 0 END)
                           OVER (PARTITION BY w.dyad_id ORDER BY w.span_from DESC) AS met_since
                FROM assessed w JOIN dyad d ON d.id = w.dyad_id
            ) placed GROUP BY dyad_id
        )"""


def _farthest(scope: Scope) -> int:
    """How many assessable periods back any of the guidelines asked looks."""
    highest = scope.numbers.highest
    counted = (*(share.guideline for share in SHARES), DYAD_FREQUENCY, DYAD_WEEKLY_MINUTES)
    windows = [highest(guideline.code, "weeks") for guideline in counted if scope.asks(guideline.code)]
    least = [highest(guideline.code, "least") for guideline in (DYAD_GAP, DYAD_FREQUENCY, DYAD_CRITICAL_PERIOD)]
    return max(*windows, *least, highest(DYAD_CRITICAL_PERIOD.code, "critical"))


def _sums(scope: Scope) -> dict[str, str]:
    """What to sum of held meetings for the guidelines asked."""
    wanted = {name for share in _shares(scope) for name in share.sums}
    if scope.asks(DYAD_WEEKLY_MINUTES.code):
        wanted |= {"minutes", "untimed"}
    return {name: expression for name, expression in HELD_SUMS.items() if name in wanted}


def _identity() -> str:
    return "d.id AS subject_id, d.program_id"


def _last(scope: Scope) -> str:
    """The columns of the last periods, for the guidelines asked."""
    columns = [_silences(scope.numbers)]
    if scope.asks(DYAD_WEEKLY_MINUTES.code):
        columns.append(_minutes())
    return ", ".join([*columns, *(_share(share, scope.numbers) for share in _shares(scope))])


def _long_enough(numbers: Numbers) -> str:
    months = numbers.expression(DYAD_REGULARITY.code, "months", "d.program_id")
    return f"{months_between('d.starts_on', as_day('%(on)s'))} >= {months}"


def _silences(numbers: Numbers) -> str:
    months = numbers.expression(DYAD_CRITICAL_PERIOD.code, "months", "d.program_id")
    early = numbers.expression(DYAD_CRITICAL_PERIOD.code, "critical", "d.program_id")
    young = f"{months_between('d.starts_on', as_day('%(on)s'))} < {months}"

    def lacking(guideline: Guideline) -> str:
        least = numbers.expression(guideline.code, "least", "d.program_id")
        return f"COALESCE(c.assessable, 0) < {least} THEN 1 ELSE 0 END"

    return f"""
        c.gap, c.unlogged_in_gap, c.missed_of_last_4, c.unlogged_of_last_4, c.missed_of_last_2, c.unlogged_of_last_2,
        CASE WHEN c.missed_of_last_2 >= {early} AND {young} THEN 1 ELSE 0 END AS silent_early,
        CASE WHEN {lacking(DYAD_GAP)} AS gap_lacking,
        CASE WHEN {lacking(DYAD_FREQUENCY)} AS frequency_lacking,
        CASE WHEN {young} AND {lacking(DYAD_CRITICAL_PERIOD)} AS early_lacking"""


def _regularity(numbers: Numbers) -> str:
    least = numbers.expression(DYAD_REGULARITY.code, "least", "d.program_id")
    return f"""
        CASE WHEN c.assessable > 0 THEN 100 * c.met / c.assessable END AS regularity,
        c.unlogged AS unlogged_since_start,
        CASE WHEN COALESCE(c.assessable, 0) < {least} THEN 1 ELSE 0 END AS regularity_lacking"""


def _minutes() -> str:
    return """
        CASE WHEN c.timed_weeks > 0 THEN c.minutes / c.timed_weeks END AS weekly_minutes, c.unlogged_of_minutes,
        CASE WHEN c.timed_weeks > 0 AND c.untimed = 0 THEN 0 ELSE 1 END AS minutes_lacking"""


def _shares(scope: Scope) -> list[Share]:
    return [share for share in SHARES if scope.asks(share.guideline.code)]


def _share(share: Share, numbers: Numbers) -> str:
    name, known, such = share.name, share.known, share.such
    least = numbers.expression(share.guideline.code, "least", "d.program_id")
    return f"""
        c.{such} AS {name}_count, CASE WHEN c.{known} > 0 THEN 100 * c.{such} / c.{known} END AS {name},
        CASE WHEN c.{known} > 0 THEN (100 * c.{such} + c.{known} - 1) / c.{known} END AS {name}_over,
        CASE WHEN COALESCE(c.{known}, 0) < {least} THEN 1 ELSE 0 END AS {name}_lacking"""
