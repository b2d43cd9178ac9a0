"""Dyads: what is done together, and what surrounds the meetings (§3.2, §3.3)."""

from collections.abc import Callable
from datetime import date

from guidelines.tests.reference.days import at_least_months, in_term, last_term, was_there
from guidelines.tests.reference.dyads import is_open
from guidelines.tests.reference.numbers import number
from guidelines.tests.reference.rows import Board, Dyad, Entry, Meeting, kept
from guidelines.tests.reference.verdicts import LACKING, Verdict, found, per_cent
from guidelines.tests.reference.weeks import assessable, confidence, held_by

Asks = Callable[[Meeting], bool]


def weekly_minutes(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    weeks = assessable(board, dyad, on)[-number(board, on, "dyad-weekly-minutes", "weeks", dyad.program) :]
    minutes = [m.minutes for m in held_by(dyad, on) if any(week.holds(m.on) for week in weeks)]
    if not weeks or any(n is None for n in minutes):
        return LACKING
    total = sum(n for n in minutes if n is not None)
    bound = number(board, on, "dyad-weekly-minutes", "info", dyad.program)
    if total < bound * len(weeks):
        return found("info", total // len(weeks), bound, confidence(weeks))
    return None


def lately_held(board: Board, dyad: Dyad, on: date, code: str) -> list[Meeting]:
    weeks = assessable(board, dyad, on)[-number(board, on, code, "weeks", dyad.program) :]
    return [m for m in held_by(dyad, on) if any(week.holds(m.on) for week in weeks)]


def share(board: Board, dyad: Dyad, on: date, code: str, known: Asks, counts: Asks) -> tuple[int, int] | None:
    """How many of how many known meetings; none when too few are known."""
    rows = [m for m in lately_held(board, dyad, on, code) if known(m)]
    if len(rows) < number(board, on, code, "least", dyad.program):
        return None
    return sum(counts(m) for m in rows), len(rows)


def individual_share(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    code = "dyad-individual-share"
    counted = share(board, dyad, on, code, lambda m: m.setting != "", lambda m: m.setting == "individual")
    if counted is None:
        return LACKING
    bound = number(board, on, code, "warning", dyad.program)
    return found("warning", per_cent(*counted), bound) if 100 * counted[0] < bound * counted[1] else None


def remote_share(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    code = "dyad-remote-share"
    counted = share(board, dyad, on, code, lambda m: m.channel != "", lambda m: m.channel == "video")
    if counted is None:
        return LACKING
    bound = number(board, on, code, "info", dyad.program)
    return found("info", per_cent(*counted), bound) if 100 * counted[0] > bound * counted[1] else None


def shared_activity(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None

    def known(m: Meeting) -> bool:
        return m.activity != "" and (m.activity != "shared_activity" or m.structured is not None)

    def counts(m: Meeting) -> bool:
        return m.activity == "shared_activity" and m.structured is True

    code = "dyad-shared-activity"
    counted = share(board, dyad, on, code, known, counts)
    if counted is None:
        return LACKING
    bound = number(board, on, code, "warning", dyad.program)
    return found("warning", counted[0], bound) if counted[0] <= bound else None


def student_choice(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    code = "dyad-student-choice"
    counted = share(
        board, dyad, on, code, lambda m: m.chosen_by != "", lambda m: m.chosen_by in ("student", "together")
    )
    if counted is None:
        return LACKING
    bound = number(board, on, code, "info", dyad.program)
    return found("info", counted[0], bound) if counted[0] <= bound else None


def homework_heavy(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None

    def known(m: Meeting) -> bool:
        return m.activity != "" and (m.activity != "problem_solving" or m.topic != "")

    def counts(m: Meeting) -> bool:
        return m.activity == "problem_solving" and m.topic == "school"

    code = "dyad-homework-heavy"
    counted = share(board, dyad, on, code, known, counts)
    if counted is None:
        return LACKING
    bound = number(board, on, code, "info", dyad.program)
    return found("info", per_cent(*counted), bound) if 100 * counted[0] > bound * counted[1] else None


def agreement(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    if any(signed <= on and objectives and tasks for signed, objectives, tasks in dyad.agreements):
        return None
    days = (on - dyad.starts_on).days
    bound = number(board, on, "dyad-agreement", "warning", dyad.program)
    return found("warning", days, bound) if days >= bound else None


def of_last_term(board: Board, dyad: Dyad, on: date, code: str, entries: list[Entry]) -> list[Entry] | None:
    """The entries of the last term; none when the dyad was not there for long enough of it, or no term has ended."""
    term = last_term(board, on)
    if term is None or not was_there(dyad.starts_on, term, number(board, on, code, "presence_days", dyad.program)):
        return None
    return [entry for entry in kept(entries) if in_term(entry.on, term)]


def teacher_liaison(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    if last_term(board, on) is None:
        return LACKING
    entries = of_last_term(board, dyad, on, "dyad-teacher-liaison", dyad.liaisons)
    bound = number(board, on, "dyad-teacher-liaison", "info", dyad.program)
    if entries is None or len(entries) > bound:
        return None
    return found("info", len(entries), bound)


def systematic_followup(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    if last_term(board, on) is None:
        return LACKING
    entries = of_last_term(board, dyad, on, "dyad-systematic-followup", dyad.followups)
    if entries is None:
        return None
    never = sum(not any(entry.reviewed[n] for entry in entries) for n in range(3))
    bound = number(board, on, "dyad-systematic-followup", "info", dyad.program)
    return found("info", never, bound) if never > bound else None


def support_after_event(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    waiting = [e.on for e in kept(dyad.events) if e.on <= on and (e.supported_on is None or e.supported_on > on)]
    if not waiting:
        return None
    days = (on - min(waiting)).days
    bound = number(board, on, "dyad-support-after-event", "info", dyad.program)
    return found("info", days, bound) if days >= bound else None


def review(board: Board, dyad: Dyad, on: date) -> Verdict:
    if not is_open(dyad, on):
        return None
    entries = of_last_term(board, dyad, on, "dyad-review", dyad.reviews)
    if entries is not None:
        return found("info") if entries == [] else None
    if not at_least_months(dyad.starts_on, on, number(board, on, "dyad-review", "months", dyad.program)):
        return None
    return None if any(dyad.starts_on <= e.on <= on for e in kept(dyad.reviews)) else found("info")


RULES = {
    "dyad-weekly-minutes": weekly_minutes,
    "dyad-individual-share": individual_share,
    "dyad-remote-share": remote_share,
    "dyad-shared-activity": shared_activity,
    "dyad-student-choice": student_choice,
    "dyad-homework-heavy": homework_heavy,
    "dyad-agreement": agreement,
    "dyad-teacher-liaison": teacher_liaison,
    "dyad-systematic-followup": systematic_followup,
    "dyad-support-after-event": support_after_event,
    "dyad-review": review,
}
