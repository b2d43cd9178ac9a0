"""The furnished cast with ids that tell their model: what holds a number, page or form, says which row it names."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import AutoField, Model

from accompagnement.demo.cast import Cast, make_cast
from tests.furnished import furnish
from tests.rehearsal import OURS, Rehearsal

FIRST, WIDTH = 1_000_000_000, 1_000_000
"""Ten digits, and no more than the narrowest key takes."""
NUMBER = re.compile(r"(?<![\w.-])([a-z]?)([12]\d{9})(?![\w-])")


def numbered_models() -> list[type[Model]]:
    """Ours, their histories too, each at the place that its ids begin with."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]
    return [model for model in ours if isinstance(model._meta.pk, AutoField)]


def model_of(number: int) -> type[Model] | None:
    """Whose ids these are; None when they are nobody's."""
    place, models = (number - FIRST) // WIDTH, numbered_models()
    return models[place] if 0 <= place < len(models) else None


def rows_named(text: str) -> Iterator[tuple[type[Model], int]]:
    """The rows whose ids a text holds."""
    for _letter, digits in NUMBER.findall(text):
        if model := model_of(int(digits)):
            yield model, int(digits)


def begin_at(first: int, width: int) -> None:
    """Let the next row of each model have an id of its own range."""
    with connection.cursor() as cursor:
        for place, model in enumerate(numbered_models()):
            table, start = model._meta.db_table, first + place * width
            if connection.vendor == "postgresql":
                column = model._meta.pk.column  # type: ignore[union-attr]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, start])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])


def furnished(on: date) -> Cast:
    cast = make_cast(on)
    furnish(cast)
    return cast


@pytest.fixture(scope="session")
def numbered_rehearsal() -> Rehearsal:
    return Rehearsal()


@pytest.fixture
def numbered_cast(db: None, today: date, cheap_passwords: None, numbered_rehearsal: Rehearsal) -> Iterator[Cast]:
    begin_at(FIRST, WIDTH)
    yield numbered_rehearsal.stage(furnished, today)
    if connection.vendor == "postgresql":  # its counters are no part of what a test takes back
        begin_at(1, 0)
