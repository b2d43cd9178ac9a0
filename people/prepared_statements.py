"""Plans that PostgreSQL keeps: for one dyad, planning a measure takes it several times longer than running it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

MOST = 60
"""Statements kept per connection: more than our own measures make in the numbers of a few boards."""
TYPES: dict[type, str] = {int: "bigint", str: "text", bool: "boolean", date: "date"}

_kept: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""By connection of the driver: the names of its prepared statements, by their text."""


def kept(sql: str, parameters: Mapping[str, Any]) -> str:
    """The statement that runs this one, with the same ``%(name)s`` parameters, from a plan kept by the connection.

    It is this one itself where nothing can be kept: on SQLite; behind a pool that lends another connection for each
    transaction, which Django is told of by ``DISABLE_SERVER_SIDE_CURSORS``; with a parameter without a type.
    """
    pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    if connection.vendor != "postgresql" or pooled or not all(type(value) in TYPES for value in parameters.values()):
        return sql
    connection.ensure_connection()
    statements = _kept.setdefault(connection.connection, {})
    if sql not in statements:
        if len(statements) >= MOST:
            return sql
        name = f"kept_{len(statements)}"
        _prepare(name, sql, parameters)
        statements[sql] = f"EXECUTE {name} ({', '.join(f'%({parameter})s' for parameter in parameters)})"
    return statements[sql]


def _prepare(name: str, sql: str, parameters: Mapping[str, Any]) -> None:
    numbered = sql % {parameter: f"${number}" for number, parameter in enumerate(parameters, 1)}
    types = ", ".join(TYPES[type(value)] for value in parameters.values())
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE {name} ({types}) AS {numbered}")
