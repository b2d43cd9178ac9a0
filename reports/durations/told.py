"""What may be told of durations, from one masked cube: a number in it, or that it is masked."""

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import cached_property

from mentoring.models.endings import EndCode, EndedBy, Whose
from people.cube import Cube
from reports.classes import StatusClass
from reports.durations.facts import BANDS, DIMENSIONS, EDGES, LIFE, NONE, STUDENT, Facts, Outcome, Status
from reports.tables import Unsaid, shown

Number = int | Unsaid
Fixed = dict[str, Hashable]
UNDER, OVER = frozenset(range(len(BANDS))), frozenset({len(BANDS)})
"""The bands under the last bound, and from it on."""
CLASSES: dict[StatusClass, Fixed] = {
    StatusClass.OPEN_UNDER: {"status": Status.OPEN, "band": UNDER},
    StatusClass.OPEN_OVER: {"status": Status.OPEN, "band": OVER},
    StatusClass.ENDED_UNDER: {"status": Status.ENDED, "band": UNDER},
    StatusClass.ENDED_OVER: {"status": Status.ENDED, "band": OVER},
    StatusClass.REMATCHED: {"status": Status.REMATCHED},
    StatusClass.NEVER_MATCHED: {"status": Status.NEVER},
}
AFTER = [frozenset(range(place + 1, len(EDGES) + 1)) for place in range(len(EDGES))]
UNTIL = [frozenset(range(place + 1)) for place in range(len(EDGES))]
"""The intervals after each edge, and up to it."""
LEFT = frozenset({Outcome.PLANNED, Outcome.GOING})
SPLITS = (("code", "by"), ("code",), ("by",), ())
CODES: dict[Whose, frozenset[str]] = {
    whose: frozenset(code for code in EndCode if code.whose == whose) for whose in Whose
}


class Told:
    """``with_endings``: early endings are of a whole year alone, whose numbers add up to those of no other file."""

    def __init__(self, facts: Facts, *, with_endings: bool) -> None:
        self.facts = facts
        self.with_endings = with_endings

    @cached_property
    def _standing(self) -> Cube:
        """Students, apart from relations: their sums are nested, so that a page tells them without a solver."""
        cube = Cube(DIMENSIONS, Counter(self.facts.of_students()))
        asked: list[Fixed] = [{}]
        asked += [{"status": status} for status in Status]
        asked += CLASSES.values()
        asked += [{"status": status, "band": band} for status in Status for band in range(len(BANDS) + 1)]
        for fixed in asked:
            cube.ask(kind=STUDENT, **fixed)
        cube.tell()
        return cube

    @cached_property
    def _lives(self) -> Cube:
        split = self._split if self.with_endings else None
        cube = Cube(DIMENSIONS, Counter(self.facts.of_lives(self.facts.lives, split)))
        cube.ask(kind=LIFE)
        if self.with_endings:
            cube.ask(kind=LIFE, code=_of_endings(cube))
        for begun in self.facts.begun:
            for fixed in _of_lives(self.facts.ends[begun]):
                cube.ask(kind=LIFE, begun=begun, **fixed)
        if self.with_endings:
            _ask_endings(cube)
        cube.tell()
        return cube

    def students(self, **fixed: Hashable) -> Number:
        return shown(self._standing.number(kind=STUDENT, **fixed))

    def relations(self, **fixed: Hashable) -> Number:
        return shown(self._lives.number(kind=LIFE, **fixed))

    def kept(self, begun: str, place: int) -> list[Number]:
        """How many lasted longer than an edge; how many ended early, as planned, or were followed less long by then."""
        if place not in self.facts.ends[begun]:
            return [Unsaid.MASKED] * (len(Outcome) + 1)
        by_then = (self.relations(begun=begun, interval=UNTIL[place], outcome=outcome) for outcome in Outcome)
        return [self.relations(begun=begun, interval=AFTER[place]), *by_then]

    def endings(self, **fixed: Hashable) -> Number:
        """Of the relations that ended early in the period."""
        if not fixed.keys() <= set(self._split):
            return Unsaid.MASKED
        return shown(self._lives.number(kind=LIFE, **(fixed or {"code": _of_endings(self._lives)})))

    @cached_property
    def _split(self) -> tuple[str, ...]:
        """By what early endings may be told of without hiding how many there are in all, which comes first."""
        for split in SPLITS:
            cube = Cube(DIMENSIONS, Counter(self.facts.of_lives(self.facts.endings, split)))
            _ask_endings(cube)
            cube.tell()
            if cube.number(kind=LIFE, code=_of_endings(cube)) is not None:
                return split
        return ()


def _of_endings(cube: Cube) -> frozenset[Hashable]:
    return frozenset(cube.values("code")) - {NONE}


def _ask_endings(cube: Cube) -> None:
    cube.ask(kind=LIFE, code=_of_endings(cube))
    for by in EndedBy:
        cube.ask(kind=LIFE, by=by.value)
    for codes in CODES.values():
        cube.ask(kind=LIFE, code=codes)
    for name in ("by", "code"):
        for value in cube.values(name):
            if value != NONE:
                cube.ask(kind=LIFE, **{name: value})


def _of_lives(ends: Sequence[int]) -> list[Fixed]:
    """What is told of the relations begun in one year, the most important first."""
    found: list[Fixed] = [{}]
    places = [place for place in ends if place < len(EDGES)]
    for place in places:
        found.append({"interval": AFTER[place]})
        found += [{"interval": UNTIL[place], "outcome": outcome} for outcome in Outcome]
    for place in places:
        found += [{"interval": place, "outcome": outcome} for outcome in (Outcome.EARLY, LEFT)]
    return found
