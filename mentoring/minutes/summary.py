"""What may be told of the minutes, month by month: never a dyad, never a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from mentoring.minutes.codes import month_of
from mentoring.minutes.items import items_of
from mentoring.models import MinuteTally
from mentoring.models.minutes import LEVELS, Level
from people.models import SchoolBoard, User
from programs.models import Program

MONTHS = 12


@dataclass(frozen=True)
class Line:
    """A question: how many people answered it, the answer in the middle, and the levels that may be told."""

    words: Any
    is_of_mentors: bool
    answers: int
    middle: str
    levels: list[tuple[str, int | None]]

    @property
    def is_whole(self) -> bool:
        """Whether no level is hidden."""
        return all(count is not None for _name, count in self.levels)

    @property
    def tells_levels(self) -> bool:
        return any(count is not None for _name, count in self.levels)


@dataclass(frozen=True)
class Month:
    first: date
    lines: Sequence[Line]


def summary(user: User, board: SchoolBoard, *, program: Program | None, on: date) -> list[Month]:
    """The latest months that are over, the last first: a programme's, or the board's own lines. Two queries."""
    rows = MinuteTally.objects.visible_to(user).filter(board=board, program=program, month__lt=month_of(on))
    items = items_of(board, on=on)
    order = [item.code for item in items]
    words = {item.code: item.words for item in items}
    known = [row for row in rows.order_by("-month", "pk") if row.item in words and row.answers and row.middle]
    known.sort(key=lambda row: (-row.month.toordinal(), order.index(row.item)))
    months = [Month(first, [_line(row, words) for row in of]) for first, of in groupby(known, lambda row: row.month)]
    return months[:MONTHS]


def _line(row: MinuteTally, words: dict[str, Any]) -> Line:
    levels = [(str(level.label), getattr(row, column)) for level, column in zip(Level, LEVELS, strict=True)]
    middle = str(Level(row.middle or Level.NOT_AT_ALL).label)
    return Line(words[row.item], row.audience == "mentor", row.answers or 0, middle, levels)
