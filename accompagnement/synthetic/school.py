"""A school: its calendar, programmes and adults."""

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from accompagnement.demo.names import FAMILY, GIVEN
from accompagnement.synthetic.beats import Beats
from accompagnement.synthetic.calendar import SchoolYearDays, Years
from accompagnement.synthetic.shape import SchoolShape
from accompagnement.synthetic.tables import Tables
from mentoring.models.wishes import TIMES, Interest
from people.access import Role

# Not the hash of any password: nobody signs in with it.
NO_PASSWORD = "!synthetic"  # noqa: S105
DYADS_PER_MENTOR = 1.6
GROUPS_PER_TEACHER = 2.5
CYCLE_DAYS = 9
KINDS = ("teacher", "older_peer", "school_volunteer", "community_volunteer", "community_volunteer")


@dataclass(frozen=True)
class Board:
    """A board already written: its number in the database, its years' numbers, its calendar."""

    pk: int
    key: str
    years: Years
    year_ids: list[int]


@dataclass(frozen=True)
class Mentor:
    pk: int
    person: int


@dataclass(frozen=True)
class Programme:
    pk: int
    beats: Beats


@dataclass
class School:
    """What the makers of dyads and groups need to know of a school, and where their rows go."""

    board: Board
    shape: SchoolShape
    tables: Tables
    chance: random.Random
    pk: int = 0
    key: str = ""
    years: list[SchoolYearDays] = field(default_factory=list)
    mentoring: list[Programme] = field(default_factory=list)
    grouping: list[Programme] = field(default_factory=list)
    teachers: list[int] = field(default_factory=list)
    mentors: list[Mentor] = field(default_factory=list)
    students: int = 0

    @property
    def on(self) -> date:
        return self.board.years.on

    def name(self) -> tuple[str, str]:
        return self.chance.choice(GIVEN), self.chance.choice(FAMILY)

    def person(self, key: str, *, school: int | None, mail: bool = True) -> int:
        given, family = self.name()
        key = f"{self.key}-{key}"
        email = f"{key}@synthetic.example".lower() if mail else None
        return self.tables.people.add(self.board.pk, school, key, given, family, email, NO_PASSWORD)

    def holds(self, person: int, role: Role, *, board: bool = False) -> None:
        since = self.board.years.starts_on(0).isoformat()
        self.tables.memberships.add(person, str(role), self.board.pk, None if board else self.pk, None, since)

    def mentors_in(self, year: int) -> int:
        """How many of the mentors, in order, were there in a year: most from the first on."""
        wanted = round(self.shape.dyads / DYADS_PER_MENTOR)
        return max(1, round(wanted * (0.6 + 0.4 * (year + 1) / self.board.years.count)))

    def student(self, entered: int) -> int:
        """A student in first year of secondary in the school year of that index."""
        self.students += 1
        grade = 1 + self.board.years.count - 1 - entered
        born = self.board.years.starts_on(entered) - timedelta(days=12 * 365 + self.chance.randrange(400))
        key = f"{self.key}-e{self.students}"
        return self.tables.students.add(
            self.board.pk, key, self.pk, *self.name(), born.isoformat(), grade if grade <= 5 else None
        )


def make_school(board: Board, shape: SchoolShape, tables: Tables, seed: int) -> School:
    """Write the school, its days, programmes, teachers and mentors."""
    school = School(board, shape, tables, random.Random(f"{seed}/{shape.number}"))
    school.key = f"E{shape.number + 1:03}"
    school.pk = tables.schools.add(board.pk, school.key, f"École synthétique {shape.number + 1}")
    school.years = [SchoolYearDays.of(board.years, year, school.chance) for year in range(board.years.count)]
    for year in school.years:
        for day, kind in year.days:
            tables.days.add(school.pk, day.isoformat(), kind)
    weeks, cycles = (Beats(school.years, cadence, school.on) for cadence in (0, CYCLE_DAYS))
    school.mentoring.append(programme(school, "M1", "mentoring", weeks))
    school.grouping.append(programme(school, "G1", "group", weeks))
    if shape.number % 4 == 0:
        school.mentoring.append(programme(school, "M2", "mentoring", cycles))
        school.grouping.append(programme(school, "G2", "group", cycles))
    make_staff(school)
    make_mentors(school)
    return school


