"""« Bilan chiffré »: the figures of the pages at equal masking, and no masked cell given back by the others."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from scipy.optimize import linprog

from accompagnement.demo.cast import Cast
from guidelines.attention import attention
from mentoring.models import Dyad
from people.models import Student, User
from people.models.students import FormerGrade
from programs.fixed_periods import Named, Period
from programs.models import Program, SchoolYear
from reports.asking import Ask
from reports.audiences import BOARD, TOTALS, Audience
from reports.catalogue.meetings import totals
from reports.document import Document
from reports.registry import REPORTS
from reports.tables import Kind, Unsaid

YEAR = Period(date(2025, 8, 27), date(2026, 6, 23))
SMALL = range(1, 5)


def made(person: User, audience: Audience, period: Period, *, program: str = "", school: str = "") -> Document:
    edition = REPORTS["summary"].edition_for(audience)
    assert edition is not None
    assert person.board is not None
    named, day = Named("une période", period), person.local_date()
    ask = Ask(person, person.board, audience, named, on=day, read_at=timezone.now(), program=program, school=school)
    return edition.build(ask)


def rows(document: Document, name: str) -> list[dict[str, object]]:
    sheet = next(sheet for sheet in document.sheets if sheet.name == name)
    return [dict(zip(sheet.table.headings, cells, strict=True)) for cells in sheet.table.cells]


def this_month(cast: Cast) -> Period:
    """Up to the day of the cast: what the pages tell of."""
    return Period(cast.on.replace(day=1), cast.on + timedelta(days=1))


@pytest.fixture
def year(cast: Cast) -> Period:
    """A year of relations in five programmes of two schools: few of some, few ended in others, some there before."""
    SchoolYear.objects.filter(board=cast.board, starts_on__lt=cast.on - timedelta(days=300)).delete()
    SchoolYear.objects.create(board=cast.board, label="2025-2026", starts_on=YEAR.since, ends_on=YEAR.until)
    for place, (count, ended, before) in enumerate([(30, 3, 0), (12, 2, 0), (9, 6, 4), (4, 0, 0), (25, 9, 6)]):
        school = cast.school if place < 3 else cast.second_school
        program = Program.objects.create(board=cast.board, school=school, name=f"M{place}", domain="mentoring")
        for n in range(count):
            student = Student.objects.create(
                board=cast.board, school=school, given_name=f"É{place}{n}", family_name="Z", grade=1 + (n + place) % 3
            )
            Dyad.objects.create(
                board=cast.board,
                program=program,
                mentor=cast.ines_marc.mentor,
                student=student,
                starts_on=YEAR.since + timedelta(days=-40 if n < before else 20),
                ends_on=YEAR.since + timedelta(days=100 + n) if n >= count - ended else None,
                end_reason="Fin" if n >= count - ended else "",
            )
    return YEAR


def test_its_numbers_are_those_of_the_pages_or_masked(cast: Cast) -> None:
    seen = attention(cast.alain, on=cast.on)
    whole = {str(row["Mesure"]): row["Nombre"] for row in rows(made(cast.alain, TOTALS, this_month(cast)), "ensemble")}
    assert whole["Dyades en cours"] in (seen.dyads.of, Unsaid.MASKED)
    assert whole["Groupes"] == seen.groups.of
    document = made(cast.robert, BOARD, this_month(cast))
    counted = {(one.school, one.program): one for one in totals(cast.robert, this_month(cast))}
    for row in rows(document, "programmes"):
        meetings = counted.get((str(row["École"]), str(row["Programme"])))
        told = tuple(row[name] for name in ("Rencontres tenues", "Rencontres non tenues", "Rencontres à consigner"))
        assert told == ((meetings.held, meetings.not_held, meetings.planned) if meetings else (0, 0, 0))
        assert row["Dyades commencées"] is Unsaid.UNKNOWN


def test_nobody_is_few_and_no_place_is_ranked(cast: Cast, year: Period) -> None:
    document = made(cast.robert, BOARD, year)
    people = ("Dyades", "Membres", "Élèves", "Mentores", "Personnel")
    for sheet in document.sheets[:-2]:
        for row in rows(document, sheet.name):
            told = {name: cell for name, cell in row.items() if name.startswith(people)}
            if sheet.name == "ensemble" and str(row["Mesure"]).startswith(people):
                told = {"Nombre": row["Nombre"]}
            assert not [cell for cell in told.values() if isinstance(cell, int) and cell in SMALL], (sheet.name, row)
    schools = [str(row["École"]) for row in rows(document, "ecoles")][1:]
    assert schools == sorted(schools)
    assert document.hidden == sum(
        cell is Unsaid.MASKED
        for sheet in document.sheets
        for row in rows(document, sheet.name)
        for cell in row.values()
    )


def test_no_masked_number_is_given_back_by_all_the_tables(cast: Cast, year: Period) -> None:
    """Of every relation masked somewhere, the numbers that fit all that the file tells are several, and not few alone.

    Whoever reads knows that what is in progress is what there was, and what began, less what ended; and where none of
    these are.
    """
    document = made(cast.robert, BOARD, year)
    programs = [(str(row["École"]), str(row["Programme"])) for row in rows(document, "programmes")]
    there = {
        (
            str(dyad.program.school),
            dyad.program.name,
            dyad.starts_on >= year.since,
            dyad.ends_on is None or dyad.ends_on > year.last_day,
        )
        for dyad in Dyad.objects.filter(starts_on__lt=year.until).select_related("program__school")
        if dyad.ends_on is None or dyad.ends_on > year.since
    }
    states = list(product(("before", "begun"), ("open", "over")))
    atoms = [
        (program, state)
        for program, state in product(programs, states)
        if (*program, state[0] == "begun", state[1] == "open") in there
    ]
    what: dict[str, Callable[[tuple[str, str]], bool]] = {
        "Dyades en cours": lambda state: state[1] == "open",
        "Dyades terminées": lambda state: state[1] == "over",
        "Dyades commencées": lambda state: state[0] == "begun",
    }
    known: list[tuple[list[float], float]] = []
    masked: list[list[float]] = []
    for sheet in ("ecoles", "programmes"):
        for row in rows(document, sheet):
            for heading, counts in what.items():
                place = (row["École"], row.get("Programme"))
                line = [
                    float(counts(state) and (place[0] == "Ensemble" or place[0] == at[0]) and place[1] in (None, at[1]))
                    for at, state in atoms
                ]
                cell = row[heading]
                known += [(line, float(cell))] if isinstance(cell, int) else []
                masked += [line] if cell is Unsaid.MASKED else []
    assert masked
    equal, told = np.array([line for line, _n in known]), np.array([n for _line, n in known])
    for line in masked:
        least, most = (
            linprog(sign * np.array(line), A_eq=equal, b_eq=told, bounds=(0, None)).fun * sign for sign in (1, -1)
        )
        assert most - least >= 4, (least, most)


def test_what_is_masked_does_not_depend_on_what_the_file_is_narrowed_to(cast: Cast, year: Period) -> None:
    whole = {
        (str(row["École"]), str(row["Programme"])): row for row in rows(made(cast.robert, BOARD, year), "programmes")
    }
    for program in Program.objects.filter(name__startswith="M", board=cast.board):
        document = made(cast.robert, BOARD, year, program=str(program.pk))
        assert rows(document, "programmes") == [whole[str(program.school), program.name]]
        assert [sheet.name for sheet in document.sheets] == [
            "ensemble", "programmes", "nombres-en-vigueur", "balises-non-suivies",
        ]  # fmt: skip
    of_school = made(cast.robert, BOARD, year, school=str(cast.school.pk))
    assert {str(row["École"]) for row in rows(of_school, "ecoles")} == {str(cast.school)}
    nowhere = made(cast.robert, BOARD, year, school=str(cast.other_school.pk))
    assert not rows(nowhere, "programmes")
    assert {row["Nombre"] for row in rows(nowhere, "ensemble")} <= {0, None, Unsaid.UNKNOWN}


def test_a_level_is_that_of_the_period(cast: Cast, year: Period) -> None:
    levels = {str(row["Niveau"]): row for row in rows(made(cast.robert, BOARD, year), "niveaux")}
    second = levels["2e du secondaire"]["Élèves accompagnés le dernier jour"]
    for student in Student.objects.filter(family_name="Z", grade=2):
        FormerGrade.objects.create(student=student, grade=2, until=year.until + timedelta(days=70))
        Student.objects.filter(pk=student.pk).update(grade=3)
    levels = {str(row["Niveau"]): row for row in rows(made(cast.robert, BOARD, year), "niveaux")}
    assert levels["2e du secondaire"]["Élèves accompagnés le dernier jour"] == second
    assert isinstance(second, int)


def test_it_takes_the_same_queries_whatever_the_programmes(
    cast: Cast, year: Period, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for more in range(2):
        with django_assert_max_num_queries(20):
            made(cast.robert, BOARD, year)
        for n in range(15):
            Program.objects.create(board=cast.board, school=cast.school, name=f"P{more}{n}", domain="mentoring")


def test_a_share_is_written_alike_in_every_table(cast: Cast, year: Period) -> None:
    document = made(cast.robert, BOARD, year)
    whole = {str(row["Mesure"]): row for row in rows(document, "ensemble")}
    first = rows(document, "ecoles")[0]
    shares = [name for name in first if name.startswith("Part consignée")]
    assert shares
    for name in shares:
        assert (whole[name]["Nombre"], whole[name]["Part (%)"]) == (None, first[name])
    kinds = {str(column.heading): column.kind for sheet in document.sheets for column in sheet.columns}
    assert {kinds["Part (%)"], *(kinds[name] for name in shares)} == {Kind.PERCENT}
