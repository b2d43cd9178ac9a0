"""What a dyad did, beat after beat: about 82 % of weeks met, unevenly from one dyad to the next."""

from dataclasses import dataclass
from datetime import timedelta

from accompagnement.synthetic.beats import Beats, Day
from accompagnement.synthetic.school import School
from accompagnement.synthetic.tables import Silence

# How often a dyad meets when nothing special happens, as drawn once for each: 82 % on the whole.
RELIABILITY = (0.97,) * 8 + (0.9,) * 5 + (0.82,) * 3 + (0.55,) * 3 + (0.3,)
# An open dyad of which nothing is heard any more, and for how many beats.
FELL_SILENT, SILENT_BEATS = 0.04, 4
# Calls and messages, in a share of the beats.
CONTACTS = 0.03
AHEAD = timedelta(weeks=4)
# (channel, setting, activity, structured, chosen_by, topic, activity_kind, problem_kind)
Style = tuple[str, str, str, int | None, str, str, str, str]
RICH: list[Style] = [
    ("in_person", "individual", "discussion", 0, "student", "personal", "", ""),
    ("in_person", "individual", "discussion", 0, "together", "social", "", ""),
    ("in_person", "individual", "shared_activity", 1, "together", "social", "culturelle", ""),
    ("in_person", "individual", "shared_activity", 1, "student", "personal", "sportive", ""),
    ("in_person", "individual", "problem_solving", 1, "together", "school", "", "organisation"),
    ("in_person", "individual", "problem_solving", 0, "mentor", "school", "", "travaux scolaires"),
    ("in_person", "individual", "discussion", 0, "student", "career", "", ""),
    ("in_person", "group", "shared_activity", 1, "programme", "social", "sociale", ""),
    ("video", "individual", "discussion", 0, "mentor", "personal", "", ""),
]
HOMEWORK: list[Style] = [
    ("in_person", "individual", "problem_solving", 0, "mentor", "school", "", "travaux scolaires"),
    ("in_person", "individual", "problem_solving", 0, "programme", "school", "", "organisation"),
    ("in_person", "individual", "discussion", None, "mentor", "school", "", ""),
]
REMOTE: list[Style] = [
    ("video", "individual", "discussion", 0, "together", "personal", "", ""),
    ("video", "individual", "problem_solving", 0, "mentor", "school", "", "organisation"),
    ("in_person", "individual", "discussion", 0, "student", "social", "", ""),
]
TOGETHER: list[Style] = [
    ("in_person", "group", "shared_activity", 1, "programme", "social", "sportive", ""),
    ("in_person", "group", "discussion", 0, "programme", "social", "", ""),
]
BARE: list[Style] = [("in_person", "", "", None, "", "", "", ""), ("", "", "", None, "", "", "", "")]
STYLES = (RICH,) * 12 + (HOMEWORK, HOMEWORK, REMOTE, TOGETHER, BARE, BARE)
CALL: Style = ("phone", "individual", "discussion", None, "", "personal", "", "")
WRITE: Style = ("message", "individual", "discussion", None, "", "", "", "")
NOTHING: Style = ("", "", "", None, "", "", "", "")
NOT_HELD = ("student_absent",) * 5 + ("adult_absent",) * 3 + ("other",) * 2 + ("school_closed",)
NOTE = "Belle rencontre."


@dataclass(frozen=True)
class Rhythm:
    """When a dyad means to meet: from beat ``first`` until ``ends_on``, each time in the same slot."""

    first: int
    ends_on: str | None
    slot: int
    starts_at: str
    minutes: int
    timetable: int | None


def dyad_meetings(school: School, dyad: int, person: int, beats: Beats, rhythm: Rhythm) -> None:
    """Write the meetings and contacts of a dyad up to the day, and those planned for the four weeks after it."""
    rnd, sheet, board, prefix = school.chance.random, school.tables.dyad_meetings, school.board.pk, f"{school.key}-r"
    today = school.on.isoformat()
    styles = STYLES[int(rnd() * len(STYLES))]
    reliability = RELIABILITY[int(rnd() * len(RELIABILITY))]
    fell_silent = rhythm.ends_on is None and rnd() < FELL_SILENT
    silent_from = beats.behind - SILENT_BEATS if fell_silent else len(beats.days)
    if fell_silent:
        silent = tuple(beats.starts_on(beat) for beat in range(max(silent_from, rhythm.first), beats.behind))
        school.tables.silences.append(Silence(dyad, silent))
    is_planned = 0 if rhythm.timetable is None else 1

    def log(day: Day, status: str, reason: str, style: Style, *, contact: bool = False) -> None:
        draw = rnd()
        delay = 0 if draw < 0.8 else 1 if draw < 0.92 else 2
        level = "confidential" if draw > 0.99 else "ordinary"
        held = status == "held"
        sheet.add(
            board,
            f"{prefix}{sheet.made + 1}",
            day.on,
            status,
            reason,
            None if contact else rhythm.starts_at,
            (5 if contact else rhythm.minutes) if held else None,
            0 if contact else is_planned,
            day.logged[delay],
            person,
            NOTE if held and (draw > 0.99 or 0.4 < draw < 0.45) else "",
            level,
            day.saved[delay],
            None if contact else rhythm.timetable,
            dyad,
            *style,
        )

    def intend(day: Day) -> None:
        """A planned meeting that nobody has logged."""
        row = (board, f"{prefix}{sheet.made + 1}", day.on, "planned", "", rhythm.starts_at, rhythm.minutes)
        sheet.add(*row, 1, None, None, "", "ordinary", day.saved[0], rhythm.timetable, dyad, *NOTHING)

    for beat in range(rhythm.first, len(beats.days)):
        day = beats.days[beat][rhythm.slot]
        if day.on > today or (rhythm.ends_on is not None and day.on >= rhythm.ends_on):
            break
        draw = rnd()
        if beat >= silent_from:
            draw = 1.0
        if draw < reliability:
            log(day, "held", "", styles[int(rnd() * len(styles))])
        elif draw < 0.5 + reliability / 2:
            log(day, "not_held", NOT_HELD[int(rnd() * len(NOT_HELD))], NOTHING)
        elif is_planned:
            intend(day)
        if rnd() < CONTACTS:
            log(beats.days[beat][0], "held", "", CALL if rnd() < 0.6 else WRITE, contact=True)
    if is_planned and rhythm.ends_on is None:
        for day in beats.upcoming(rhythm.slot, today, (school.on + AHEAD).isoformat()):
            intend(day)
