"""Each statement behind the wall carries what raises it: nothing outlives its transaction.

The driver sends a text of several statements in one message, which PostgreSQL runs as one transaction: no further
exchange, and nothing is left on a connection that a pool lends to somebody else next.
"""

import re
from collections.abc import Iterable
from typing import Any
from weakref import WeakSet

from psycopg2 import NotSupportedError
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.sql import Composable

from people.wall import state

SETTING = "accompagnement.boards"
LOWERED = "SET LOCAL ROLE NONE; "
# An aborted transaction refuses every statement but these: nothing may stand before them.
OF_TRANSACTIONS = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK)\b", re.IGNORECASE)

_raised: "WeakSet[Connection]" = WeakSet()
"""Connections whose transaction may still be behind a wall."""


class WalledCursor(Cursor):  # type: ignore[misc]
    """The driver's cursor, for every statement of the application."""

    def execute(self, query: Any, vars: Any = None) -> None:
        text = _text(query, self)
        before = self._before(text)
        if before and self.name:
            self._declare(text, vars)
        else:
            super().execute(before + text if before else query, vars)

    def executemany(self, query: Any, vars_list: Iterable[Any]) -> None:
        text = _text(query, self)
        before = self._before(text)
        super().executemany(before + text if before else query, vars_list)

    def copy_expert(self, *arguments: Any, **options: Any) -> None:
        self._refuse_behind()
        super().copy_expert(*arguments, **options)

    def copy_from(self, *arguments: Any, **options: Any) -> None:
        self._refuse_behind()
        super().copy_from(*arguments, **options)

    def copy_to(self, *arguments: Any, **options: Any) -> None:
        self._refuse_behind()
        super().copy_to(*arguments, **options)

    def callproc(self, *arguments: Any) -> None:
        self._refuse_behind()
        super().callproc(*arguments)

    @property
    def query(self) -> bytes | None:
        """What was asked, without what raises the wall: what logs and counts of queries show."""
        sent: bytes | None = Cursor.query.__get__(self)
        return sent if sent is None else PREFIX.sub(b"", sent, count=1)

    def _before(self, text: str) -> str:
        """What stands before a statement; empty where nothing needs to."""
        seen, role = state.boards(), state.role()
        if seen is None or not role:
            lowered = not self.connection.autocommit and self.connection in _raised
            return LOWERED if lowered and not OF_TRANSACTIONS.match(text) else ""
        if OF_TRANSACTIONS.match(text):
            return ""
        if not self.connection.autocommit:
            _raised.add(self.connection)
        return f"SET LOCAL ROLE \"{role}\"; SET LOCAL {SETTING} = '{','.join(map(str, seen))}'; "

    def _declare(self, text: str, values: Any) -> None:
        """Open the server's cursor that this one then reads; the driver alone would write DECLARE before the wall."""
        hold = "WITH HOLD " if self.withhold else ""
        with self.connection.cursor() as plain:
            plain.execute(f'DECLARE "{self.name}" NO SCROLL CURSOR {hold}FOR {text}', values)

    def _refuse_behind(self) -> None:
        if state.boards() is not None and state.role():
            raise NotSupportedError("Nothing is copied nor called behind the wall.")


PREFIX = re.compile(rb'^SET LOCAL ROLE (NONE|"[^"]+"); (SET LOCAL accompagnement\.boards = \'[0-9,]*\'; )?')


def _text(query: Any, cursor: Cursor) -> str:
    if isinstance(query, Composable):
        return str(query.as_string(cursor))
    return query.decode() if isinstance(query, bytes) else str(query)
