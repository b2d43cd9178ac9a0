"""A school's dyads of every year: those open on the day, and those that ended well, early, or began again."""

from dataclasses import dataclass
from datetime import date, timedelta

from accompagnement.synthetic.meetings import Rhythm, dyad_meetings
from accompagnement.synthetic.school import Mentor, Programme, School, wishes
from accompagnement.synthetic.shape import EARLIER_YEARS

ENDED_EARLY = 0.08
REMATCHED = 0.5  # of those whose relationship ended early
CONTINUED = 0.1  # open dyads that began in the year before
ON_CYCLES = 0.25  # of the dyads of a school that has both cadences
# Of a year's beats: matches are made from the first on, most in the first months.
LAST_START, USUAL_START = 0.6, 0.22
TIMES = ("08:10:00", "12:10:00", "12:15:00", "12:30:00", "15:45:00")
LENGTHS = (15, 20, 20, 30, 45, 45, 60)
REASONS = (
    ("Déménagement", "family"),
    ("Manque de disponibilité", "mentor"),
    ("Ne souhaite plus se rencontrer", "student"),
    ("Changement d’horaire", "school"),
    ("", "other"),
)


@dataclass(frozen=True)
class Match:
    """Who meets, where, and from which beat; ``until`` is the beat of the end of a relationship that is over."""

    programme: Programme
    mentor: Mentor
    student: int
    first: int
    until: int | None = None
    early: bool = False

    @property
    def last(self) -> int:
        return len(self.programme.beats.days) - 1 if self.until is None else self.until


def make_dyads(school: School) -> None:
    last = school.board.years.count - 1
    gone: list[int] = []
    for year in range(last + 1):
        current = year == last
        count = school.shape.dyads if current else round(school.shape.dyads * EARLIER_YEARS)
        returning, gone = gone, []
        for n in range(count):
            old = returning[n] if n < len(returning) and school.chance.random() < 0.5 else None
            student = old or school.student(year)
            gone.append(student)
            # Some students had another mentor first, this very year.
            if school.chance.random() < ENDED_EARLY * REMATCHED:
                rematched(school, student, year, current)
            else:
                write(school, plan(school, student, year, current))
        for _n in range(round(count * ENDED_EARLY * (1 - REMATCHED))):
            early, _next = short(school, school.student(year), year)
            write(school, early)
    for _n in range(round(school.shape.dyads * 0.05)):
        wait(school, school.student(last))


def rematched(school: School, student: int, year: int, current: bool) -> None:
    """A relationship that ended early, and the one that followed it."""
    early, following = short(school, student, year)
    write(school, early)
    write(school, plan(school, student, year, current, programme=early.programme, first=following))


def plan(
    school: School,
    student: int,
    year: int,
    current: bool,
    *,
    programme: Programme | None = None,
    first: int | None = None,
) -> Match:
    """A match that holds until the end of its year, or that is open on the day."""
    chance = school.chance
    programme = programme or any_programme(school)
    beats = programme.beats
    begin, end = beats.first_of_year[year], beats.first_of_year[year + 1]
    if first is None:
        first = begin + int((end - begin) * chance.triangular(0, LAST_START, USUAL_START))
        if current and year and chance.random() < CONTINUED:
            earlier = beats.first_of_year[year - 1]
            first = earlier + int((begin - earlier) * chance.uniform(0.3, 0.9))
    return Match(programme, any_mentor(school, year), student, first, None if current else end - 1)


def short(school: School, student: int, year: int) -> tuple[Match, int]:
    """A match broken off before the day, and the beat from which the student may be matched again."""
    programme = any_programme(school)
    beats = programme.beats
    begin = beats.first_of_year[year]
    room = min(beats.first_of_year[year + 1], beats.behind) - begin
    first = begin + int(room * school.chance.uniform(0, 0.3))
    until = first + 2 + int(room * school.chance.uniform(0, 0.45))
    return Match(programme, any_mentor(school, year), student, first, until, early=True), until + 1


def any_programme(school: School) -> Programme:
    return school.mentoring[-1] if school.chance.random() < ON_CYCLES else school.mentoring[0]


def any_mentor(school: School, year: int) -> Mentor:
    """Some mentors have several students, most have one or two."""
    return school.mentors[int(school.mentors_in(year) * school.chance.random() ** 1.4)]


def write(school: School, match: Match) -> None:
    chance, tables, beats = school.chance, school.tables, match.programme.beats
    starts_on = beats.starts_on(match.first)
    slot = int(chance.random() * beats.slots)
    ends_on, reason, by = ending(school, match)
    dyad = tables.dyads.add(
        school.board.pk,
        f"{school.key}-d{tables.dyads.made + 1}",
        match.programme.pk,
        match.mentor.pk,
        match.student,
        starts_on,
        commitment(school, match, starts_on),
        ends_on,
        reason,
        by,
        int(match.early and chance.random() < 0.1),
    )
    starts_at, minutes = chance.choice(TIMES), chance.choice(LENGTHS)
    timetable = None
    if chance.random() < 0.5:
        weekday, cycle_day = (None, slot + 1) if beats.cadence else (slot + 1, None)
        timetable = tables.dyad_timetables.add(dyad, weekday, cycle_day, starts_at, minutes, starts_on, ends_on)
    if chance.random() < 0.85:
        signed = date.fromisoformat(starts_on) + timedelta(days=chance.randrange(25))
        tables.agreements.add(
            dyad, min(signed, school.on).isoformat(), '["Organiser son temps"]', '["Tenir un agenda"]'
        )
    pause(school, dyad, match)
    rhythm = Rhythm(match.first, ends_on, slot, starts_at, minutes, timetable)
    dyad_meetings(school, dyad, match.mentor.person, beats, rhythm)


def ending(school: School, match: Match) -> tuple[str | None, str, str]:
    """The first day that no longer counts, why, and at whose initiative."""
    beats = match.programme.beats
    if match.until is None:
        return None, "", ""
    if match.early:
        return beats.starts_on(match.until + 1), *school.chance.choice(REASONS)
    return year_end(school, beats.starts_on(match.until)), "Fin de l’année scolaire", "school"


def year_end(school: School, day: str) -> str:
    """The end of the school year of a class day."""
    return next(end for year in school.years if (end := year.ends_on.isoformat()) > day)


def commitment(school: School, match: Match, starts_on: str) -> str | None:
    """Mostly until the end of the school year that it began in; sometimes nothing was said, or too short a time."""
    draw = school.chance.random()
    if draw < 0.05:
        return None
    if draw < 0.12:
        return (date.fromisoformat(starts_on) + timedelta(days=120)).isoformat()
    return year_end(school, starts_on)


def pause(school: School, dyad: int, match: Match) -> None:
    chance, beats = school.chance, match.programme.beats
    if chance.random() >= 0.04 or match.last - match.first < 6:
        return
    first = chance.randrange(match.first + 2, match.last - 2)
    running = match.until is None and chance.random() < 0.15
    ends_on = None if running else beats.starts_on(first + 2)
    school.tables.pauses.add(dyad, beats.starts_on(first), ends_on, chance.choice(("Maladie", "Stage", "")))


def wait(school: School, student: int) -> None:
    """A student who has no mentor yet."""
    referred_on = school.on - timedelta(days=school.chance.randrange(5, 120))
    school.tables.referrals.add(student, school.mentoring[0].pk, referred_on.isoformat(), None, *wishes(student))
