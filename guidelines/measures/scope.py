"""Over what a measure is taken: a board, or one subject of it, on a day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from mentoring.models import Dyad, Mentor
from people.models import SchoolBoard
from programs.models import SchoolYear, SupportGroup


@dataclass(frozen=True)
class Scope:
    """A whole board, or the one dyad, mentor or group named."""

    board: SchoolBoard
    on: date
    subject: Dyad | Mentor | SupportGroup | None = None

    def condition(self, kind: str, column: str) -> str:
        """The SQL condition that keeps this scope's rows of a kind of subject."""
        return f"{column} = %(subject)s" if kind == self.kind else "TRUE"

    @property
    def kind(self) -> str:
        """``dyad``, ``mentor``, ``group``, or empty for the whole board."""
        kinds = {Dyad: "dyad", Mentor: "mentor", SupportGroup: "group"}
        return kinds[type(self.subject)] if self.subject is not None else ""

    @cached_property
    def year(self) -> SchoolYear | None:
        """The school year of the day."""
        return SchoolYear.objects.of(self.board, self.on)

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "board": self.board.pk,
            "on": self.on,
            "subject": self.subject.pk if self.subject is not None else None,
        }
