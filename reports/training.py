"""How prepared mentors are: the training that each completed, before or after the first meeting (§3.3)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Min, QuerySet

from guidelines.numbers import Numbers
from mentoring.models import Dyad, DyadMeeting, Mentor, Training
from mentoring.numbers import TRAINING_MINUTES
from people.apart import tell_apart
from people.cube import Cell
from programs.fixed_periods import Period
from reports.asking import Ask

INITIAL, ONGOING = Training.Kind.INITIAL, Training.Kind.ONGOING


class Preparation(StrEnum):
    """Where a mentor's initial training stands; the length asked for is that of the guideline on training."""

    NONE = "none"
    PARTIAL = "partial"
    BEFORE = "before"
    AFTER = "after"
    WAITING = "waiting"


@dataclass
class Prepared:
    """One mentor of an open dyad. Minutes of initial training are those completed by the last day of the period."""

    mentor: Mentor
    asked: int
    first_met: date | None = None
    initial: int = 0
    before: int = 0
    """Minutes of initial training completed by the day of the first meeting."""
    ongoing: int = 0
    """Minutes of ongoing training completed in the period."""
    sessions: list[tuple[date, str, str, int]] = field(default_factory=list)
    """Of the period: the day, the kind, the title, the minutes."""

    @property
    def preparation(self) -> Preparation:
        if not self.initial:
            return Preparation.NONE
        if self.initial < self.asked:
            return Preparation.PARTIAL
        if self.first_met is None:
            return Preparation.WAITING
        return Preparation.BEFORE if self.before >= self.asked else Preparation.AFTER


def prepared(ask: Ask) -> list[Prepared]:
    """The mentors of a dyad of these programmes open on the last day, by name. Five queries, whatever their number."""
    on, period = ask.last_day, ask.period
    dyads = Dyad.objects.filter(program__in=ask.programs).open_on(on).order_by()
    mentors = Mentor.objects.filter(pk__in=dyads.values("mentor"), person__is_active=True)
    asked = Numbers.of(ask.board, on).worth(TRAINING_MINUTES)
    found = {one.person_id: Prepared(one, asked) for one in mentors.select_related("person__school")}
    tell_apart([one.mentor.person for one in found.values()])
    for person, first in _first_meetings(dyads, on):
        if person in found:
            found[person].first_met = first
    for training in Training.objects.filter(person__in=found, completed_on__lte=on):
        _count(found[training.person_id], training, period)
    return sorted(found.values(), key=lambda one: (one.mentor.person.name_key, one.mentor.pk))


def _first_meetings(dyads: "QuerySet[Dyad, Any]", on: date) -> Iterable[tuple[int, date]]:
    held = DyadMeeting.objects.kept().held().meetings().filter(dyad__in=dyads.values("pk"), on__lte=on).order_by()
    return held.values_list("dyad__mentor__person").annotate(first=Min("on"))


def _count(one: Prepared, training: Training, period: Period) -> None:
    is_recent = period.since <= training.completed_on < period.until
    if training.kind == INITIAL:
        one.initial += training.minutes
        if one.first_met is not None and training.completed_on <= one.first_met:
            one.before += training.minutes
    elif is_recent:
        one.ongoing += training.minutes
    if is_recent:
        one.sessions.append((training.completed_on, training.kind, training.title, training.minutes))


DIMENSIONS = ("school", "kind", "preparation", "ongoing")


def cells(found: Sequence[Prepared]) -> list[Cell]:
    """Each mentor, by school (0: none), who mentors, where the training stands, whether some of it goes on."""
    return [
        (one.mentor.person.school_id or 0, str(one.mentor.kind), str(one.preparation), one.ongoing > 0) for one in found
    ]


@dataclass(frozen=True)
class Session:
    """A training given in the period, to so many of these mentors."""

    on: date
    kind: str
    title: str
    minutes: int
    people: int


def sessions(found: Sequence[Prepared]) -> list[Session]:
    """Those of one day, kind, title and length together, the earliest first."""
    given = Counter(session for one in found for session in one.sessions)
    return [Session(*session, people) for session, people in sorted(given.items())]
