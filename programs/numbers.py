"""The numbers of guidelines that the pages below them speak of: named here, never worth anything of their own.

``guidelines`` says which of its numbers each one is, and what it is worth in a board, a programme and on a day.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db.models.expressions import Combinable


@dataclass(frozen=True, eq=False)
class Number:
    """One such number, declared by who speaks of it."""

    means: str


class InForce(Protocol):
    """What the numbers of a board are worth on a day."""

    def worth(self, number: Number, program_id: int | None = None) -> int:
        """In a programme, or for those of no programme (mentors, teachers)."""


class Source(Protocol):
    """Who knows the numbers."""

    def of_board(self, board_id: int | None, on: date) -> InForce: ...

    def column(self, number: Number, on: date, *, board: str, program: str) -> Combinable: ...


_sources: list[Source] = []


def answer_with(source: Source) -> None:
    """Say who knows the numbers: ``guidelines``, when the application is ready."""
    _sources[:] = [source]


def in_force(board_id: int | None, on: date) -> InForce:
    """The numbers of a board on a day; those of the review for nobody's board. One query."""
    return _source().of_board(board_id, on)


def column(number: Number, on: date, *, board: str, program: str) -> Combinable:
    """A number on a day as a column of a query, whose rows have these columns of a board and of a programme."""
    return _source().column(number, on, board=board, program=program)


def _source() -> Source:
    if not _sources:
        raise ImproperlyConfigured("Nobody says what the numbers of the guidelines are worth.")
    return _sources[0]
