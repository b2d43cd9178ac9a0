"""What may be told of the people of a summary, from one masked cube."""

from collections import Counter
from collections.abc import Hashable, Iterator

from people.cube import Cell, Cube
from people.telling import Path
from reports.summary.facts import Facts, Form, Stay, Year
from reports.tables import Unsaid, shown

Number = int | Unsaid
DIMENSIONS = ("kind", "school", "program", "state")
STUDENT, DYAD, MEMBER, MENTOR, TEACHER, YEAR = "student", "dyad", "member", "mentor", "teacher", "year"
GONE, NONE = "gone", "-"
OPEN = frozenset({("begun", "open"), ("before", "open")})
OVER = frozenset({("begun", "over"), ("before", "over")})
BEGUN = frozenset({("begun", "open"), ("begun", "over")})
"""What a relation is on the last day, by whether it began in the period: told together, for one may give another."""
MOVES = {"begun": BEGUN, "over": OVER}
FIRST_IN = (
    frozenset({"whole"}),
    frozenset({"whole", "school"}),
    frozenset({"whole", "school", "program"}),
)
"""By how deep a place is: the adults who are counted there for the first time."""


class Told:
    """What stands on the last day: of the whole, then of schools, then of programmes; in a round after it, what moved.

    So that all files of one last day, of a year, a term or a month, mask alike what stands: one would give another's
    masked numbers back.

    ``with_moves``: relations begun and ended are of a whole year alone. Students are told of the whole alone: of a
    place, beside its relations and its groups, they would say how many few students have both.
    """

    def __init__(self, facts: Facts, *, with_moves: bool) -> None:
        self.facts = facts
        self.with_moves = with_moves
        cells = [*self._students(), *self._relations(), *self._adults(), *self._years()]
        self._cube = Cube(DIMENSIONS, Counter(cells))
        for depth in range(3):
            self._ask(depth, kind=DYAD, state=OPEN)
            self._ask(depth, kind=MEMBER)
            for kind in (MENTOR, TEACHER):
                self._ask(depth, kind=kind, state=FIRST_IN[depth])
        self._cube.ask(kind=STUDENT, state=self._present)
        self._cube.ask_each("state", kind=STUDENT)
        self._cube.then()
        for depth in range(3) if with_moves else ():
            for state in (OVER, BEGUN):
                self._ask(depth, kind=DYAD, state=state)
        self._cube.ask(kind=STUDENT)
        for year in self.earlier:
            for of_year in (STUDENT, *MOVES):
                self._cube.ask(kind=YEAR, school=year.label, state=of_year)
        self._cube.tell()

    def open_dyads(self, place: Path) -> Number:
        return self._at(place, kind=DYAD, state=OPEN)

    def members(self, place: Path) -> Number:
        return self._at(place, kind=MEMBER)

    def begun(self, place: Path) -> Number:
        return self._at(place, kind=DYAD, state=BEGUN)

    def ended(self, place: Path) -> Number:
        return self._at(place, kind=DYAD, state=OVER)

    def mentors(self, place: Path) -> Number:
        return self._at(place, kind=MENTOR, state=FIRST_IN[len(place)])

    def teachers(self, place: Path) -> Number:
        return self._at(place, kind=TEACHER, state=FIRST_IN[len(place)])

    def students(self) -> Number:
        """Accompanied on the last day, each once."""
        return self._of_students(state=self._present)

    def of_grade(self, grade: Hashable) -> Number:
        return self._of_students(state=grade)

    def during(self) -> Number:
        """Accompanied on a day of the period, each once."""
        if self.with_moves and self.ended(()) is Unsaid.MASKED:
            return Unsaid.MASKED
        return self._of_students()

    @property
    def earlier(self) -> list[Year]:
        """The years before the one that the file tells of."""
        return [year for year in self.facts.years if year.since < self.facts.period.since]

    def of_year(self, year: Year, state: str) -> Number:
        """``STUDENT`` or one of ``MOVES``; of the file's own year, what the first table tells."""
        if year not in self.earlier:
            return self.during() if state == STUDENT else self._at((), kind=DYAD, state=MOVES[state])
        return shown(self._cube.number(kind=YEAR, school=year.label, state=state))

    @property
    def _present(self) -> frozenset[Hashable]:
        return frozenset(self.facts.grades_told)

    def _of_students(self, **fixed: Hashable) -> Number:
        """Masked as soon as their relations or their groups are: the ones would give the others back."""
        if Unsaid.MASKED in (self.open_dyads(()), self.members(())):
            return Unsaid.MASKED
        return shown(self._cube.number(kind=STUDENT, **fixed))

    def _at(self, place: Path, **fixed: Hashable) -> Number:
        return shown(self._cube.number(**fixed, **dict(zip(("school", "program"), place, strict=False))))

    def _ask(self, depth: int, **fixed: Hashable) -> None:
        """Ask for it of the whole, of each school or of each programme."""
        if depth:
            self._cube.ask_each(*("school", "program")[:depth], **fixed)
        else:
            self._cube.ask(**fixed)

    def _students(self) -> Iterator[Cell]:
        """Each once, by grade; or as gone by the last day."""
        facts = self.facts
        there = {stay.person for stay in facts.present if stay.is_open(facts.last)}
        for student in sorted({stay.person for stay in facts.present}):
            yield STUDENT, NONE, NONE, (facts.grades.get(student) or NONE) if student in there else GONE

    def _relations(self) -> Iterator[Cell]:
        """By whether they began in the school year, in each of its files: those of one last day have the same cells."""
        facts = self.facts
        since = facts.years[-1].since if facts.years else facts.period.since
        for stay in facts.present:
            is_open = stay.is_open(facts.last)
            if stay.form == Form.DYAD:
                begun = "begun" if stay.begun_in(since, facts.last) else "before"
                yield DYAD, *self._path(stay), (begun, "open" if is_open else "over")
            elif is_open:
                yield MEMBER, *self._path(stay), NONE

    def _adults(self) -> Iterator[Cell]:
        last = self.facts.last
        mentors = [stay.of_adult for stay in self.facts.present if stay.form == Form.DYAD and stay.is_open(last)]
        leads = [stay for stay in self.facts.leads if stay.is_open(last)]
        for kind, stays in ((MENTOR, mentors), (TEACHER, leads)):
            for stay, first in self.facts.first_in(stays):
                if first:
                    yield kind, *self._path(stay), first

    def _years(self) -> Iterator[Cell]:
        for year in self.earlier:
            stays = [stay for stay in self.facts.stays if stay.meets(year.since, year.last)]
            dyads = [stay for stay in stays if stay.form == Form.DYAD]
            counts = {
                STUDENT: len({stay.person for stay in stays}),
                "begun": sum(stay.begun_in(year.since, year.last) for stay in dyads),
                "over": sum(stay.ended_in(year.since, year.last) for stay in dyads),
            }
            for state, n in counts.items():
                yield from [(YEAR, year.label, NONE, state)] * n

    def _path(self, stay: Stay) -> tuple[int, int]:
        return self.facts.school_of[stay.program], stay.program
