"""What is recorded of open dyads beside their weeks: engagement, agreement, contacts, liaisons, follow-up, reviews."""

from datetime import date
from typing import Any

from guidelines.catalogue import ENTRIES, Guideline
from guidelines.catalogue.support import DYAD_REVIEW, DYAD_SYSTEMATIC_FOLLOWUP, DYAD_TEACHER_LIAISON
from guidelines.measures.scope import Scope
from guidelines.numbers import Numbers
from mentoring.models import DyadMeeting
from people.sql import FOREVER, Row, as_day, days_before, days_between, months_between

MEETINGS = "m.channel NOT IN ('phone', 'email', 'message')"
"""In person, by video, or without a channel."""

LONG_AGO = date(1900, 1, 1)
"""Stands for a term that is not: nobody was there."""

OF_TERM = """f.board_id = %(board)s AND f.deleted_at IS NULL AND f."on" >= %(term_from)s AND f."on" < %(term_to)s"""


NAME = "open_dyad_facts"
MEASURED = [guideline for guideline in ENTRIES if guideline.measure == NAME]
RECORDED = [guideline for guideline in MEASURED if DyadMeeting not in guideline.moved_by]
"""The guidelines of this measure that no meeting or contact bears on."""

FOLLOWED = """
    LEFT JOIN liaison ON liaison.id = d.id LEFT JOIN followed ON followed.id = d.id
    LEFT JOIN event ON event.id = d.id LEFT JOIN reviewed ON reviewed.id = d.id"""


def held(pick: str, *, dyad: str, meetings: bool) -> str:
    """The date of a dyad's first (``ASC``) or last (``DESC``) held row known on the day, or null."""
    only = f" AND {MEETINGS}" if meetings else ""
    return f"""(SELECT m."on" FROM mentoring_dyadmeeting m WHERE m.dyad_id = {dyad}.id AND m.status = 'held'
        AND m.deleted_at IS NULL AND m."on" <= %(on)s{only} ORDER BY m."on" {pick} LIMIT 1)"""


def open_dyad_facts(scope: Scope) -> list[Row]:
    """One row per open dyad (§3.2, §3.3).

    ``months`` committed (null when nothing is recorded), ``before_year_end``, ``expired``; ``days_unmet`` and
    ``days_silent``: class days without a first meeting, and since the last held row (``contacted``: whether there is
    one), pauses out; ``agreement_days``
    since the start while no agreement is signed; ``liaisons`` and ``not_reviewed`` in the last ended term;
    ``event_days`` since the oldest hard event without support, of ``events`` in all; ``unreviewed``, and whether
    there was a first review or the time for it is over, ``review_asked``; ``…_lacking``: not assessable.
    """
    return scope.once(NAME, lambda scope: scope.rows(statement(scope), parameters(scope)))


def statement(scope: Scope) -> str:
    # A meeting saved asks of contacts alone: what is recorded beside them takes its time to plan.
    recorded = any(scope.asks(guideline.code) for guideline in RECORDED)
    return f"""
        WITH {_dyads(scope)}, {_class_days()} {_followed(scope) if recorded else ""}
        SELECT d.id AS subject_id, d.program_id, {_contacts()} {_recorded(scope) if recorded else ""}
        FROM dyad d LEFT JOIN counted ON counted.id = d.id LEFT JOIN paused ON paused.id = d.id
        {FOLLOWED if recorded else ""}
    """


def parameters(scope: Scope) -> dict[str, Any]:
    """Of the statement, beside those of the scope."""
    term = scope.term
    return {
        "forever": FOREVER,
        "term_from": term.starts_on if term else LONG_AGO,
        "term_to": term.ends_on if term else LONG_AGO,
    }


