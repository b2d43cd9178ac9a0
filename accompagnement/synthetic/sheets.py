"""Where rows wait for their school to be complete, and how they reach the database: by COPY on PostgreSQL."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from io import TextIOBase
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from people.models.names import NameKey

# What a row is made of; dates, times and instants are ISO text, which both databases read.
Value = int | str | None
BATCH = 2_000


class Sheet:
    """The rows of one table, numbered on from those already there.

    ``names`` are the fields that a row gives, in order, without its number; every other one keeps the model's default.
    """

    def __init__(self, model: type[models.Model], names: str, *, seed: int = 0) -> None:
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields}
        given = [fields.pop(name) for name in names.split()]
        number = fields.pop("id")
        self.seed = seed
        # A meeting's entry has a UUID: it follows from the row's place, in order, so that its index grows at one end.
        entry = [field for field in (fields.pop("entry_uuid", None),) if field]
        self.has_entry = bool(entry)
        self.keys = [
            (field, [names.split().index(name) for name in field.of])
            for field in fields.values()
            if isinstance(field, NameKey)
        ]
        derived = [fields.pop(field.attname) for field, _places in self.keys]
        self.constant = tuple(plain(field.get_default()) for field in fields.values())
        self.columns = [field.column for field in [number, *entry, *given, *derived, *fields.values()]]
        self.before: int = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        self.made = 0
        self.waiting: list[tuple[Value, ...]] = []

    def add(self, *row: Value) -> int:
        """Take a row in; give its number."""
        self.made += 1
        pk = self.before + self.made
        for field, places in self.keys:
            row += (field.derive(dict(zip(field.of, (row[place] for place in places), strict=True))),)
        if self.has_entry:
            self.waiting.append((pk, f"{self.seed:08x}00004000a000{self.made:012x}", *row))
        else:
            self.waiting.append((pk, *row))
        return pk

    def flush(self) -> None:
        """Write what waits."""
        rows, self.waiting = self.waiting, []
        if not rows:
            return
        quote = connection.ops.quote_name
        table, names = quote(self.model._meta.db_table), ", ".join(quote(column) for column in self.columns if column)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                copy: Any = cursor.cursor
                # What isn't there is written as Python writes it: no text of ours says so otherwise.
                copy.copy_expert(f"COPY {table} ({names}) FROM STDIN (NULL 'None')", Lines(rows, self.constant))
            else:
                marks = ", ".join(["%s"] * len(self.columns))
                insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 (names of our own models)
                for first in range(0, len(rows), BATCH):
                    cursor.executemany(insert, [row + self.constant for row in rows[first : first + BATCH]])


class Lines(TextIOBase):
    """Rows as COPY reads them, encoded when asked for. None of our texts holds a tab, a break or a backslash."""

    def __init__(self, rows: list[tuple[Value, ...]], constant: tuple[Value, ...]) -> None:
        self.line = "\t".join(["%s"] * len(rows[0]) + [str(value).replace("%", "%%") for value in constant]) + "\n"
        self.batches = (rows[first : first + BATCH] for first in range(0, len(rows), BATCH))

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> str:
        # A batch may be longer than asked for: COPY takes what it is given, and stops at nothing.
        return "".join([self.line % row for row in next(self.batches, ())])


def plain(value: object) -> Value:
    """A model's default as both databases read it."""
    if value is None or isinstance(value, int) or (isinstance(value, str) and not isinstance(value, models.Choices)):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str) else json.dumps(value)


def number_on(sheets: Iterable[Sheet]) -> None:
    """Let the database number its next rows after those written here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [sheet.model for sheet in sheets]):
            cursor.execute(statement)
