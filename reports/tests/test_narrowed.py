"""What a file masks, no file narrowed to a part of it gives back: the same rows, fewer of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accompagnement.demo.cast import Cast
from mentoring.models import Agreement, Dyad
from people.models import Student
from programs.fixed_periods import Named, Period
from programs.models import Program
from reports.asking import Ask
from reports.audiences import BOARD
from reports.document import Document
from reports.in_force import LEFT
from reports.registry import REPORTS, Edition
from tests.cast import ON

MASKED = [
    pytest.param(edition, id=f"{report.name}-{edition.audience.name}")
    for report in REPORTS.values()
    for edition in report.editions
    if edition.audience is BOARD and edition.narrows
]
PERIOD = Period(ON.replace(day=1), ON + timedelta(days=1))
Row = tuple[tuple[str, object], ...]


@pytest.fixture
def programs(cast: Cast) -> list[Program]:
    """Of three programmes of two schools: few have no agreement in the first, many in the second."""
    found = []
    for place, (count, agreed) in enumerate([(26, 23), (65, 50), (30, 22)]):
        school = cast.second_school if place == 2 else cast.school
        program = Program.objects.create(board=cast.board, school=school, name=f"M{place}", domain="mentoring")
        students = Student.objects.bulk_create(
            Student(board=cast.board, school=school, key=f"{place} {n}", given_name=f"É{n}", family_name="Z")
            for n in range(count)
        )
        common = {"board": cast.board, "program": program, "mentor": cast.ines_marc.mentor}
        starts_on = ON - timedelta(days=80)
        dyads = Dyad.objects.bulk_create(Dyad(student=one, starts_on=starts_on, **common) for one in students)
        Agreement.objects.bulk_create(Agreement(dyad=one, signed_on=starts_on) for one in dyads[:agreed])
        found.append(program)
    return found


def made(cast: Cast, edition: Edition, **narrowed: str) -> Document:
    named = Named("novembre", PERIOD)
    return edition.build(
        Ask(cast.robert, cast.board, edition.audience, named, on=ON, read_at=timezone.now(), **narrowed)
    )


def rows(document: Document) -> list[tuple[str, Row]]:
    """With the name of their table, each cell with its heading."""
    return [
        (sheet.name, tuple(zip(map(str, sheet.table.headings), cells, strict=True)))
        for sheet in document.sheets
        for cells in sheet.table.cells
    ]


@pytest.mark.parametrize("edition", MASKED)
def test_a_narrowed_file_has_rows_of_the_whole_one(cast: Cast, programs: list[Program], edition: Edition) -> None:
    whole = rows(made(cast, edition))
    cells = {cell for _name, row in whole for cell in row}
    for narrowed in (*({"program": str(one.pk)} for one in programs), {"school": str(cast.school.pk)}):
        for name, row in rows(made(cast, edition, **narrowed)):
            if name == "ensemble":
                (_, measure), (_, number), (_, share), *_about = row
                assert (measure, share if number is None else number) in cells
            elif name != LEFT.name:  # it counts programmes
                assert (name, row) in whole