def _dyads(scope: Scope) -> str:
    """``dyad``: the open ones, with the dates of their held rows; a few looks into an index each."""
    return f"""
    dyad AS MATERIALIZED (
        SELECT d.id, d.board_id, d.program_id, r.school_id, d.starts_on, d.committed_until,
               {held("ASC", dyad="d", meetings=True)} AS first_met,
               {held("DESC", dyad="d", meetings=False)} AS last_held,
               CASE WHEN EXISTS (
                   SELECT 1 FROM mentoring_agreement a WHERE a.dyad_id = d.id AND a.signed_on <= %(on)s
                     AND CAST(a.objectives AS text) <> '[]' AND CAST(a.tasks AS text) <> '[]'
               ) THEN 1 ELSE 0 END AS agreed,
               (SELECT c.date FROM programs_schoolday c WHERE c.school_id = r.school_id AND c.kind = 'class'
                ORDER BY c.date LIMIT 1) IS NOT NULL AS has_calendar
        FROM mentoring_dyad d JOIN programs_program r ON r.id = d.program_id
        WHERE d.board_id = %(board)s AND d.starts_on <= %(on)s AND (d.ends_on IS NULL OR d.ends_on > %(on)s)
          AND {scope.condition("dyad", "d.id")}
    )"""


def _class_days() -> str:
    """``counted`` and ``paused``: class days after a date of each dyad, by one running count per school.

    The dates asked about are laid among the school's class days, latest first: the count at each is the answer.
    """
    return """
    asked AS (
        SELECT id, school_id, 'contact' AS what, COALESCE(last_held, starts_on) AS since FROM dyad
        UNION ALL SELECT id, school_id, 'first', starts_on FROM dyad WHERE first_met IS NULL
    ),
    class_day AS MATERIALIZED (
        SELECT c.school_id, c.date AS on_date FROM programs_schoolday c
        WHERE c.school_id IN (SELECT DISTINCT school_id FROM dyad) AND c.kind = 'class' AND c.date <= %(on)s
              AND c.date > (SELECT MIN(since) FROM asked)
    ),
    counted AS (
        SELECT id, MAX(CASE WHEN what = 'contact' THEN days END) AS since_contact,
               MAX(CASE WHEN what = 'first' THEN days END) AS since_start
        FROM (
            SELECT id, what, SUM(is_class) OVER (PARTITION BY school_id ORDER BY on_date DESC, is_class) AS days
            FROM (
                SELECT id, what, school_id, since AS on_date, 0 AS is_class FROM asked
                UNION ALL SELECT NULL, NULL, school_id, on_date, 1 FROM class_day
            ) laid
        ) placed WHERE id IS NOT NULL GROUP BY id
    ),
    paused AS (
        SELECT id, COUNT(*) AS days FROM (
            SELECT DISTINCT d.id, c.on_date
            FROM mentoring_pause z JOIN dyad d ON d.id = z.dyad_id
            JOIN class_day c ON c.school_id = d.school_id AND c.on_date > COALESCE(d.last_held, d.starts_on)
                 AND c.on_date >= z.starts_on AND (z.ends_on IS NULL OR c.on_date < z.ends_on)
        ) away GROUP BY id
    )"""


def _followed(scope: Scope) -> str:
    """``liaison``, ``followed`` and ``reviewed`` within the last ended term, ``event`` up to the day."""
    fact, event = scope.condition("dyad", "f.dyad_id"), scope.condition("dyad", "e.dyad_id")
    return f""",
    liaison AS (
        SELECT f.dyad_id AS id, COUNT(*) AS found FROM mentoring_teacherliaison f
        WHERE {OF_TERM} AND {fact} GROUP BY f.dyad_id
    ),
    followed AS (
        SELECT f.dyad_id AS id, MAX(CASE WHEN f.lates_reviewed THEN 1 ELSE 0 END) AS lates,
               MAX(CASE WHEN f.discipline_reviewed THEN 1 ELSE 0 END) AS discipline,
               MAX(CASE WHEN f.results_reviewed THEN 1 ELSE 0 END) AS results
        FROM mentoring_followup f WHERE {OF_TERM} AND {fact} GROUP BY f.dyad_id
    ),
    event AS (
        SELECT e.dyad_id AS id, COUNT(*) AS found, MIN(CASE
                   WHEN e.supported_on IS NULL OR e.supported_on > %(on)s THEN e."on" END) AS since
        FROM mentoring_difficultevent e
        WHERE e.board_id = %(board)s AND e.deleted_at IS NULL AND e."on" <= %(on)s AND {event} GROUP BY e.dyad_id
    ),
    reviewed AS (
        SELECT f.dyad_id AS id, MAX(f."on") AS last_on,
               MAX(CASE WHEN f."on" >= %(term_from)s AND f."on" < %(term_to)s THEN 1 ELSE 0 END) AS in_term
        FROM mentoring_relationshipreview f
        WHERE f.board_id = %(board)s AND f.deleted_at IS NULL AND f."on" <= %(on)s AND {fact} GROUP BY f.dyad_id
    )"""


