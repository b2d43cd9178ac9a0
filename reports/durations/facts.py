"""What a report on durations counts: each relation begun by its last day, each student who has one or waits for one."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from mentoring.models import Dyad, Referral
from people.cube import Cell
from people.months import months_between
from people.suppression import FEWEST
from programs.models import Program
from reports.asking import Ask, programs_of
from reports.lengths import MESSAGE, MONTHS, Life, lives
from reports.scope import Period
from reports.survival import Survival, kaplan_meier

BANDS = (3, 6, 12)
"""Where the bands of the status table begin, in months: exactly so many are in the band that begins there."""
EDGES = (*MONTHS[1:], BANDS[-1])
"""The months at which the lives of relations are looked at: exactly so many are in the interval that ends there."""
SIX = EDGES.index(MESSAGE)
NONE, NOT_SAID, ANY = "-", "?", "*"
"""Of what no question is; what nobody said; what is not told apart."""


class Status(StrEnum):
    NEVER = "never"
    OPEN = "open"
    ENDED = "ended"
    REMATCHED = "rematched"


class Outcome(StrEnum):
    EARLY = "early"
    PLANNED = "planned"
    GOING = "going"
    """Not ended, as far as it was followed."""


STUDENT, LIFE = "student", "life"
DIMENSIONS = ("kind", "status", "band", "begun", "interval", "outcome", "code", "by")


@dataclass(frozen=True)
class Facts:
    """All that a person's audience may tell of, whatever the file is narrowed to."""

    programs: Sequence[Program]
    lives: Sequence[Life]
    waiting: frozenset[int]
    """The students who wait or waited in the period, without any relation by its last day."""
    period: Period
    last: date

    @classmethod
    def read(cls, ask: Ask) -> "Facts":
        """Four queries."""
        programs, on = programs_of(ask.user, ask.audience, on=ask.on), ask.last_day
        dyads = Dyad.objects.filter(program__in=programs)
        referred = Referral.objects.filter(program__in=programs, referred_on__lte=on)
        waited = referred.exclude(closed_on__lte=ask.period.since).order_by().values_list("student", flat=True)
        found = lives(dyads, ask.user, programs, on=on)
        return cls(programs, found, frozenset(waited) - {life.student for life in found}, ask.period, on)

    @cached_property
    def begun(self) -> list[str]:
        """The years in which relations began, the latest first."""
        return list(dict.fromkeys(life.begun for life in self.lives))

    @cached_property
    def ends(self) -> dict[str, list[int]]:
        """By year of start, the intervals after which its relations are told of: those between are told with the next.

        So that few early ends, or few others, do not hide all the rest: neighbours are told together until each block
        holds nobody or enough of each. Of the ways to do so, the one with the most blocks; of these, one that stops at
        six months, which the sentences speak of.
        """
        found = {}
        for begun in self.begun:
            counts = [Counter[Outcome]() for _place in range(len(EDGES) + 1)]
            for life in self.lives:
                if life.begun == begun:
                    counts[interval(life)][outcome(life)] += 1
            last = max(place for place, count in enumerate(counts) if count)
            found[begun] = [*_blocks(counts[: last + 1]), *range(last + 1, len(EDGES))]
        return found

    def survival(self, begun: str) -> Survival:
        return kaplan_meier([life.length for life in self.lives if life.begun == begun])

    @cached_property
    def endings(self) -> list[Life]:
        """The relations that ended early in the period."""
        since, until = self.period.since, self.period.until
        return [life for life in self.lives if life.length.ended and life.ends_on and since < life.ends_on <= until]

    def of_students(self) -> Iterator[Cell]:
        """Each student once."""
        of_student: defaultdict[int, list[Life]] = defaultdict(list)
        for life in self.lives:
            of_student[life.student].append(life)
        for theirs in of_student.values():
            if any(life.ends_on is None or life.ends_on > self.period.since for life in theirs):
                status, months = _standing(theirs)
                yield STUDENT, status, bisect_right(BANDS, months), *[NONE] * 5
        yield from ((STUDENT, Status.NEVER, *[NONE] * 6) for _student in self.waiting)

    def of_lives(self, lives: Iterable[Life], split: Collection[str] | None) -> Iterator[Cell]:
        """Each once; an early end of the period by why, by whose initiative, by both or by none; None: all alike."""
        endings = set(self.endings) if split is not None else set()
        for life in lives:
            end = next(place for place in self.ends[life.begun] if place >= interval(life))
            why = [NONE, NONE]
            if split is not None and life in endings:
                why = [(said or NOT_SAID) if name in split else ANY for name, said in _why(life)]
            yield LIFE, NONE, NONE, life.begun, end, outcome(life), *why

    def no_younger_ended(self, begun: str, months: int) -> bool:
        """Whether all that ended were begun so many months before the last day.

        Of those younger, the ends alone would count, and not those that last.
        """
        ended = (life for life in self.lives if life.begun == begun and outcome(life) is not Outcome.GOING)
        return all(months_between(life.counted_from, self.last) >= months for life in ended)

    def kept_by_program(self, begun: str, months: int) -> list[tuple[int, int]]:
        """Of each programme: how many had no early end by then, of those that were followed long enough to say."""
        counts: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        for life in self.lives:
            if life.begun == begun and not (outcome(life) is Outcome.GOING and life.length.months <= months):
                counts[life.program][0] += life.length.months > months or outcome(life) is not Outcome.EARLY
                counts[life.program][1] += 1
        return [(kept, of) for kept, of in counts.values()]


def _blocks(counts: Sequence[Counter[Outcome]]) -> list[int]:
    """Where the blocks of these intervals end; one for all of them, where any other way leaves few somewhere."""
    last = len(counts) - 1
    ways = [ends for size in range(last, -1, -1) for ends in combinations(range(last), size)]
    ways.sort(key=lambda ends: (-len(ends), SIX not in ends))
    for ends in ways:
        starts = [0, *(end + 1 for end in ends)]
        blocks = (counts[start : end + 1] for start, end in zip(starts, [*ends, last], strict=True))
        if not any(_holds_few(sum(block, Counter())) for block in blocks):
            return [*ends, last]
    return [last]


def _holds_few(block: Counter[Outcome]) -> bool:
    """Early, or not: whether the others ended as planned is masked by itself where few did."""
    return any(0 < n < FEWEST for n in (block[Outcome.EARLY], block[Outcome.PLANNED] + block[Outcome.GOING]))


def _why(life: Life) -> tuple[tuple[str, str], ...]:
    return ("code", life.code), ("by", life.by)


def _standing(theirs: Iterable[Life]) -> tuple[Status, int]:
    """Of a student, by their relations; of several, the latest says how long."""
    found = sorted(theirs, key=lambda life: life.starts_on)
    last = found[-1]
    months = months_between(last.starts_on, last.until)
    if len(found) > 1:
        return Status.REMATCHED, months
    return Status.OPEN if last.ends_on is None else Status.ENDED, months


def interval(life: Life) -> int:
    return bisect_left(EDGES, life.length.months)


def outcome(life: Life) -> Outcome:
    if life.length.ended:
        return Outcome.EARLY
    return Outcome.PLANNED if life.length.planned else Outcome.GOING
