"""How dyads meet, counted in assessable periods: silences, regularity, and what the last meetings were made of."""

from datetime import date, timedelta

from django.db.models import Min, Q

from guidelines.measures.scope import Scope
from guidelines.numbers import Numbers
from mentoring.models import Dyad
from mentoring.weeks import dyad_weeks
from mentoring.weeks import parameters as week_parameters
from people.dialect import Row, as_day, months_between, rows
from programs.models import SchoolYear

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

SHARES = {
    "dyad-individual-share": ("in_known_mode", "individual"),
    "dyad-remote-share": ("by_known_channel", "remote"),
    "dyad-shared-activity": ("of_known_structure", "structured"),
    "dyad-student-choice": ("of_known_choice", "by_student"),
    "dyad-homework-heavy": ("of_known_topic", "homework"),
}
"""By guideline: the meetings that tell, and those among them that are so."""

NAMES = {code: code.removeprefix("dyad-").replace("-", "_") for code in SHARES}


def open_dyad_weeks(scope: Scope) -> list[Row]:
    """One row per open dyad: the end of its assessable periods, and what was done in the last ones (§3.2, §3.3).

    ``gap``: missed in a row at the end; ``missed_of_last_4`` and ``missed_of_last_2``, of as many as the numbers in
    force say, and ``silent_early``, whether all of these two are missed under three months; ``unlogged_…``: planned
    meetings of those missed periods that nobody logged; ``weekly_minutes`` per period; per share, its count, its per
    cent rounded down, and ``…_over``, rounded up, for bounds that are exceeded; ``…_lacking``: 1 for want of data.
    """
    return [row for row in _counted(scope) if row["is_open"]]


def regularity(scope: Scope) -> list[Row]:
    """``regularity``: per cent met, of dyads open for six months and of those that ended in the school year (§3.3)."""
    return [row for row in _counted(scope) if row["regularity_asked"]]


def _counted(scope: Scope) -> list[Row]:
    """The rows that both measures share, read once."""
    return scope.once("dyad_weeks", _read)


def _read(scope: Scope) -> list[Row]:
    numbers = scope.numbers
    last_frequency = numbers.expression("dyad-frequency", "weeks", "program_id")
    last_minutes = numbers.expression("dyad-weekly-minutes", "weeks", "program_id")
    last_early = numbers.expression("dyad-critical-period", "critical", "program_id")
    shares = [
        f"SUM(CASE WHEN back <= {numbers.expression(code, 'weeks', 'program_id')} THEN {name} ELSE 0 END) AS {name}"
        for code, pair in SHARES.items()
        for name in pair
    ]
    query = f"""
        WITH {_tables(scope)},
        assessed AS MATERIALIZED (
            SELECT w.*, d.program_id, CASE WHEN w.state = 'missed' THEN 1 ELSE 0 END AS missed,
                   ROW_NUMBER() OVER (PARTITION BY w.dyad_id ORDER BY w.span_from DESC) AS back,
                   SUM(CASE WHEN w.state = 'met' THEN 1 ELSE 0 END)
                       OVER (PARTITION BY w.dyad_id ORDER BY w.span_from DESC) AS met_since
            FROM dyad_week w JOIN dyad d ON d.id = w.dyad_id WHERE w.state IN ('met', 'missed')
        ),
        since_start AS (
            SELECT dyad_id, COUNT(*) AS assessable, COUNT(*) - SUM(missed) AS met, SUM(missed * unlogged) AS unlogged,
                   SUM(CASE WHEN met_since = 0 THEN 1 ELSE 0 END) AS gap,
                   SUM(CASE WHEN met_since = 0 THEN unlogged ELSE 0 END) AS unlogged_in_gap
            FROM assessed GROUP BY dyad_id
        ),
        lately AS (
            SELECT dyad_id,
                   SUM(CASE WHEN back <= {last_frequency} THEN missed ELSE 0 END) AS missed_of_last_4,
                   SUM(CASE WHEN back <= {last_frequency} THEN missed * unlogged ELSE 0 END) AS unlogged_of_last_4,
                   SUM(CASE WHEN back <= {last_early} THEN missed ELSE 0 END) AS missed_of_last_2,
                   SUM(CASE WHEN back <= {last_early} THEN missed * unlogged ELSE 0 END) AS unlogged_of_last_2,
                   SUM(CASE WHEN back <= {last_minutes} THEN minutes ELSE 0 END) AS minutes,
                   SUM(CASE WHEN back <= {last_minutes} THEN untimed ELSE 0 END) AS untimed,
                   SUM(CASE WHEN back <= {last_minutes} THEN 1 ELSE 0 END) AS timed_weeks,
                   SUM(CASE WHEN back <= {last_minutes} THEN missed * unlogged ELSE 0 END) AS unlogged_of_minutes,
                   {", ".join(shares)}
            FROM assessed WHERE back <= {_farthest(numbers)} GROUP BY dyad_id
        )
        SELECT d.id AS subject_id, d.program_id, CASE WHEN d.ended_on IS NULL THEN 1 ELSE 0 END AS is_open,
               {_silences(numbers)}, {_regularity(numbers)}, {_minutes()},
               {", ".join(_share(code, numbers) for code in SHARES)}
        FROM dyad d LEFT JOIN since_start s ON s.dyad_id = d.id LEFT JOIN lately l ON l.dyad_id = d.id
    """
    given = {"class_from": _class_days_from(scope), "ended_after": scope.year.starts_on if scope.year else scope.on}
    return rows(query, {**scope.parameters, **week_parameters(scope.on), **given})


