"""What a board's bundle costs to import, five years of it, against the same rows copied into the same empty tables."""

import io
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from bench.timing import Measured, Work, milliseconds
from people.models import SchoolBoard

GOALS = (60, 20, 10)
WRITTEN = ("people", "programs", "mentoring", "guidelines")
Rows = list[tuple[Any, ...]]


def measure() -> Iterator[Measured]:
    """The last benchmark: it empties the database."""
    board = SchoolBoard.objects.order_by("pk")[0]
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "board.zip"
        quietly("export_bundle", str(bundle), board=board.key)
        empty()
        cost = milliseconds(lambda: quietly("import_bundle", str(bundle)))
    copied = copy()
    empty()
    yield Measured("a board's bundle imported", cost, milliseconds(copied), GOALS)


def quietly(command: str, *words: str, **options: str) -> None:
    call_command(command, *words, **options, stdout=io.StringIO(), stderr=io.StringIO())


def empty() -> None:
    call_command("flush", verbosity=0, interactive=False)


def tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models() if model._meta.app_label in WRITTEN]


def copy() -> Work:
    """Keep every row of the tables that an import writes; give what puts them back, as fast as the database can."""
    return copy_on_postgresql() if connection.vendor == "postgresql" else copy_on_sqlite()


def copy_on_postgresql() -> Work:
    kept: dict[str, io.StringIO] = {}
    with connection.cursor() as cursor:
        for table in tables():
            kept[table] = io.StringIO()
            cursor.cursor.copy_expert(f"COPY {table} TO STDOUT", kept[table])

    def put_back() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in kept.items():
                rows.seek(0)
                cursor.cursor.copy_expert(f"COPY {table} FROM STDIN", rows)

    return put_back


def copy_on_sqlite() -> Work:
    # A connection of its own gives dates as they are stored.
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as raw:
        kept: dict[str, Rows] = {table: list(raw.execute(f'SELECT * FROM "{table}"')) for table in tables()}

    def put_back() -> None:
        with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
            for table, rows in kept.items():
                if rows:
                    places = ", ".join("?" * len(rows[0]))
                    cursor.connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)

    return put_back