def programme(school: School, key: str, domain: str, beats: Beats) -> Programme:
    cycle = beats.cadence > 0
    group = domain == "group"
    pk = school.tables.programs.add(
        school.board.pk,
        f"{school.key}-{key}",
        school.pk,
        ("Groupes d’accompagnement" if group else "Mentorat") + (" par cycle" if cycle else ""),
        domain,
        '["guidance", "habiletes"]' if group else '["communautaire"]',
        school.chance.choice(("passage", "communaute", "travail_scolaire")),
        "" if group else "individual",
        school.chance.choice(("universal", "targeted")),
        int(school.chance.random() < 0.4),
        "cycle" if cycle else "week",
        beats.cadence or None,
        1,
        school.chance.choice((30, 45, 60)),
    )
    return Programme(pk, beats)


def make_staff(school: School) -> None:
    """The manager, a lead, a trainer, and the resource teachers with the time that they are given."""
    for key, role in (("dir", Role.SCHOOL_MANAGER), ("resp", Role.PROGRAM_LEAD), ("form", Role.TRAINER)):
        school.holds(school.person(key, school=school.pk), role)
    for n in range(max(2, round(school.shape.groups / GROUPS_PER_TEACHER))):
        person = school.person(f"t{n + 1}", school=school.pk)
        school.teachers.append(person)
        school.holds(person, Role.RESOURCE_TEACHER)
        for year in school.board.year_ids:
            if school.chance.random() < 0.95:
                percent = school.chance.choice((20, 25, 30, 40, 50, 50, 60))
                school.tables.releases.add(person, year, percent, "whole_task")


def make_mentors(school: School) -> None:
    """The resource teachers, and adults or older peers from the school and around it, trained or not."""
    chance, last = school.chance, school.board.years.count - 1
    for n in range(school.mentors_in(last)):
        if n < len(school.teachers):
            person, kind = school.teachers[n], "teacher"
        else:
            kind = KINDS[int(chance.random() * len(KINDS))]
            person = school.person(f"m{n + 1}", school=school.pk, mail=kind != "community_volunteer")
            school.holds(person, Role.MENTOR)
        start = school.board.years.starts_on(next(y for y in range(last + 1) if n < school.mentors_in(y)))
        born = start - timedelta(days=365 * (16 if kind == "older_peer" else chance.randrange(22, 70)))
        if kind.endswith("volunteer"):
            school.tables.verifications.add(person, "judicial", start.isoformat())
        school.mentors.append(Mentor(school.tables.mentors.add(person, kind, born.isoformat(), *wishes(n)), person))
        train(school, person, start)


def wishes(n: int) -> tuple[str, str]:
    """Interests and times of the nth of them, as JSON: without a draw, so that the rest of a board stays as it was."""
    interests = sorted({Interest.values[(n * step + step) % len(Interest.values)] for step in (1, 3, 7)})
    times = sorted({TIMES[(n * step + step) % len(TIMES)] for step in (1, 2, 4, 7)})
    return json.dumps(interests), json.dumps(times)


def train(school: School, person: int, start: date) -> None:
    """Mostly two hours before the first match; some in two parts, some too little, a few late or never."""
    draw, add = school.chance.random(), school.tables.trainings.add
    parts = [(120, -10)] if draw < 0.66 else [(60, -12), (60, 20)] if draw < 0.8 else [(60, -5)] if draw < 0.92 else []
    for minutes, days in parts:
        add(person, "initial", (start + timedelta(days=days)).isoformat(), minutes, "Formation initiale")
    if draw < 0.4:
        add(person, "ongoing", (start + timedelta(days=90)).isoformat(), 60, "Écoute active")
