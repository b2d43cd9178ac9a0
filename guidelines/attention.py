"""What deserves attention now: the one count behind every headline, badge, list, e-mail, figure and file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, Count, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from guidelines.models import Flag, Severity
from guidelines.models.flags import TAKEN, TO_REACH, FlagQuerySet, asks_to_be_reached
from guidelines.named import named
from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.kept import kept
from people.models import User
from programs.models import GroupMeeting, Program, SupportGroup

SubjectKey = tuple[str, int]
"""« dyad » or « group », and the id."""
MONDAY = 0
RANKS: dict[str, int] = {severity: severity.rank for severity in Severity}
"""0 is the most severe."""


class Standing(StrEnum):
    """A relation or a group is in one of the two at most."""

    REACH = "reach"
    WATCH = "watch"


class Mark(NamedTuple):
    """What places a finding among the others: the findings themselves are read for the rows that are shown."""

    pk: int
    dyad: int | None
    group: int | None
    cause: str
    severity: str
    state: str
    raised_on: date
    begun_on: date
    """The first day of its relation or group."""
    last_on: date | None
    """The day of the last held meeting."""

    @property
    def subject(self) -> SubjectKey:
        return ("dyad", self.dyad) if self.dyad else ("group", self.group or 0)

    @property
    def is_to_reach(self) -> bool:
        return asks_to_be_reached(self.severity, self.state)


@dataclass(frozen=True)
class Row:
    """One relation or group, under the finding that comes first. ``marks`` are of all those of its rhythm."""

    kind: str
    pk: int
    standing: Standing
    marks: Sequence[Mark]
    is_new: bool
    is_taken: bool

    @property
    def first(self) -> Mark:
        return self.marks[0]

    @property
    def last_on(self) -> date | None:
        return self.first.last_on

    @property
    def silent_since(self) -> date:
        """The day of its last held meeting, of its beginning when there was none."""
        return max(self.last_on or self.first.begun_on, self.first.begun_on)

    @property
    def others(self) -> int:
        """How many other causes it has beside the first."""
        return len({mark.cause for mark in self.marks}) - 1


@dataclass(frozen=True)
class Tally:
    """Of the relations, or of the groups."""

    reach: int
    watch: int
    taken: int
    of: int
    """How many are open."""


@dataclass(frozen=True)
class Attention:
    """The rows in the order of urgency, on a day; and how many relations and groups are open."""

    on: date
    rows: list[Row]
    open_dyads: int
    open_groups: int

    @cached_property
    def to_reach(self) -> list[Row]:
        return [row for row in self.rows if row.standing == Standing.REACH]

    @cached_property
    def to_watch(self) -> list[Row]:
        return [row for row in self.rows if row.standing == Standing.WATCH]

    @cached_property
    def dyads(self) -> Tally:
        return self._count("dyad", self.open_dyads)

    @cached_property
    def groups(self) -> Tally:
        return self._count("group", self.open_groups)

    def _count(self, kind: str, of: int) -> Tally:
        rows = [row for row in self.rows if row.kind == kind]
        reach = sum(row.standing == Standing.REACH for row in rows)
        return Tally(reach, len(rows) - reach, sum(row.is_taken for row in rows), of)


def attention(user: User, *, on: date, programs: Sequence[Program] | None = None, within: Q | None = None) -> Attention:
    """What the person should reach this week, and watch: in all that they may see, or in some programmes of it.

    ``within`` narrows the findings further. Two queries, whatever the number.
    """

    def marks() -> QuerySet[Any, tuple[Any, ...]]:
        return _marks(_narrowed(Flag.objects.rhythm_visible_to(user).to_watch(on), programs, within), on)

    ids = None if programs is None else tuple(program.pk for program in programs)
    found = marks() if within is not None else kept("attention", user, marks, on, ids)
    counts = dict(kept("open relations", user, lambda: _open(user, on, ids), on, ids))
    rows = _rows(map(Mark._make, found), on=on)
    return Attention(on, rows, counts.get("dyad", 0), counts.get("group", 0))


def findings_of(rows: Iterable[Row]) -> dict[int, Flag]:
    """By its key, the finding that comes first of each row, with all that its words need. One query."""
    return named([row.first.pk for row in rows])


def _marks(flags: FlagQuerySet, on: date) -> QuerySet[Any, tuple[Any, ...]]:
    begun_on = Coalesce("dyad__starts_on", "group__starts_on")
    fields = ("pk", "dyad", "group", "cause", "severity", "state", "raised_on", begun_on, _last_met(on))
    return flags.order_by().values_list(*fields)


def _open(user: User, on: date, programs: Sequence[int] | None) -> QuerySet[Any, tuple[Any, ...]]:
    """By kind, how many relations and groups are open."""
    dyads, groups = Dyad.objects.visible_to(user).open_on(on), SupportGroup.objects.visible_to(user).active_on(on)
    if programs is not None:
        dyads, groups = dyads.filter(program__in=programs), groups.filter(program__in=programs)
    counts = [
        rows.order_by().annotate(kind=Value(kind)).values_list("kind").annotate(n=Count("pk", distinct=True))
        for kind, rows in (("dyad", dyads), ("group", groups))
    ]
    return counts[0].union(counts[1])


def tallies(user: User, *, on: date) -> dict[int, tuple[Tally, Tally]]:
    """The same numbers by programme, of relations and of groups, for those who may count them and not read them.

    Three queries, whatever the number.
    """
    counted = user.access.within(Role.BOARD_ADMIN, board="board")
    standing: Counter[tuple[int, str, str]] = Counter()
    watched: QuerySet[Any] = Flag.objects.counted_for(user).to_watch(on).order_by()
    subjects = watched.values("program_of", "dyad", "group").annotate(reach=_any(TO_REACH), taken=_any(TAKEN))
    for program, dyad, reach, taken in subjects.values_list("program_of", "dyad", "reach", "taken"):
        kind = "dyad" if dyad else "group"
        standing[program, kind, Standing.REACH if reach else Standing.WATCH] += 1
        standing[program, kind, "taken"] += taken
    dyads, groups = Dyad.objects.filter(counted).open_on(on), SupportGroup.objects.filter(counted).active_on(on)
    opened: Iterable[tuple[str, QuerySet[Any]]] = (("dyad", dyads), ("group", groups))
    of = {
        (program, kind): n
        for kind, rows in opened
        for program, n in rows.order_by().values_list("program").annotate(n=Count("pk"))
    }

    def tally(program: int, kind: str) -> Tally:
        reach, watch, taken = (standing[program, kind, state] for state in (*Standing, "taken"))
        return Tally(reach, watch, taken, of.get((program, kind), 0))

    return {program: (tally(program, "dyad"), tally(program, "group")) for program, _kind in of}


def _any(condition: Q) -> Max:
    return Max(Case(When(condition, then=1), default=0))


def reached_before(
    user: User, *, day: date, programs: Sequence[Program] | None = None, within: Q | None = None
) -> dict[SubjectKey, Flag]:
    """By relation or group, the finding by which it was to reach at the end of a past day. One query."""
    flags = _narrowed(Flag.objects.rhythm_visible_to(user).reached_on(day), programs, within)
    return {_key(flag): flag for flag in flags.with_subject()}


def _narrowed(flags: FlagQuerySet, programs: Sequence[Program] | None, within: Q | None) -> FlagQuerySet:
    if programs is not None:
        flags = flags.filter(Q(program_of__in=[program.pk for program in programs]))
    return flags if within is None else flags.filter(within)


def new_since(on: date) -> date:
    """The first day of what is new: since last Monday's digest, which had told of that Monday."""
    monday = on - timedelta(days=on.weekday())
    return on - timedelta(days=6) if on.weekday() == MONDAY else monday


