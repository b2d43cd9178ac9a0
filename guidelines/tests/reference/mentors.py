"""Mentors of at least one dyad open on the day (§3, §3.2, §3.3)."""

from datetime import date

from guidelines.tests.reference.dyads import is_open
from guidelines.tests.reference.numbers import number
from guidelines.tests.reference.rows import Board, Dyad, Mentor
from guidelines.tests.reference.verdicts import LACKING, Verdict, found
from guidelines.tests.reference.weeks import held_by


def open_dyads(board: Board, mentor: Mentor, on: date) -> list[Dyad]:
    return [dyad for dyad in board.dyads if dyad.mentor == mentor.key and is_open(dyad, on)]


def minutes_by(mentor: Mentor, on: date) -> int:
    return sum(minutes for kind, day, minutes in mentor.trainings if kind == "initial" and day <= on)


def training(board: Board, mentor: Mentor, on: date) -> Verdict:
    minutes = minutes_by(mentor, on)
    least, enough = (number(board, on, "mentor-training", name) for name in ("critical", "warning"))
    if minutes <= least:
        return found("critical", minutes, least)
    return found("warning", minutes, enough) if minutes < enough else None


def training_late(board: Board, mentor: Mentor, on: date) -> Verdict:
    enough = number(board, on, "mentor-training-late", "info")
    held = [m.on for dyad in open_dyads(board, mentor, on) for m in held_by(dyad, on)]
    if not held or minutes_by(mentor, on) < enough:
        return None
    minutes = minutes_by(mentor, min(held))
    return found("info", minutes, enough) if minutes < enough else None


def style(board: Board, mentor: Mentor, on: date) -> Verdict:
    recorded = [row for row in mentor.styles if row[0] <= on]
    if not recorded:
        return LACKING
    _day, developmental, prescriptive = max(recorded)
    return found("info") if prescriptive > developmental else None


def approach(board: Board, mentor: Mentor, on: date) -> Verdict:
    stated = [row for row in mentor.approaches if row[0] <= on]
    filled = sum(text != "" for text in max(stated)[1]) if stated else 0
    bound = number(board, on, "mentor-approach", "info")
    return found("info", filled, bound) if filled < bound else None


def peer_age(board: Board, mentor: Mentor, on: date) -> Verdict:
    if mentor.kind != "older_peer":
        return None
    births = [board.students[dyad.student].birth_date for dyad in open_dyads(board, mentor, on)]
    known = [born for born in births if born is not None]
    if mentor.birth_date is None or not known:
        return LACKING
    return found("warning") if any(born <= mentor.birth_date for born in known) else None


def load(board: Board, mentor: Mentor, on: date) -> Verdict:
    dyads = len(open_dyads(board, mentor, on))
    bound = number(board, on, "mentor-load", "info")
    return found("info", dyads, bound) if dyads > bound else None


RULES = {
    "mentor-training": training,
    "mentor-training-late": training_late,
    "mentor-style": style,
    "mentor-approach": approach,
    "mentor-peer-age": peer_age,
    "mentor-load": load,
}
