"""Over what a measure is taken: a board, or one subject of it, on a day, with the numbers in force."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from guidelines.models import Subject
from guidelines.numbers import Numbers
from mentoring.models import Dyad, Mentor
from people.dialect import Row
from people.models import SchoolBoard, User
from programs.models import Program, SchoolYear, SupportGroup, Term

KINDS: dict[type[Subject], str] = {
    Dyad: "dyad",
    Mentor: "mentor",
    SupportGroup: "group",
    User: "teacher",
    Program: "program",
}


@dataclass(frozen=True)
class Scope:
    """A whole board, or the one dyad, mentor, group, teacher or programme named; ``codes`` narrows it to guidelines."""

    board: SchoolBoard
    on: date
    subject: Subject | None = None
    given: Numbers | None = None
    codes: Container[str] | None = None
    taken: dict[str, list[Row]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def condition(self, kind: str, column: str) -> str:
        """The SQL condition that keeps this scope's rows of a kind of subject."""
        return f"{column} = %(subject)s" if kind == self.kind else "TRUE"

    def asks(self, code: str) -> bool:
        """Whether a guideline is looked at: a measure need not read what no other one wants."""
        return self.codes is None or code in self.codes

    def once(self, name: str, read: "Callable[[Scope], list[Row]]") -> list[Row]:
        """Rows that several measures share, read the first time that one of them asks."""
        if name not in self.taken:
            self.taken[name] = read(self)
        return self.taken[name]

    @property
    def kind(self) -> str:
        """``dyad``, ``mentor``, ``group``, ``teacher``, ``program``, or empty for the whole board."""
        return KINDS[type(self.subject)] if self.subject is not None else ""

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers in force, or those that a dry run tries."""
        return self.given or Numbers.of(self.board, self.on)

    @cached_property
    def has_cycles(self) -> bool:
        """Whether any programme of the board, or the dyad's own, counts cycles of days where others count weeks."""
        programs = Program.objects.filter(cadence_unit=Program.CadenceUnit.CYCLE)
        of_scope = {"dyads": self.subject} if self.kind == "dyad" else {"school__board": self.board}
        return programs.filter(**of_scope).exists()

    def narrowed(self, codes: Container[str] | None) -> "Scope":
        """The same scope, of some guidelines only."""
        return self if codes is None else replace(self, codes=codes)

    @cached_property
    def year(self) -> SchoolYear | None:
        """The school year of the day."""
        return SchoolYear.objects.of(self.board, self.on)

    @cached_property
    def term(self) -> Term | None:
        """The last term of the board that has ended by the day."""
        ended = Term.objects.filter(school_year__board=self.board, ends_on__lte=self.on)
        return ended.order_by("-ends_on", "-starts_on", "-pk").first()

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "board": self.board.pk,
            "on": self.on,
            "subject": self.subject.pk if self.subject is not None else None,
        }
