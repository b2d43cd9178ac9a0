"""New rows in bulk, with their first line of history, past the ORM's cost per cell.

Measured on 300,000 rows of a board: ``bulk_create`` and the history's helper spend 70 % of an import in compiling the
same INSERT again for every few rows. Here the statement is written once per model.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.utils import timezone

Values = dict[str, Any]
PAGE = 1000
#: Fields whose Python value is what the driver takes; the others go through their field.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def insert(model: type[models.Model], rows: Sequence[Values]) -> list[int]:
    """Store rows given by attribute, defaults filled in, and their history where the model keeps one; answers the keys.

    To be called inside a transaction; no signal is sent.
    """
    if not rows:
        return []
    fillers = {field.attname: filler(field) for field in own_fields(model)}
    pks = new_keys(model, len(rows))
    full = [
        {name: row[name] if name in row else fill() for name, fill in fillers.items()} | {model._meta.pk.attname: pk}
        for pk, row in zip(pks, rows, strict=True)
    ]
    store(model, full)
    if hasattr(model._meta, "simple_history_manager_attribute"):
        history = getattr(model, model._meta.simple_history_manager_attribute).model
        line = {"history_date": timezone.now(), "history_type": "+", "history_change_reason": None}
        names = {field.attname for field in own_fields(history)}
        blank = dict.fromkeys(names - full[0].keys() - line.keys())
        store(history, [{name: row[name] for name in row if name in names} | blank | line for row in full])
    return pks


def own_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields that a new row gives: all but the key that the database counts."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def filler(field: models.Field) -> Callable[[], Any]:
    """What a row that does not say gets."""
    if field.name == "password":  # nobody can sign in with it
        return lambda: make_password(None)
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        now = timezone.now()
        return lambda: now
    if callable(field.default):
        return field.get_default
    constant = field.get_default()
    return lambda: constant


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
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    columns = [(field.attname, preparation(field)) for field in fields]
    prepared = [[prepare(row[name]) if prepare else row[name] for name, prepare in columns] for row in rows]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608 (names of our own models)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values  # type: ignore[import-untyped]

            execute_values(cursor.cursor, into + "%s", prepared, page_size=PAGE)
        else:
            cursor.executemany(f"{into}({', '.join(['%s'] * len(fields))})", prepared)


def preparation(field: models.Field) -> Callable[[Any], Any] | None:
    """How the driver wants a field's values; none where they are taken as they are. Dates repeat: each is done once."""
    if isinstance(field, PLAIN):
        return None
    database = connections[DEFAULT_DB_ALIAS]
    if isinstance(field, models.UUIDField | models.JSONField):
        return lambda value: None if value is None else field.get_db_prep_save(value, database)
    done: dict[Any, Any] = {None: None}

    def prepare(value: Any) -> Any:
        if value not in done:
            done[value] = field.get_db_prep_save(value, database)
        return done[value]

    return prepare
