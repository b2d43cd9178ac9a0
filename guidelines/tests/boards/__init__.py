"""Random boards: small ones, whose dates and sizes fall on and around every bound."""

from datetime import date, timedelta
from random import Random

from guidelines.tests.boards.days import DAY, FIRST, class_days_of, rarely, some_day, terms_of, years_of
from guidelines.tests.boards.dyads import BIRTHS, dyad_of, follow_some, mentor_of, timetable
from guidelines.tests.boards.groups import CONTENTS, group_of, move_some, one_adult_each, teacher_of
from guidelines.tests.reference.numbers import DEFAULTS
from guidelines.tests.reference.rows import Activity, Board, Program, Role, Setting, Student
from guidelines.tests.reference.weeks import periods
from people.months import add_months

SCHOOLS = ["S-0", "S-1"]
MENTORS = ["M-0", "M-1", "M-2", "M-3"]
TEACHERS = ["T-0", "T-1", "T-2", "M-0"]
GROUP_PROGRAMS = ["Q-0"] * 4 + ["Q-1"] * 2 + ["P-0"]
STUDENTS = [f"E-{n}" for n in range(18)]


def board_of(seed: int) -> Board:
    chance = Random(seed)
    years = years_of(chance)
    board = Board(years, terms_of(chance, years), {school: class_days_of(chance, years) for school in SCHOOLS})
    grades = chance.choice([[1], [1, 1, 1, 1, None, 2], [2], [None]])
    board.students = {key: Student(key, chance.choice(grades), chance.choice(BIRTHS)) for key in STUDENTS}
    board.mentors = {key: mentor_of(chance, key) for key in MENTORS}
    board.teachers = {key: teacher_of(chance, key, len(years)) for key in TEACHERS}
    for key, domain in (("P-0", "mentoring"), ("P-1", "mentoring"), ("Q-0", "group"), ("Q-1", "group")):
        board.programs[key] = program_of(chance, key, domain)
    # Now and then one mentor has nearly all the dyads: the load is near its bound.
    mentors = MENTORS[:1] if chance.random() < 0.15 else MENTORS
    students = STUDENTS[:3] if chance.random() < 0.6 else STUDENTS[:7]
    number = chance.randint(4, 8) if len(mentors) > 1 else 12
    board.dyads = [dyad_of(chance, f"D-{n}", mentors, students, ["P-0", "P-1"]) for n in range(number)]
    follow_some(chance, board.dyads, MENTORS)
    for dyad in board.dyads:
        timetable(Random(f"{seed} {dyad.key}"), dyad)
    programs = chance.choice([GROUP_PROGRAMS, ["Q-0"]])
    board.groups = [
        group_of(chance, f"G-{n}", chance.choice(programs), TEACHERS, STUDENTS, years)
        for n in range(chance.randint(2, 3))
    ]
    if chance.random() < 0.3:
        one_adult_each(chance, board.groups, TEACHERS)
    move_some(chance, board.groups)
    if rarely(chance, 0.03):
        board.years, board.terms = [], []
        for teacher in board.teachers.values():
            teacher.releases = []
    board.settings = [setting_of(chance) for _ in range(chance.choice([0, 0, 3, 12]))]
    return board


def program_of(chance: Random, key: str, domain: str) -> Program:
    program = Program(
        key,
        chance.choice(SCHOOLS),
        domain,
        cadence=chance.choice([0, 0, 0, 5, 7, 9, 10]),
        grace=chance.choice([7, 7, 7, 0, 3, 14]),
        meetings_per_unit=chance.choice([None, 1, 2, 2]),
        minutes=chance.choice([None, None, None, 9, 10, 60, 61]),
        mentoring_form=chance.choice(["individual", "individual", "group", "remote", ""]) * (domain == "mentoring"),
        forms=chance.choice([(), ("guidance",), ("guidance", "scolaire")]) if domain == "group" else (),
        intervention=chance.choice(["passage", "communaute", "travail_scolaire", ""]) * (domain == "group"),
        prevents_dropout=chance.choice([None, True, False]),
        results=chance.choice([0, 1, 2]),
    )
    for _ in range(chance.choice([0, 1, 2, 2])):
        result = program.results > 0 and not rarely(chance, 0.15)
        theme, content = (
            chance.choice(["personal", "school", "school", ""]),
            chance.choice([*CONTENTS, CONTENTS[3], ""]),
        )
        program.activities.append(Activity(content, theme, chance.choice(["group", "teams", ""]), result))
    for actor in chance.sample(["teacher", "mentor", "lead"], chance.choice([0, 2, 3, 3])):
        acknowledged = {who: some_day(chance, 200) for who in {*MENTORS, *TEACHERS} if chance.random() < 0.85}
        acknowledged = dict(sorted(acknowledged.items()))
        program.roles[actor] = Role(
            chance.choice(["x", "x", "x", "x", ""]), chance.choice(["x", "x", "x", ""]), acknowledged
        )
    return program


def setting_of(chance: Random) -> Setting:
    code = chance.choice(sorted(code for code, names in DEFAULTS.items() if names))
    name = chance.choice(sorted(DEFAULTS[code]))
    usual = DEFAULTS[code][name]
    step = chance.choice([10, 25, 1]) if usual >= 50 else chance.choice([1, 1, 3])
    value = chance.choice([None, max(1, usual - step), usual + step])
    return Setting(code, name, chance.choice([None, None, "P-0", "P-1", "Q-0", "Q-1"]), value, some_day(chance))


def days_to_look(chance: Random, board: Board, count: int) -> list[date]:
    """Days on and around the bounds of this board, of one kind of bound after the other."""
    dyads, groups = board.dyads, board.groups
    kinds = [
        [day for span in [*board.years, *board.terms] for day in span],
        [day for dyad in dyads for day in (dyad.starts_on, dyad.ends_on, dyad.committed_until) if day],
        [add_months(dyad.starts_on, months) for dyad in dyads for months in (1, 3, 6)],
        [dyad.starts_on + 14 * DAY for dyad in dyads] + [e.on + 14 * DAY for dyad in dyads for e in dyad.events],
        [m.on for owner in (*dyads, *groups) for m in owner.meetings[-6:]],
        [day for group in groups for lead in group.leads for day in (lead.starts_on, lead.ends_on) if day],
        [day for group in groups for _, starts, ends in group.members for day in (starts, ends) if day],
        [days[-1] + program.grace * DAY for program in board.programs.values() for *_, days in periods(board, program)],
    ]
    known = [kind for kind in kinds if kind]
    near = [chance.choice(chance.choice(known)) + timedelta(days=chance.choice([-1, 0, 0, 0, 1])) for _ in range(count)]
    return sorted(day for day in near if FIRST - 10 * DAY <= day < FIRST + 600 * DAY)
