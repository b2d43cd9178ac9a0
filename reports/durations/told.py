"""What may be told of durations, from one masked cube: a number in it, or that it is masked."""

from collections.abc import Hashable
from functools import cached_property

from mentoring.models.endings import EndCode, EndedBy, Whose
from people.cube import Cube
from reports.classes import StatusClass
from reports.durations.facts import BANDS, DIMENSIONS, EDGES, ENDING, LIFE, STUDENT, Facts, Outcome, Status
from reports.lengths import MONTHS
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
CODES: dict[Whose, frozenset[str]] = {
    whose: frozenset(code for code in EndCode if code.whose == whose) for whose in Whose
}


class Told:
    """``with_endings``: early endings are of a whole year alone, whose numbers add up to those of no other file."""

    def __init__(self, facts: Facts, *, with_endings: bool) -> None:
        self.facts = facts
        self.with_endings = with_endings

    @cached_property
    def _cube(self) -> Cube:
        cube = Cube(DIMENSIONS, self.facts.cells())
        asked: list[Fixed] = [{}]
        asked += [{"status": status} for status in Status]
        asked += CLASSES.values()
        asked += [{"status": status, "band": band} for status in Status for band in range(len(BANDS) + 1)]
        for fixed in asked:
            cube.ask(kind=STUDENT, **fixed)
        cube.ask(kind=LIFE)
        for begun in self.facts.begun:
            for fixed in _of_lives():
                cube.ask(kind=LIFE, begun=begun, **fixed)
        if self.with_endings:
            cube.ask(kind=ENDING)
            for by in EndedBy:
                cube.ask(kind=ENDING, by=by.value)
            for codes in CODES.values():
                cube.ask(kind=ENDING, code=codes)
            cube.ask_each("by", kind=ENDING)
            cube.ask_each("code", kind=ENDING)
        cube.tell()
        return cube

    def students(self, **fixed: Hashable) -> Number:
        return shown(self._cube.number(kind=STUDENT, **fixed))

    def relations(self, **fixed: Hashable) -> Number:
        return shown(self._cube.number(kind=LIFE, **fixed))

    def endings(self, **fixed: Hashable) -> Number:
        return shown(self._cube.number(kind=ENDING, **fixed))


def _of_lives() -> list[Fixed]:
    """What is told of the relations begun in one year, the most important first."""
    found: list[Fixed] = [{}]
    for months in MONTHS[1:]:
        place = EDGES.index(months)
        found.append({"interval": AFTER[place]})
        found += [{"interval": UNTIL[place], "outcome": outcome} for outcome in Outcome]
    for place in range(len(EDGES)):
        found += [
            {"interval": AFTER[place]},
            {"interval": place, "outcome": Outcome.EARLY},
            {"interval": place, "outcome": LEFT},
        ]
    return found
