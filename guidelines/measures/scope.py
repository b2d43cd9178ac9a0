"""Over what a measure is taken: a board, or one subject of it, on a day, with the numbers in force."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Self

from guidelines.models import Subject
from guidelines.models.followed import followed_of, followed_sql
from guidelines.numbers import Numbers
from mentoring.models import Dyad, Mentor
from people.models import SchoolBoard, User
from people.sql import Row, as_date, rows
from programs.models import Program, SupportGroup

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
    codes: Collection[str] | None = None
    known: "Day | None" = None
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

    def narrowed(self, codes: Collection[str] | None) -> "Scope":
        """The same scope, of some guidelines only; a day that has been read is not read again."""
        return self if codes is None else replace(self, codes=codes, known=vars(self).get("day"))

    @cached_property
    def day(self) -> "Day":
        """What the day is for the scope. One query."""
        return self.known or Day.of(self)

    @property
    def year(self) -> "Range | None":
        """The school year of the day: the latest that began on or before it, summer included."""
        return self.day.year

    @property
    def term(self) -> "Range | None":
        """The last term of the board that has ended by the day."""
        return self.day.term

    def rows(self, query: str, given: Mapping[str, Any] | None = None) -> list[Row]:
        """Run a measure's statement with the scope's parameters and those given; of one subject, its plan is kept."""
        return rows(query, {**self.parameters, **(given or {})}, keep_plan=bool(self.kind))

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "board": self.board.pk,
            "on": self.on,
            "subject": self.subject.pk if self.subject is not None else None,
        }


class Range(NamedTuple):
    """A school year or a term."""

    pk: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Day:
    """The school year and the last ended term of a day; the last day evaluated; of a dyad, whether it is open.

    ``has_cycles``: whether any programme of the board, or the dyad's own, counts cycles of days instead of weeks.
    ``followed``: the codes that the subject's programme follows; none where it has no one programme.
    """

    year: Range | None
    term: Range | None
    evaluated_on: date | None
    has_cycles: bool
    began_on: date | None
    is_open: bool
    followed: frozenset[str]

    @classmethod
    def of(cls, scope: Scope) -> Self:
        of_scope = "r.id = d.program_id" if scope.kind == "dyad" else "s.board_id = b.id"
        query = f"""
            SELECT y.id AS year, y.starts_on AS year_from, y.ends_on AS year_to,
                   t.id AS term, t.starts_on AS term_from, t.ends_on AS term_to,
                   (SELECT MAX(e."on") FROM guidelines_evaluation e WHERE e.board_id = b.id) AS evaluated_on,
                   EXISTS (SELECT 1 FROM programs_program r JOIN people_school s ON s.id = r.school_id
                           WHERE r.cadence_unit = 'cycle' AND {of_scope}) AS has_cycles,
                   d.starts_on AS began_on, d.ends_on IS NULL OR d.ends_on > %(on)s AS is_open,
                   {followed_sql("%(program)s")} AS followed
            FROM people_schoolboard b
            LEFT JOIN programs_schoolyear y ON y.id = (
                SELECT y.id FROM programs_schoolyear y WHERE y.board_id = %(board)s AND y.starts_on <= %(on)s
                ORDER BY y.starts_on DESC LIMIT 1)
            LEFT JOIN programs_term t ON t.id = (
                SELECT t.id FROM programs_term t JOIN programs_schoolyear y ON y.id = t.school_year_id
                WHERE y.board_id = %(board)s AND t.ends_on <= %(on)s
                ORDER BY t.ends_on DESC, t.starts_on DESC, t.id DESC LIMIT 1)
            LEFT JOIN mentoring_dyad d ON d.id = %(dyad)s
            WHERE b.id = %(board)s
        """
        dyad = scope.subject.pk if scope.kind == "dyad" and scope.subject is not None else None
        program = getattr(scope.subject, "program_id", None)
        given = {"board": scope.board.pk, "on": scope.on, "dyad": dyad, "program": program}
        (row,) = rows(query, given, keep_plan=dyad is not None)
        return cls(
            year=_range(row, "year"),
            term=_range(row, "term"),
            evaluated_on=as_date(row["evaluated_on"]) if row["evaluated_on"] else None,
            has_cycles=bool(row["has_cycles"]),
            began_on=as_date(row["began_on"]) if row["began_on"] else None,
            is_open=bool(row["is_open"]),
            followed=followed_of(row["followed"]) if program else frozenset(),
        )


def _range(row: Row, name: str) -> Range | None:
    if row[name] is None:
        return None
    return Range(row[name], as_date(row[f"{name}_from"]), as_date(row[f"{name}_to"]))
