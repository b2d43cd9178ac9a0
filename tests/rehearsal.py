"""The cast made once per process, then put back row by row: to make it anew for each test was half of the run."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from accompagnement.demo.cast import Cast

OURS = ("people", "programs", "mentoring", "guidelines", "account")


@dataclass
class Rehearsal:
    """Rows by table, as the database gives and takes them; the people of the cast, as they stand before any test."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    cast: bytes = b""

    def stage(self, make: Callable[[date], Cast], on: date) -> Cast:
        """The cast in an empty database: made the first time, put back afterwards. The day is always the same."""
        if not self.cast:
            cast = make(on)
            self.rows = {table: rows for table in _tables() if (rows := _read(table))}
            self.cast = pickle.dumps(cast)
            return cast
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in self.rows.items():
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608 (our own tables)
        cast: Cast = pickle.loads(self.cast)  # noqa: S301 (pickled above)
        return cast


def _tables() -> list[str]:
    return [
        model._meta.db_table for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]


def _read(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (our own tables)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows if connection.vendor == "postgresql" else [tuple(_text(value) for value in row) for row in rows]


def _text(value: object) -> object:
    """SQLite's driver reads times and numbers that it can't write."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value) if isinstance(value, Decimal) else value