def _recorded(scope: Scope) -> str:
    numbers = scope.numbers
    return f""", {_engagement()},
        CASE WHEN d.agreed = 0 THEN {days_between("d.starts_on", as_day("%(on)s"))} END AS agreement_days,
        CASE WHEN {_was_there(numbers, DYAD_TEACHER_LIAISON)} THEN COALESCE(liaison.found, 0) END AS liaisons,
        CASE WHEN {_was_there(numbers, DYAD_SYSTEMATIC_FOLLOWUP)} THEN
            3 - COALESCE(followed.lates, 0) - COALESCE(followed.discipline, 0) - COALESCE(followed.results, 0)
        END AS not_reviewed, {0 if scope.term else 1} AS term_lacking,
        {days_between("event.since", as_day("%(on)s"))} AS event_days, COALESCE(event.found, 0) AS events,
        {_unreviewed(numbers)}"""


def _engagement() -> str:
    return f"""
        CASE WHEN d.committed_until IS NOT NULL THEN {months_between("d.starts_on", "d.committed_until")} END AS months,
        CASE WHEN d.committed_until < (
            SELECT y.ends_on FROM programs_schoolyear y
            WHERE y.board_id = d.board_id AND y.starts_on <= d.starts_on ORDER BY y.starts_on DESC LIMIT 1
        ) THEN 1 ELSE 0 END AS before_year_end,
        CASE WHEN d.committed_until <= %(on)s THEN 1 ELSE 0 END AS expired"""


def _contacts() -> str:
    """Class days of silence; ``unlogged_…``: whether planned meetings of that stretch wait to be logged."""
    waiting = f"""SELECT 1 FROM mentoring_dyadmeeting m WHERE m.dyad_id = d.id AND m.status = 'planned'
        AND m.deleted_at IS NULL AND m."on" <= %(on)s AND {MEETINGS}"""
    return f"""
        counted.since_start AS days_unmet,
        CASE WHEN counted.since_start IS NOT NULL AND EXISTS ({waiting} AND m."on" > d.starts_on)
             THEN 1 ELSE 0 END AS unlogged_unmet,
        counted.since_contact - COALESCE(paused.days, 0) AS days_silent,
        CASE WHEN EXISTS ({waiting} AND m."on" > COALESCE(d.last_held, d.starts_on))
             THEN 1 ELSE 0 END AS unlogged_silent,
        CASE WHEN d.last_held IS NULL THEN 0 ELSE 1 END AS contacted,
        CASE WHEN d.has_calendar THEN 0 ELSE 1 END AS silent_lacking,
        CASE WHEN d.has_calendar OR d.first_met IS NOT NULL THEN 0 ELSE 1 END AS unmet_lacking"""


def _was_there(numbers: Numbers, guideline: Guideline) -> str:
    """Whether the dyad had begun long enough before the end of the last ended term."""
    days = numbers.expression(guideline.code, "presence_days", "d.program_id")
    return f"d.starts_on <= {days_before('%(term_to)s', days)}"


def _unreviewed(numbers: Numbers) -> str:
    months = numbers.expression(DYAD_REVIEW.code, "months", "d.program_id")
    return f"""
        CASE WHEN reviewed.last_on >= d.starts_on OR {_was_there(numbers, DYAD_REVIEW)}
                  OR {months_between("d.starts_on", as_day("%(on)s"))} >= {months} THEN 1 ELSE 0 END AS review_asked,
        CASE WHEN {_was_there(numbers, DYAD_REVIEW)} THEN CASE WHEN reviewed.in_term = 1 THEN 0 ELSE 1 END
             WHEN {months_between("d.starts_on", as_day("%(on)s"))} < {months} THEN 0
             WHEN reviewed.last_on >= d.starts_on THEN 0 ELSE 1 END AS unreviewed"""
