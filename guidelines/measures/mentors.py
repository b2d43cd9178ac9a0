"""Mentors of at least one open dyad: what they were taught, what they state, whom they accompany."""

from guidelines.catalogue.mentors import MENTOR_APPROACH, MENTOR_STYLE, MENTOR_TRAINING_LATE
from guidelines.measures.dyad_facts import held
from guidelines.measures.scope import Scope
from people.sql import Row


def mentor_facts(scope: Scope) -> list[Row]:
    """One row per mentor of an open dyad (§3, §3.2, §3.3); nothing is asked of one whose account is closed.

    ``minutes`` of initial training by the day; ``mostly_prescriptive`` and ``style_lacking``; ``stated`` parts of the
    approach; ``not_older`` and ``age_lacking`` for older peers; ``dyads`` open.
    """
    return scope.once("mentors", _read)


def training_before_meeting(scope: Scope) -> list[Row]:
    """``minutes_by_then``, on the day of the first meeting, of mentors who have met and are fully trained since."""
    return [row for row in mentor_facts(scope) if row["has_met_and_is_trained"]]


def _read(scope: Scope) -> list[Row]:
    enough = scope.numbers.value(MENTOR_TRAINING_LATE.code, "info")
    # A meeting saved asks of the training alone: what mentors state takes its time to plan.
    stated = scope.asks(MENTOR_STYLE.code) or scope.asks(MENTOR_APPROACH.code)
    query = f"""
        WITH open_dyad AS MATERIALIZED (
            SELECT d.mentor_id, s.birth_date, {held("ASC", dyad="d", meetings=True)} AS first_met
            FROM mentoring_dyad d JOIN people_student s ON s.id = d.student_id
            WHERE d.board_id = %(board)s AND d.starts_on <= %(on)s AND (d.ends_on IS NULL OR d.ends_on > %(on)s)
              AND {scope.condition("mentor", "d.mentor_id")}
        ),
        mentor AS MATERIALIZED (
            SELECT m.id, m.person_id, m.kind, m.birth_date, COUNT(*) AS dyads, MIN(d.first_met) AS first_met,
                   SUM(CASE WHEN d.birth_date <= m.birth_date THEN 1 ELSE 0 END) AS not_older,
                   SUM(CASE WHEN d.birth_date IS NOT NULL AND m.birth_date IS NOT NULL THEN 1 ELSE 0 END) AS known
            FROM open_dyad d JOIN mentoring_mentor m ON m.id = d.mentor_id
            JOIN people_user u ON u.id = m.person_id AND u.is_active
            GROUP BY m.id, m.person_id, m.kind, m.birth_date
        ),
        taught AS (
            SELECT m.id, SUM(t.minutes) AS minutes,
                   SUM(CASE WHEN t.completed_on <= m.first_met THEN t.minutes ELSE 0 END) AS by_then
            FROM mentor m JOIN mentoring_training t ON t.person_id = m.person_id
            WHERE t.kind = 'initial' AND t.completed_on <= %(on)s GROUP BY m.id
        ){_stated() if stated else ""}
        SELECT m.id AS subject_id, COALESCE(t.minutes, 0) AS minutes, m.dyads,
               CASE WHEN t.minutes >= {enough} AND m.first_met IS NOT NULL THEN 1 ELSE 0 END AS has_met_and_is_trained,
               t.by_then AS minutes_by_then,
               CASE WHEN m.kind = 'older_peer' AND m.not_older > 0 THEN 1 ELSE 0 END AS not_older,
               CASE WHEN m.kind = 'older_peer' AND m.known = 0 THEN 1 ELSE 0 END AS age_lacking
               {STATED if stated else ""}
        FROM mentor m LEFT JOIN taught t ON t.id = m.id {LATEST if stated else ""}
    """
    return scope.rows(query)


STATED = """,
    COALESCE(a.stated, 0) AS stated,
    CASE WHEN s.prescriptive > s.developmental THEN 1 ELSE 0 END AS mostly_prescriptive,
    CASE WHEN s.mentor_id IS NULL THEN 1 ELSE 0 END AS style_lacking"""
LATEST = """
    LEFT JOIN style s ON s.mentor_id = m.id AND s.back = 1 LEFT JOIN approach a ON a.mentor_id = m.id AND a.back = 1"""


def _stated() -> str:
    """``style`` and ``approach``: what each mentor stated up to the day, the latest first."""
    parts = " + ".join(
        f"CASE WHEN a.{part} <> '' THEN 1 ELSE 0 END" for part in ("beliefs", "attitudes", "behaviours", "style")
    )
    return f""",
        style AS (
            SELECT s.mentor_id, s.developmental, s.prescriptive,
                   ROW_NUMBER() OVER (PARTITION BY s.mentor_id ORDER BY s."on" DESC, s.id DESC) AS back
            FROM mentoring_styleselfassessment s WHERE s."on" <= %(on)s AND s.mentor_id IN (SELECT id FROM mentor)
        ),
        approach AS (
            SELECT a.mentor_id, {parts} AS stated,
                   ROW_NUMBER() OVER (PARTITION BY a.mentor_id ORDER BY a."on" DESC, a.id DESC) AS back
            FROM mentoring_mentorapproach a WHERE a."on" <= %(on)s AND a.mentor_id IN (SELECT id FROM mentor)
        )"""
