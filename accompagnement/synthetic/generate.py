"""Synthetic data of a size: from whole boards down to who was there."""

from collections.abc import Callable
from datetime import date

from django.db import connection, transaction

from accompagnement.synthetic.calendar import Years
from accompagnement.synthetic.dyads import make_dyads
from accompagnement.synthetic.groups import make_groups
from accompagnement.synthetic.indexes import indexed_afterwards
from accompagnement.synthetic.school import NO_PASSWORD, Board, make_school
from accompagnement.synthetic.shape import Size, school_shapes
from accompagnement.synthetic.tables import Silence, Tables
from people.access import Role
from people.models import SchoolBoard

KEY = "synthetic-"


def present() -> list[str]:
    """The keys of the synthetic boards that are already there."""
    return sorted(SchoolBoard.objects.filter(key__startswith=KEY).values_list("key", flat=True))


@transaction.atomic
def generate(
    size: Size,
    *,
    on: date,
    years: int = 5,
    seed: int = 1,
    said: Callable[[str], object] | None = None,
    silenced: Callable[[Silence], object] | None = None,
) -> dict[str, int]:
    """Write the boards of a size, all or nothing, a school at a time; give the number of rows per table.

    The same size, years, seed and day give the same rows. ``said`` hears the key of each board once it is written,
    ``silenced`` which dyads fell silent: what the guidelines are to find.
    """
    if connection.vendor == "postgresql":
        # Checked as each COPY ends rather than all at the commit, which would keep one event in memory for each row.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    tables = Tables(seed)
    shapes = school_shapes(size, seed)
    with indexed_afterwards(tables.numerous() if size.index_last and connection.vendor == "postgresql" else []):
        for number in range(size.boards):
            board = make_board(tables, number, Years(on, years, 37 + number % 2))
            for shape in shapes:
                if shape.board == number:
                    school = make_school(board, shape, tables, seed)
                    make_dyads(school)
                    make_groups(school, size.attendance_weeks)
                    tables.flush()
            if said:
                said(board.key)
    tables.close()
    if silenced:
        for silence in tables.silences:
            silenced(silence)
    return {sheet.model._meta.db_table: sheet.made for sheet in tables}


def make_board(tables: Tables, number: int, years: Years) -> Board:
    """Write a board, its years and terms, and those who answer for it."""
    key = f"{KEY}{number + 1:02}"
    pk = tables.boards.add(key, f"Centre de services synthétique {number + 1}", "css")
    year_ids = []
    for year in range(years.count):
        start = years.starts_on(year)
        label = f"{start.year}-{start.year + 1}"
        year_ids.append(tables.years.add(pk, f"Y{year + 1}", label, start.isoformat(), years.ends_on(year).isoformat()))
        for name, starts_on, ends_on in years.terms(year):
            tables.terms.add(year_ids[-1], name, starts_on.isoformat(), ends_on.isoformat())
    for word, role in (("admin", Role.BOARD_ADMIN), ("privacy", Role.PRIVACY_OFFICER)):
        email = f"{word}@{key}.example"
        person = tables.people.add(pk, None, word, "Camille", f"Fortin {number + 1}", email, NO_PASSWORD)
        tables.memberships.add(person, str(role), pk, None, None, years.starts_on(0).isoformat())
    return Board(pk, key, years, year_ids)
