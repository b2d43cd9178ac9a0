"""Behind which wall the code of this thread works."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

Boards = tuple[int, ...]

NOBODY: Boards = ()
OPERATORS = 0
"""Stands for the board of who has none: an operator."""

OPEN = "open"
"""Within a request, no wall until somebody is known."""

_boards: ContextVar[Boards | str | None] = ContextVar("boards", default=None)


def boards() -> Boards | None:
    """The boards (ids) whose rows are seen: none of them before anybody is known; None without a wall."""
    seen = _boards.get()
    return seen if isinstance(seen, tuple) else None


def role() -> str:
    """The role under which PostgreSQL holds the wall; empty where the installation has none."""
    name: str = settings.DATABASE_WALL_ROLE
    return name


@contextmanager
def standing(seen: Boards | None) -> Iterator[None]:
    """Within, no row of another board is read or written; None takes the wall away."""
    before = _boards.set(seen)
    try:
        yield
    finally:
        _boards.reset(before)


@contextmanager
def of_board(board_id: int) -> Iterator[None]:
    """Within, the work is one board's."""
    with standing((board_id,)):
        yield


@contextmanager
def down(why: str) -> Iterator[None]:
    """Within (or in the function so decorated), every board's rows are seen. ``why`` is for who reads the code.

    For what recognises somebody by a secret, and for what is unique over all the boards.
    """
    if not why:
        raise ValueError("Say why the wall is taken down.")
    with standing(None):
        yield


def known(board_id: int | None) -> None:
    """From here to the end of the request, the wall is that of the person's board; outside of one, nothing changes."""
    if _boards.get() is not None:
        _boards.set((board_id or OPERATORS,))


def open_to_sign_in() -> None:
    """From here on there is no wall: a page that lets somebody in, while nobody is known."""
    _boards.set(OPEN)
