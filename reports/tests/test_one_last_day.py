"""Files of one last day, put together: none tells what another masks, and no small number is closer than promised."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from people.disclosure import WIDE
from people.suppression import FEWEST
from people.telling import Path
from programs.fixed_periods import Period
from reports.catalogue.training import told as training
from reports.summary.facts import Facts, Form, Stay, Year
from reports.summary.told import BEGUN, OPEN, OVER, Told
from reports.training import Preparation

YEAR, TERM, MONTH = date(2025, 9, 1), date(2026, 3, 1), date(2026, 6, 1)
LAST = date(2026, 6, 19)
SINCE = (YEAR, TERM, MONTH)
STATES = sorted(OPEN | OVER)
BOARDS = 120
SOLVED = 30


def board(chance: random.Random) -> Facts:
    """One to three schools, their programmes, relations begun before the year or in it, some of them ended."""
    programs: list[Any] = []
    for school in range(1, chance.choice((2, 3, 4))):
        for _program in range(chance.choice((1, 2, 3))):
            programs.append(SimpleNamespace(pk=len(programs) + 1, school_id=school))
    stays = []
    for program in programs:
        for _relation in range(chance.choice((3, 6, 9, 14, 20))):
            begun = YEAR + timedelta(chance.randrange(1, 250) if chance.random() < 0.5 else -30)
            ended = None if chance.random() < 0.75 else max(begun, YEAR) + timedelta(chance.randrange(5, 30))
            student = len(stays)
            mentor = 1000 + (student if chance.random() < 0.7 else chance.randrange(9))
            stays.append(Stay(student, program.pk, begun, ended, Form.DYAD, mentor))
            if chance.random() < 0.2:
                stays.append(Stay(student, program.pk, begun, None, Form.GROUP))
    grades = {stay.person: chance.randint(1, 5) for stay in stays}
    years = [Year("2025-2026", YEAR, LAST)]
    return Facts(programs, Period(YEAR, LAST + timedelta(1)), LAST, years, stays, [], [], grades)


def files(facts: Facts) -> Iterator[Told]:
    """What is told of the year, of its last term and of its last month."""
    for since in SINCE:
        stays = [stay for stay in facts.stays if stay.ends_on is None or stay.ends_on > since]
        grades = {stay.person: facts.grades[stay.person] for stay in stays}
        period = Period(since, facts.period.until)
        yield Told(Facts(facts.programs, period, LAST, facts.years, stays, [], [], grades), with_moves=since == YEAR)


def places(facts: Facts) -> list[Path]:
    schools = sorted({one.school_id for one in facts.programs})
    return [(), *((school,) for school in schools), *((one.school_id, one.pk) for one in facts.programs)]


def stands(told: Told, facts: Facts) -> dict[object, object]:
    """All that a file says of its last day."""
    of_places = {
        (place, name): getattr(told, name)(place)
        for place in places(facts)
        for name in ("open_dyads", "members", "mentors", "teachers")
    }
    return of_places | {grade: told.of_grade(grade) for grade in range(1, 6)} | {"students": told.students()}


def test_files_of_one_last_day_mask_alike_what_stands() -> None:
    for seed in range(BOARDS):
        facts = board(random.Random(seed))
        year, *others = (stands(told, facts) for told in files(facts))
        assert others == [year] * len(others), seed


def test_no_small_number_of_relations_is_found_by_all_of_them_together() -> None:
    hidden = 0
    for seed in range(SOLVED):
        facts = board(random.Random(seed))
        told = list(files(facts))
        cells = [(one.pk, state) for one in facts.programs for state in STATES]
        here = {one.pk: (one.school_id, one.pk) for one in facts.programs}
        counts = np.array([sum(is_in(stay, cell) for stay in facts.present) for cell in cells])
        rows, known, secrets = [], [], []
        for place in places(facts):
            asked = [(OPEN, one.open_dyads(place)) for one in told]
            asked += [(OVER, told[0].ended(place)), (BEGUN, told[0].begun(place))]
            for states, number in asked:
                row = np.array([here[pk][: len(place)] == place and state in states for pk, state in cells], float)
                if isinstance(number, int):
                    assert number == row @ counts
                    rows.append(row)
                    known.append(number)
                elif 0 < row @ counts < FEWEST:
                    secrets.append(row)
        hidden += len(secrets)
        for row in secrets:
            assert widest(row, np.array(rows), known, counts) >= WIDE, seed
    assert hidden > BOARDS


def test_files_of_one_last_day_mask_alike_where_training_stands() -> None:
    hidden = 0
    for seed in range(SOLVED // 3):
        chance = random.Random(seed)
        mentors = [
            SimpleNamespace(
                mentor=SimpleNamespace(
                    person=SimpleNamespace(school_id=school, school=f"É{school}"),
                    kind=chance.choice(("teacher", "older_peer")),
                ),
                preparation=chance.choice(list(Preparation)),
            )
            for school in (1, 2, 3)
            for _mentor in range(chance.choice((4, 9, 25)))
        ]
        of_files = []
        for often in (0.8, 0.3, 0):
            found: Any = [SimpleNamespace(**vars(one), ongoing=chance.random() < often) for one in mentors]
            cube = training(found)
            places: list[dict[str, Any]] = [{}, *({"school": school} for school in (1, 2, 3)), {"kind": "teacher"}]
            of_places = [cube.number(**place) for place in places]
            of_places += [cube.number(**place, preparation=str(one)) for place in places for one in Preparation]
            of_files.append(of_places)
        assert of_files == [of_files[0]] * len(of_files), seed
        hidden += of_files[0].count(None)
    assert hidden > SOLVED


def is_in(stay: Stay, cell: tuple[int, tuple[str, str]]) -> bool:
    began = "begun" if stay.starts_on >= YEAR else "before"
    state = began, "open" if stay.is_open(LAST) else "over"
    return stay.form == Form.DYAD and (stay.program, state) == cell


def widest(row: np.ndarray, rows: np.ndarray, known: list[int], counts: np.ndarray) -> float:
    """How far apart the least and the most of a sum are, for who knows the told ones: one programme for each."""
    bounds = Bounds(np.where(counts, 1, 0), np.where(counts, 200, 0))
    told = LinearConstraint(rows, known, known) if len(rows) else []
    least, most = (
        milp(sign * row, constraints=told, bounds=bounds, integrality=np.ones(len(row))).fun for sign in (1, -1)
    )
    return float(-most - least)
