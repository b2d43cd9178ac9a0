"""Random dyads and mentors: met from week to week until a silence begins, in which a few rows say why."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from guidelines.tests.boards.days import DAY, SPAN, later, rarely, some_day
from guidelines.tests.reference.rows import Dyad, Entry, Meeting, Mentor, Slot

KINDS = ["teacher", "older_peer", "older_peer", "school_volunteer", "community_volunteer"]
BIRTHS = [None, date(2007, 12, 31), date(2008, 2, 29), date(2008, 2, 29), date(2008, 3, 1), date(2010, 1, 31)]


@dataclass
class Habits:
    """What most meetings of a dyad look like, so that shares come near their bounds on both sides."""

    channels: list[str]
    settings: list[str]
    activities: list[str]
    structured: list[bool | None]
    choosers: list[str]
    topics: list[str]
    minutes: list[int | None]
    logged_after: list[int | None]


def habits_of(chance: Random) -> Habits:
    def some(*usual: list) -> list:
        return chance.choice(usual)

    return Habits(
        some(["in_person"], ["video", "in_person"], ["video"], ["in_person", "video", ""]),
        some(["individual"], ["group"], ["individual", "group"], ["individual", "group", ""]),
        some(["discussion"], ["problem_solving"], ["shared_activity"], ["discussion", "problem_solving", ""]),
        some([True], [False], [True, False, None], [None, False]),
        some(["mentor"], ["programme", "mentor"], ["student", "mentor"], ["together", "programme", ""], [""]),
        some(["school"], ["personal", "school"], ["school", "school", ""], ["social", "career", "school"]),
        some([10], [14, 15, 16], [5, 10, 60], [45], [15, 20, 20, 20, 20, 20, 20, None], [15]),
        some([0], [0, 7], [0, 8], [6, 7, 8, None], [9, 0, 0, 0, 0]),
    )


def meeting(chance: Random, habits: Habits, on: date, status: str, channel: str = "", reason: str = "") -> Meeting:
    after = chance.choice(habits.logged_after)
    return Meeting(
        on,
        status,
        channel,
        reason,
        planned=chance.random() < 0.7,
        minutes=chance.choice(habits.minutes),
        logged_on=None if status == "planned" or after is None else on + after * DAY,
        undone=rarely(chance),
        setting=chance.choice(habits.settings),
        activity=chance.choice(habits.activities),
        structured=chance.choice(habits.structured),
        chosen_by=chance.choice(habits.choosers),
        topic=chance.choice(habits.topics),
    )


def dyad_of(chance: Random, key: str, mentors: list[str], students: list[str], programs: list[str]) -> Dyad:
    starts_on = some_day(chance, 200)
    dyad = Dyad(
        key,
        chance.choice(mentors),
        chance.choice(students),
        starts_on,
        later(chance, starts_on, SPAN, never=0.6),
        later(chance, starts_on, SPAN, never=0.2),
        chance.random() < 0.3,
        chance.choice(programs),
    )
    silent_from = chance.choice([0, 20, 60, 100, 160, 240])
    _meetings(chance, dyad, silent_from)
    for _ in range(chance.choice([0, 0, 1, 2, 3])):
        starts = starts_on + timedelta(days=silent_from + chance.randint(-10, 30))
        dyad.pauses.append((starts, later(chance, starts, 14, never=0.1)))
    _records(chance, dyad)
    return dyad


def timetable(chance: Random, dyad: Dyad) -> None:
    """Slots of one or two weekdays, of a weekend, or of the cycle; some begin, end or change while the dyad goes on."""
    for day in chance.choice([[], [1], [1], [5], [1, 3], [2, 2], [4, 6], [6, 7]]):
        starts = chance.choice([None, None, dyad.starts_on, some_day(chance)])
        ends = later(chance, starts or dyad.starts_on, 100, never=0.7)
        by_week = chance.random() < 0.85
        dyad.slots.append(Slot(day if by_week else None, None if by_week else day, 30, (starts, ends)))


def follow_some(chance: Random, dyads: list[Dyad], mentors: list[str]) -> None:
    """Some dyads begin when another of the same student ends, or shortly after, mostly with another mentor."""
    for dyad, former in zip(dyads[1:], dyads, strict=False):
        if former.ends_on is not None and chance.random() < 0.4:
            moved = former.ends_on + chance.choice([-1, 0, 0, 1, 20]) * DAY - dyad.starts_on
            dyad.student, dyad.mentor = former.student, chance.choice(mentors)
            dyad.starts_on += moved
            dyad.ends_on = dyad.ends_on and dyad.ends_on + moved
            dyad.committed_until = dyad.committed_until and dyad.committed_until + moved
            for row in dyad.meetings:
                row.on += moved
                row.logged_on = row.logged_on and row.logged_on + moved


def _meetings(chance: Random, dyad: Dyad, silent_from: int) -> None:
    habits = habits_of(chance)
    for n in range(chance.randint(0, 12), silent_from, chance.choice([5, 7, 7, 7, 9, 14])):
        on = dyad.starts_on + n * DAY
        dyad.meetings.append(meeting(chance, habits, on, "held", chance.choice(habits.channels)))
    for _ in range(chance.randint(0, 8)):
        status = chance.choice(["held", "not_held", "not_held", "planned", "planned"])
        reasons = ["student_absent", "adult_absent", "school_closed", "other", ""]
        on = dyad.starts_on + timedelta(days=silent_from + chance.randint(-5, 45))
        channel = chance.choice(["in_person", "in_person", "video", "", "phone", "email", "message"])
        reason = chance.choice(reasons) if status == "not_held" else ""
        dyad.meetings.append(meeting(chance, habits, on, status, channel, reason))


def _records(chance: Random, dyad: Dyad) -> None:
    def near(most: int = 220) -> date:
        return dyad.starts_on + timedelta(days=chance.randint(-3, most))

    for _ in range(chance.choice([0, 1, 1, 2])):
        dyad.agreements.append((near(40), chance.choice([0, 1, 2]), chance.choice([0, 1, 1])))
    for _ in range(chance.randint(0, 3)):
        dyad.liaisons.append(Entry(near(), undone=rarely(chance)))
    for _ in range(chance.choice([0, 1, 2, 6])):
        reviewed = (chance.random() < 0.6, chance.random() < 0.6, chance.random() < 0.6)
        dyad.followups.append(Entry(near(), reviewed=reviewed, undone=rarely(chance)))
    for _ in range(chance.choice([0, 0, 1, 2])):
        on = near()
        supported = None if rarely(chance, 0.4) else on + chance.choice([0, 3, 13, 14, 15, 40]) * DAY
        dyad.events.append(Entry(on, supported_on=supported, undone=rarely(chance)))
    for _ in range(chance.choice([0, 1, 1, 2, 4])):
        dyad.reviews.append(Entry(near(), undone=rarely(chance)))


def mentor_of(chance: Random, key: str) -> Mentor:
    mentor = Mentor(key, chance.choice(KINDS), chance.choice(BIRTHS))
    for _ in range(chance.randint(0, 4)):
        kind = chance.choice(["initial", "initial", "initial", "ongoing"])
        mentor.trainings.append((kind, some_day(chance, 200), chance.choice([0, 1, 30, 60, 60, 90, 119, 120])))
    days = {some_day(chance) for _ in range(chance.choice([0, 1, 2]))}
    mentor.styles = [(day, chance.randint(0, 4), chance.randint(0, 4)) for day in sorted(days)]
    for day in sorted({some_day(chance) for _ in range(chance.choice([0, 1, 1, 2]))}):
        texts = [chance.choice(["", "x", "x", "x", "x"]) for _ in range(4)]
        mentor.approaches.append((day, (texts[0], texts[1], texts[2], texts[3])))
    return mentor
