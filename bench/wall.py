"""What the second wall costs: the same work behind it, and without it. On SQLite there is none."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import connection
from django.test import override_settings

from bench.evaluation import ON
from bench.timing import Measured, compare
from guidelines.evaluation import evaluate_board
from mentoring.models import Dyad
from people import wall
from people.models import SchoolBoard

T = TypeVar("T")
GOALS = (2, 1.3, 1.1)
ROUNDS = 5


def without(work: Callable[[], T]) -> Callable[[], T]:
    """The same work, for which PostgreSQL holds no wall."""

    def bare() -> T:
        with override_settings(DATABASE_WALL_ROLE=""):
            return work()

    return bare


def beside(name: str, work: Callable[[], object], rounds: int) -> Iterator[Measured]:
    if connection.vendor == "postgresql":
        yield compare(f"{name}, behind the wall", work, without(work), rounds=rounds, goals=GOALS)


def measure() -> Iterator[Measured]:
    """The largest board's evaluation as the nightly task runs it, and in a flood of short statements."""
    board = max(SchoolBoard.objects.all(), key=lambda board: Dyad.objects.filter(board=board).count())

    def evaluated() -> None:
        with wall.of_board(board.pk):
            evaluate_board(board, on=ON, write=False)

    def asked() -> None:
        with wall.of_board(board.pk):
            for _time in range(200):
                SchoolBoard.objects.filter(pk=board.pk).exists()

    yield from beside("an evaluation", evaluated, ROUNDS)
    yield from beside("200 short statements", asked, ROUNDS)
