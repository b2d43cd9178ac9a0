"""Statements that Django wrote once: writing one takes it several times longer than the database takes to answer it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet

from people.models import User

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")

MOST = 300
"""Statements kept by a thread, the last used: some for each person who reads pages on a day."""


class _Statements(threading.local):
    """A thread's own, since each has its own connection."""

    def __init__(self) -> None:
        self.rows: OrderedDict[Hashable, QuerySet[Any, Any]] = OrderedDict()


_statements = _Statements()


def kept(name: str, user: User, write: Callable[[], "QuerySet[M, Row]"], *also: Hashable) -> list[Row]:
    """The rows of ``write()``, asked anew every time; the statement is written once for a person's rights on a day.

    ``name`` is the statement's own, ``also`` all else that it depends on: another day, the ids that it holds.
    """
    key = (name, user.access, user.board_id, user.local_date(), *also)
    statements = _statements.rows
    if key not in statements:
        statements[key] = _written(write())
        if len(statements) > MOST:
            statements.popitem(last=False)
    statements.move_to_end(key)
    rows: Any = statements[key]
    found: list[Row] = list(rows._iterable_class(rows))
    return found


def _written(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """The same rows, whose query gives its compiler with the statement in it."""
    query: Any = rows.query
    compiler = query.get_compiler(rows.db)
    try:
        statement = compiler.as_sql()
    except EmptyResultSet:
        statement = "", ()
    compiler.as_sql = lambda *_args, **_options: statement
    query.get_compiler = lambda *_args, **_options: compiler
    return rows