def _rows(marks: Iterable[Mark], *, on: date) -> list[Row]:
    of_subject: dict[SubjectKey, list[Mark]] = {}
    for mark in marks:
        of_subject.setdefault(mark.subject, []).append(mark)
    since = new_since(on)
    return sorted((_row(key, theirs, since) for key, theirs in of_subject.items()), key=_place)


def _key(flag: Flag) -> SubjectKey:
    kind = flag.subject_kind
    return kind, getattr(flag, f"{kind}_id")


def _row(key: SubjectKey, marks: list[Mark], since: date) -> Row:
    marks.sort(key=_weight)
    return Row(
        *key,
        standing=Standing.REACH if marks[0].is_to_reach else Standing.WATCH,
        marks=marks,
        is_new=min(mark.raised_on for mark in marks) >= since,
        is_taken=any(mark.state == Flag.State.TAKEN for mark in marks),
    )


def _weight(mark: Mark) -> tuple[bool, int, date, int]:
    """What is to reach, then severity, then the oldest."""
    return not mark.is_to_reach, RANKS[mark.severity], mark.raised_on, mark.pk


def _place(row: Row) -> tuple[bool, int, bool, date, str, int]:
    """Severity, then what nobody has in charge, then the longest silence."""
    first = row.first
    return (
        row.standing == Standing.WATCH,
        RANKS[first.severity],
        first.state != Flag.State.OPEN,
        row.silent_since,
        row.kind,
        row.pk,
    )


def _last_met(on: date) -> Coalesce:
    """The day of the last held meeting of a finding's relation or group, ``on`` or before."""
    of_dyad = DyadMeeting.objects.meetings().filter(dyad=OuterRef("dyad"))
    of_group = GroupMeeting.objects.filter(group=OuterRef("group"))
    return Coalesce(
        *(
            Subquery(meetings.kept().held().filter(on__lte=on).order_by("-on").values("on")[:1])
            for meetings in (of_dyad, of_group)
        )
    )
