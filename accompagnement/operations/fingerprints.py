"""How many rows each table holds, and a sum of them that does not depend on their order: two databases, compared."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

Prints = dict[str, tuple[int, str]]
"""Of each table, its rows and their sum."""

# Sixty bits of each row's MD5, added up: equal rows twice count twice, and no sort is paid for.
OF_TABLE = """SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text FROM {} t"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SAME_TEXT = """
    SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres';
    SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL row_security = off
"""
"""What a row looks like as text, whatever the settings of the session; a row that is hidden is an error."""


def of_postgresql() -> Prints:
    """In the transaction under way, and as of its snapshot."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(SAME_TEXT)
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        found: Prints = {}
        for table in tables:
            cursor.execute(OF_TABLE.format(quote(table)))
            found[table] = cursor.fetchone()
        return found


def of_sqlite(file: sqlite3.Connection) -> Prints:
    named = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    tables = [name for (name,) in file.execute(named)]
    return {table: _added_up(file.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")) for table in tables}  # noqa: S608


def _added_up(rows: Iterator[tuple[Any, ...]]) -> tuple[int, str]:
    count, total = 0, 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.md5(repr(row).encode(), usedforsecurity=False).digest()[:8])
    return count, str(total)


def differences(saved: Mapping[str, Sequence[Any]], found: Prints) -> list[str]:
    """A sentence for each table that is not as it was saved."""
    said = []
    for table in sorted({*saved, *found}):
        (before, its_sum), (now, sum_now) = saved.get(table, (0, "none")), found.get(table, (0, "none"))
        if (before, its_sum) != (now, sum_now):
            said.append(f"{table}: {before} rows saved, {now} found{', of another content' if before == now else ''}")
    return said
