"""Statements that Django wrote once: writing one takes it several times longer than the database takes to answer it."""

import copy
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from people.models import User

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")

MOST = 300
"""Statements kept by a process, the last used: some for each person who reads pages on a day.

Each holds some 0.2 MB of what Django wrote it from. Its threads share them: the next page of a person is any thread's.
"""

FAR = -(10**15)
"""Below every id: numbers from here on stand, in a statement that is written once, for the ids of the day."""


_statements: "OrderedDict[Hashable, _Written]" = OrderedDict()
_turn = threading.Lock()


def kept(name: str, user: "User", write: Callable[[], "QuerySet[M, Row]"], *also: Hashable) -> list[Row]:
    """The rows of ``write()``, asked anew every time; the statement is written once for a person's rights on a day.

    ``name`` is the statement's own, ``also`` all else that it depends on: another day, the ids that it holds.
    """
    return _asked((name, *_reader(user), *also), write, ())


def kept_for(
    ids: Sequence[int],
    name: str,
    write: Callable[[Sequence[int]], "QuerySet[M, Row]"],
    user: "User | None" = None,
    *also: Hashable,
) -> list[Row]:
    """The rows of ``write(ids)``; the statement is written once for so many ids, and for the person's rights if any.

    One or two ids may be named each in its place; more of them in ``__in`` alone, for the last may be said again.
    """
    if not ids:
        return []
    most = 1 << (len(ids) - 1).bit_length()
    places = range(FAR, FAR + most)
    reader = _reader(user) if user else ()
    return _asked((name, most, *reader, *also), lambda: write(places), [*ids, *[ids[-1]] * (most - len(ids))])


def _reader(user: "User") -> tuple[Hashable, ...]:
    """All of a person that a statement may be written from: through somebody else's eyes, less is read."""
    return user.access, user.board_id, user.local_date(), user.is_shown


def _asked(key: Hashable, write: Callable[[], "QuerySet[M, Row]"], ids: Sequence[int]) -> list[Row]:
    with _turn:
        written = _statements.get(key)
        if written:
            _statements.move_to_end(key)
    if written is None:
        written = _Written(write())
        with _turn:
            _statements[key] = written
            if len(_statements) > MOST:
                _statements.popitem(last=False)
    return written.ask(ids)


class _Written:
    """A statement, and what makes objects of its rows. Nothing of it changes: any thread may ask by it."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        self.rows = rows
        self.compiler: Any = rows.query.get_compiler(rows.db)
        try:
            self.sql, self.said = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.said = "", ()
        # Its thread may end: whoever asks has a connection of their own.
        self.compiler.connection = None

    def ask(self, ids: Sequence[int]) -> list[Any]:
        """Its rows of now, over the connection of this thread, with these ids in their places."""
        rows: Any = self.rows._chain()  # type: ignore[attr-defined]
        compiler = copy.copy(self.compiler)
        compiler.query, compiler.connection = rows.query, connections[rows.db]
        compiler.as_sql = lambda *_args, **_options: (self.sql, self._filled(ids))
        rows.query.get_compiler = lambda *_args, **_options: compiler
        return list(rows._iterable_class(rows))

    def _filled(self, ids: Sequence[int]) -> tuple[Any, ...]:
        if not ids:
            return tuple(self.said)
        last = FAR + len(self.said)
        return tuple(ids[it - FAR] if type(it) is int and it <= last else it for it in self.said)
