"""Many rows of a model at once, past the ORM's cost per cell: the statement is written once for all of them.

``bulk_create`` compiles its INSERT again for every few rows, and ``bulk_update`` writes a CASE per cell. Nothing here
sends a signal or fills in a default.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Values = dict[str, Any]
PAGE = 5000
#: Fields whose Python value is what the driver takes; the others go through their field.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Primary keys that nobody else will be given."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [f'"{table}"', column, count])
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))


def store(model: type[models.Model], rows: Sequence[Values]) -> None:
    """Insert rows given by attribute, all with the same attributes."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    table, names = _quoted(model._meta.db_table), ", ".join(_quoted(str(field.column)) for field in fields)
    into, marks = f"INSERT INTO {table} ({names})", ", ".join(["%s"] * len(fields))
    _run(into + " SELECT * FROM {given}", f"{into} VALUES ({marks})", fields, rows)  # noqa: S608 (our models' names)


def overwrite(model: type[models.Model], rows: Sequence[Values]) -> None:
    """Update rows given by attribute, all with their key and the same other attributes."""
    if not rows:
        return
    key, table = model._meta.pk, _quoted(model._meta.db_table)
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0] and not field.primary_key]
    names, pk = [_quoted(str(field.column)) for field in fields], _quoted(str(key.column))
    update = f"UPDATE {table} SET"
    columns = ", ".join([*names, pk])
    _run(
        f"{update} {', '.join(f'{name} = given.{name}' for name in names)}"
        f" FROM {{given}} AS given ({columns}) WHERE {table}.{pk} = given.{pk}",
        f"{update} {', '.join(f'{name} = %s' for name in names)} WHERE {pk} = %s",
        [*fields, key],
        rows,
    )


def _run(of_arrays: str, of_one: str, fields: Sequence[models.Field], rows: Sequence[Values]) -> None:
    """On PostgreSQL a statement for thousands, from a table ``given`` of arrays; on SQLite a prepared one for each."""
    columns = [(field.attname, _preparation(field)) for field in fields]
    if connection.vendor != "postgresql":
        prepared = [[prepare(row[name]) if prepare else row[name] for name, prepare in columns] for row in rows]
        with connection.cursor() as cursor:
            cursor.executemany(of_one, prepared)
        return
    # A type without its length: a cast would cut what is too long, where the column refuses it.
    types = [str(field.db_type(connection)).split("(")[0] for field in fields]
    given = f"unnest({', '.join(f'CAST(%s AS {kind}[])' for kind in types)})"
    for first in range(0, len(rows), PAGE):
        page = rows[first : first + PAGE]
        arrays = [[prepare(row[name]) if prepare else row[name] for row in page] for name, prepare in columns]
        with connection.cursor() as cursor:
            cursor.execute(of_arrays.format(given=given), arrays)


def _quoted(name: str) -> str:
    quoted: str = connection.ops.quote_name(name)
    return quoted


def _preparation(field: models.Field) -> Callable[[Any], Any] | None:
    """How the driver wants a field's values; none where they are taken as they are. Dates repeat: each is done once."""
    if field.choices and isinstance(field, models.CharField):  # members of enumerations: the driver is slow to see it
        return lambda value: None if value is None else str(value)
    if isinstance(field, PLAIN):
        return None
    database = connections[DEFAULT_DB_ALIAS]
    if isinstance(field, models.UUIDField | models.JSONField):
        return lambda value: None if value is None else field.get_db_prep_save(value, database)
    done: dict[Any, Any] = {None: None}

    def prepare(value: object) -> object:
        if value not in done:
            done[value] = field.get_db_prep_save(value, database)
        return done[value]

    return prepare
