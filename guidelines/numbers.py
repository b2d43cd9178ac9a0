"""The numbers in force on a day: the programme's own, else the board's, else the catalogue's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Self

from django.db.models import OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from guidelines.catalogue import CATALOGUE, Guideline
from guidelines.catalogue.duration import DYAD_DURATION_PLANNED, DYAD_DURATION_SHORT
from guidelines.catalogue.groups import GROUP_TOO_LARGE, GROUP_TOO_SMALL
from guidelines.catalogue.matching import STUDENT_REMATCH
from guidelines.catalogue.mentors import MENTOR_LOAD, MENTOR_TRAINING
from guidelines.catalogue.silence import DYAD_CRITICAL_PERIOD
from guidelines.models import GuidelineSetting
from guidelines.severity import Severity
from mentoring.numbers import (
    COMMITMENT_MONTHS,
    CRITICAL_MONTHS,
    EARLY_MONTHS,
    MENTOR_DYADS,
    REMATCH_DAYS,
    SHORT_MONTHS,
    TRAINING_MINUTES,
)
from people.models import SchoolBoard
from people.sql import rows
from programs.numbers import Number
from programs.sizes import FEWEST_USUAL, MOST_COMFORTABLE, MOST_USUAL

Key = tuple[str, str, int | None]
"""Guideline, name of the number, programme (None: the whole board)."""

SPOKEN_OF: dict[Number, tuple[Guideline, str]] = {
    FEWEST_USUAL: (GROUP_TOO_SMALL, Severity.INFO),
    MOST_COMFORTABLE: (GROUP_TOO_LARGE, Severity.WARNING),
    MOST_USUAL: (GROUP_TOO_LARGE, Severity.CRITICAL),
    TRAINING_MINUTES: (MENTOR_TRAINING, Severity.WARNING),
    CRITICAL_MONTHS: (DYAD_CRITICAL_PERIOD, "months"),
    SHORT_MONTHS: (DYAD_DURATION_SHORT, Severity.WARNING),
    EARLY_MONTHS: (STUDENT_REMATCH, "early_months"),
    REMATCH_DAYS: (STUDENT_REMATCH, "rematch_days"),
    MENTOR_DYADS: (MENTOR_LOAD, Severity.INFO),
    COMMITMENT_MONTHS: (DYAD_DURATION_PLANNED, Severity.WARNING),
}
"""Which number of which guideline the pages below mean."""


@dataclass(frozen=True)
class Numbers:
    """What each number is worth; ``changed`` holds those that differ from the catalogue's."""

    changed: Mapping[Key, int]

    @classmethod
    def of(cls, board: SchoolBoard, on: date) -> Self:
        """Those in force on a day: the last one set from that day or before. One query."""
        return cls.of_board(board.pk, on)

    @classmethod
    def of_board(cls, board_id: int | None, on: date) -> Self:
        """The same by the board's key; the catalogue's for nobody's board."""
        query = """
            SELECT guideline, name, program_id, value FROM guidelines_guidelinesetting
            WHERE board_id = %(board)s AND starts_on <= %(on)s ORDER BY starts_on, id
        """
        found: dict[Key, int | None] = {
            (row["guideline"], row["name"], row["program_id"]): row["value"]
            for row in rows(query, {"board": board_id, "on": on})
        }
        return cls({key: value for key, value in found.items() if value is not None})

    def value(self, code: str, name: str, program_id: int | None = None) -> int:
        """One number for a programme's subjects, or for those of no programme (mentors, teachers)."""
        for nearest in (program_id, None) if program_id is not None else (None,):
            if (code, name, nearest) in self.changed:
                return self.changed[code, name, nearest]
        return CATALOGUE[code].settable[name]

    def worth(self, number: Number, program_id: int | None = None) -> int:
        """What the pages below call by its own name (``programs.numbers``)."""
        guideline, name = SPOKEN_OF[number]
        return self.value(guideline.code, name, program_id)

    @staticmethod
    def column(number: Number, on: date, *, board: str, program: str) -> Combinable:
        """The same as a column of a query, whose rows have these columns of a board and of a programme."""
        guideline, name = SPOKEN_OF[number]
        rows = GuidelineSetting.objects.filter(
            board=OuterRef(board), guideline=guideline.code, name=name, starts_on__lte=on
        )
        last = rows.order_by("-starts_on", "-pk").values("value")
        own, whole = last.filter(program=OuterRef(program))[:1], last.filter(program=None)[:1]
        return Coalesce(Subquery(own), Subquery(whole), Value(guideline.settable[name]))

    def expression(self, code: str, name: str, program_column: str = "") -> str:
        """The same as an SQL expression over a column of programmes' ids."""
        usual = self.value(code, name)
        own = {pk: value for (c, n, pk), value in self.changed.items() if (c, n) == (code, name) and pk is not None}
        if not own or not program_column:
            return str(int(usual))
        cases = " ".join(f"WHEN {int(pk)} THEN {int(value)}" for pk, value in sorted(own.items()))
        return f"(CASE {program_column} {cases} ELSE {int(usual)} END)"

    def highest(self, code: str, name: str) -> int:
        """The largest value in force for any programme: how far a statement must look."""
        return max(value for value in (self.value(code, name), *self._own(code, name)))

    def with_change(self, code: str, name: str, program_id: int | None, value: int | None) -> Self:
        """As if this number had been set; None goes back to what is next nearest."""
        others = {key: number for key, number in self.changed.items() if key != (code, name, program_id)}
        return replace(self, changed=others if value is None else {**others, (code, name, program_id): value})

    @cached_property
    def touched(self) -> frozenset[str]:
        """The guidelines with a number of the board's or of a programme's own."""
        return frozenset(code for code, _name, _program in self.changed)

    def _own(self, code: str, name: str) -> list[int]:
        return [value for (c, n, _program), value in self.changed.items() if (c, n) == (code, name)]
