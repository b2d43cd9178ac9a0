"""The cast made once per process, then put back row by row: to make it anew for each test was half of the run."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from accompagnement.demo.cast import Cast

OURS = ("people", "programs", "mentoring", "guidelines", "account")


@dataclass
class Rehearsal:
    """Rows by table, as the database gives and takes them; the people of the cast, as they stand before any test.

    ``counters`` sets PostgreSQL's next ids past those rows: a test that loads rows by COPY sets them elsewhere.
    """

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    counters: str = ""
    cast: bytes = b""

    def stage(self, make: Callable[[date], Cast], on: date) -> Cast:
        """The cast in an empty database: made the first time, put back afterwards. The day is always the same."""
        if not self.cast:
            cast = make(on)
            self.rows = {model._meta.db_table: rows for model in _models() if (rows := _read(model._meta.db_table))}
            kept = [model for model in _models() if model._meta.db_table in self.rows]
            self.counters = " ".join(connection.ops.sequence_reset_sql(no_style(), kept))
            self.cast = pickle.dumps(cast)
            return cast
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in self.rows.items():
                _put_back(cursor, table, rows)
            if self.counters:
                cursor.execute(self.counters)
        put_back: Cast = pickle.loads(self.cast)  # noqa: S301 (pickled above)
        return put_back


def _models() -> list[type[Model]]:
    return [
        model for app in (*OURS, "exchange") for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]


def _read(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows if connection.vendor == "postgresql" else [tuple(_text(value) for value in row) for row in rows]


def _put_back(cursor: CursorWrapper, table: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    if connection.vendor == "postgresql":
        # One statement: row by row, the way to the server and back is most of a test.
        values = ", ".join(cursor.mogrify(f"({marks})", row).decode() for row in rows)
        cursor.execute(f'INSERT INTO "{table}" VALUES {values}')  # noqa: S608 (our own tables)
    else:
        cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608 (our own tables)


def _text(value: object) -> object:
    """SQLite's driver reads times and numbers that it can't write."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value) if isinstance(value, Decimal) else value