def _tables(scope: Scope) -> str:
    """The weeks of the dyads that are open, or that ended in the day's school year."""
    one_school = """s.id = (SELECT r.school_id FROM programs_program r JOIN mentoring_dyad o ON o.program_id = r.id
        WHERE o.id = %(subject)s)"""
    return dyad_weeks(
        schools="s.board_id = %(board)s" + (f" AND {one_school}" if scope.kind == "dyad" else ""),
        dyads="d.board_id = %(board)s AND d.starts_on <= %(on)s"
        " AND (d.ended_on IS NULL OR d.ended_on > %(on)s OR d.ended_on > %(ended_after)s)"
        f" AND {scope.condition('dyad', 'd.id')}",
        days="d.date >= %(class_from)s",
        sums=HELD_SUMS,
    )


def _class_days_from(scope: Scope) -> date:
    """The beginning of the school year of the oldest relationship that is looked at: what came before is no use."""
    dyads = Dyad.objects.filter(board=scope.board, starts_on__lte=scope.on)
    if scope.kind == "dyad" and scope.subject is not None:
        dyads = dyads.filter(pk=scope.subject.pk)
    recent = Q(ended_on__isnull=True) | Q(ended_on__gt=scope.year.starts_on if scope.year else scope.on)
    first = dyads.filter(recent).aggregate(first=Min("starts_on"))["first"]
    year = SchoolYear.objects.of(scope.board, first) if first else None
    return year.starts_on - timedelta(days=year.starts_on.weekday()) if year else date.min


def _farthest(numbers: Numbers) -> int:
    """How many periods back any of the windows looks."""
    windows = [numbers.highest(code, "weeks") for code in (*SHARES, "dyad-frequency", "dyad-weekly-minutes")]
    return max(*windows, numbers.highest("dyad-critical-period", "critical"))


def _silences(numbers: Numbers) -> str:
    months = numbers.expression("dyad-critical-period", "months", "d.program_id")
    early = numbers.expression("dyad-critical-period", "critical", "d.program_id")
    young = f"{months_between('d.starts_on', as_day('%(on)s'))} < {months}"
    least = {
        code: numbers.expression(code, "least", "d.program_id")
        for code in ("dyad-gap", "dyad-frequency", "dyad-critical-period")
    }
    return f"""
        s.gap, s.unlogged_in_gap, l.missed_of_last_4, l.unlogged_of_last_4, l.missed_of_last_2, l.unlogged_of_last_2,
        CASE WHEN l.missed_of_last_2 >= {early} AND {young} THEN 1 ELSE 0 END AS silent_early,
        CASE WHEN COALESCE(s.assessable, 0) < {least["dyad-gap"]} THEN 1 ELSE 0 END AS gap_lacking,
        CASE WHEN COALESCE(s.assessable, 0) < {least["dyad-frequency"]} THEN 1 ELSE 0 END AS frequency_lacking,
        CASE WHEN {young} AND COALESCE(s.assessable, 0) < {least["dyad-critical-period"]} THEN 1 ELSE 0 END
            AS early_lacking"""


def _regularity(numbers: Numbers) -> str:
    months = numbers.expression("dyad-regularity", "months", "d.program_id")
    least = numbers.expression("dyad-regularity", "least", "d.program_id")
    return f"""
        CASE WHEN s.assessable > 0 THEN 100 * s.met / s.assessable END AS regularity,
        s.unlogged AS unlogged_since_start,
        CASE WHEN d.ended_on IS NOT NULL OR {months_between("d.starts_on", as_day("%(on)s"))} >= {months}
             THEN 1 ELSE 0 END AS regularity_asked,
        CASE WHEN COALESCE(s.assessable, 0) < {least} THEN 1 ELSE 0 END AS regularity_lacking"""


def _minutes() -> str:
    return """
        CASE WHEN l.timed_weeks > 0 THEN l.minutes / l.timed_weeks END AS weekly_minutes, l.unlogged_of_minutes,
        CASE WHEN l.timed_weeks > 0 AND l.untimed = 0 THEN 0 ELSE 1 END AS minutes_lacking"""


def _share(code: str, numbers: Numbers) -> str:
    (known, such), name = SHARES[code], NAMES[code]
    least = numbers.expression(code, "least", "d.program_id")
    return f"""
        l.{such} AS {name}_count, CASE WHEN l.{known} > 0 THEN 100 * l.{such} / l.{known} END AS {name},
        CASE WHEN l.{known} > 0 THEN (100 * l.{such} + l.{known} - 1) / l.{known} END AS {name}_over,
        CASE WHEN COALESCE(l.{known}, 0) < {least} THEN 1 ELSE 0 END AS {name}_lacking"""
