"""Statements that Django wrote once: writing one takes it several times longer than the database takes to answer it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet

from people.models import User

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")

MOST = 80
"""Statements kept by a thread, the last used: some for each person who reads pages on a day.

Each holds some 0.2 MB of what Django wrote it from, and a web server has eight threads a process: with 300, two hundred
people made each process hold 840 MB (``make load``).
"""

FAR = -(10**15)
"""Below every id: numbers from here on stand, in a statement that is written once, for the ids of the day."""


class _Statements(threading.local):
    """A thread's own, since each has its own connection."""

    def __init__(self) -> None:
        self.rows: OrderedDict[Hashable, QuerySet[Any, Any]] = OrderedDict()


_statements = _Statements()


def kept(name: str, user: User, write: Callable[[], "QuerySet[M, Row]"], *also: Hashable) -> list[Row]:
    """The rows of ``write()``, asked anew every time; the statement is written once for a person's rights on a day.

    ``name`` is the statement's own, ``also`` all else that it depends on: another day, the ids that it holds.
    """
    return _asked((name, user.access, user.board_id, user.local_date(), *also), write, ())


def kept_for(
    ids: Sequence[int],
    name: str,
    write: Callable[[Sequence[int]], "QuerySet[M, Row]"],
    user: User | None = None,
    *also: Hashable,
) -> list[Row]:
    """The rows of ``write(ids)``; the statement is written once for so many ids, and for the person's rights if any.

    One or two ids may be named each in its place; more of them in ``__in`` alone, for the last may be said again.
    """
    if not ids:
        return []
    most = 1 << (len(ids) - 1).bit_length()
    places = range(FAR, FAR + most)
    rights = (user.access, user.board_id, user.local_date()) if user else ()
    return _asked((name, most, *rights, *also), lambda: write(places), [*ids, *[ids[-1]] * (most - len(ids))])


def _asked(key: Hashable, write: Callable[[], "QuerySet[M, Row]"], ids: Sequence[int]) -> list[Row]:
    statements = _statements.rows
    if key not in statements:
        statements[key] = _written(write())
        if len(statements) > MOST:
            statements.popitem(last=False)
    statements.move_to_end(key)
    rows: Any = statements[key]
    rows.query.ids = ids
    found: list[Row] = list(rows._iterable_class(rows))
    return found


def _written(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """The same rows; their query gives a compiler that has the statement, with the ids of the day in their places."""
    query: Any = rows.query
    compiler = query.get_compiler(rows.db)
    try:
        sql, written = compiler.as_sql()
    except EmptyResultSet:
        sql, written = "", ()
    last = FAR + len(written)

    def filled(*_args: object, **_options: object) -> tuple[str, tuple[Any, ...]]:
        if not query.ids:
            return sql, written
        return sql, tuple(query.ids[it - FAR] if type(it) is int and it <= last else it for it in written)

    compiler.as_sql = filled
    query.get_compiler = lambda *_args, **_options: compiler
    return rows
