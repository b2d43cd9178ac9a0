"""Fill a large table first, and index it once it is full: much cheaper than row by row on PostgreSQL."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models

# Foreign keys and uniqueness; the primary key and the checks of one row stay.
CONSTRAINTS = """
    SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('f', 'u') ORDER BY contype DESC, conname
"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid
        AND c.conrelid = i.indrelid)
    ORDER BY 1
"""


@contextmanager
def indexed_afterwards(tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """Within the transaction, take the indexes and foreign keys off tables; put them back, checked, in the end."""
    again: list[str] = []
    with connection.cursor() as cursor:
        for model in tables:
            name = model._meta.db_table
            table = connection.ops.quote_name(name)
            cursor.execute(CONSTRAINTS, [name])
            for constraint, definition in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
                again.append(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")
            cursor.execute(INDEXES, [name])
            for index, definition in cursor.fetchall():
                cursor.execute(f"DROP INDEX {index}")
                again.append(definition)
    yield
    with connection.cursor() as cursor:
        for statement in again:
            cursor.execute(statement)
