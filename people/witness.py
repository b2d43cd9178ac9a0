"""Who watches what is written, so that it can be taken back: whatever writes past the verbs of a page says it here."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import models


class Witness(Protocol):
    def created(self, model: type[Any], pks: Iterable[int]) -> None: ...

    def changed(self, row: Any, before: dict[str, Any]) -> None:
        """What these attributes said; the row says what they say now once it is written."""

    def removed(self, row: Any) -> None:
        """All that it said, before it goes."""


_watching: ContextVar[Witness | None] = ContextVar("watching", default=None)


@contextmanager
def watched_by(witness: Witness) -> Iterator[None]:
    """Tell it of every row that is created or changed meanwhile."""
    token = _watching.set(witness)
    try:
        yield
    finally:
        _watching.reset(token)


def is_watched() -> bool:
    return _watching.get() is not None


def tell_created(model: type[models.Model], pks: Iterable[int]) -> None:
    if (witness := _watching.get()) is not None:
        witness.created(model, pks)


def tell_removed(row: models.Model) -> None:
    """To be called before the row goes."""
    if (witness := _watching.get()) is not None:
        witness.removed(row)


def tell_changed(row: models.Model, **before: Any) -> None:
    """Say what attributes of a row said until now; before it is written, or just after."""
    if (witness := _watching.get()) is not None and before:
        witness.changed(row, before)
