"""What a lead looks at first: one row per relationship or group, with its most severe finding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery

from guidelines.models import Flag, FlagEvent, Severity
from people.models import User
from reports.relations import GroupRow, Relation, by_mentor

WEEK = timedelta(days=7)
SET_ASIDE = (Flag.State.DISMISSED, Flag.State.SNOOZED)
DECISIONS = (FlagEvent.Kind.DISMISSED, FlagEvent.Kind.SNOOZED, FlagEvent.Kind.REOPENED, FlagEvent.Kind.TAKEN)


@dataclass(frozen=True)
class UrgentRow:
    subject: Relation | GroupRow
    kind: str
    flag: Flag
    others: int
    on: date

    @property
    def silence_days(self) -> int | None:
        return (self.on - self.subject.last_on).days if self.subject.last_on else None


@dataclass(frozen=True)
class Urgency:
    """The rows, the most pressing first; and how many relationships and groups there were a week before."""

    rows: list[UrgentRow]
    relations_before: int
    groups_before: int

    @property
    def relations(self) -> int:
        return sum(row.kind == "dyad" for row in self.rows)

    @property
    def groups(self) -> int:
        return sum(row.kind == "group" for row in self.rows)


def urgency(user: User, dyads: Sequence[Relation], groups: Sequence[GroupRow], *, on: date) -> Urgency:
    """The open relationships and groups with a pressing finding; a mentor's is on each of their dyads. One query.

    The list goes by severity, then what nobody has in charge, then the longest silence.
    """
    before = on - WEEK
    decision = FlagEvent.objects.filter(flag=OuterRef("pk"), kind__in=DECISIONS, on__lte=before).order_by("-at", "-pk")
    flags = list(
        Flag.objects.visible_to(user)
        .pressing()
        .filter(Q(cleared_on__isnull=True) | Q(cleared_on__gt=before))
        .annotate(decided_before=Subquery(decision.values("kind")[:1]))
        .select_related("taken_by")
    )
    now = [flag for flag in flags if flag.cleared_on is None and flag.state not in SET_ASIDE]
    then = [flag for flag in flags if flag.raised_on <= before and flag.decided_before not in SET_ASIDE]
    open_now = [row for row in dyads if row.is_open_on(on)]
    open_then = [row for row in dyads if row.is_open_on(before)]
    found = [
        UrgentRow(subject, kind, _first(theirs), len(theirs) - 1, on)
        for kind, subject, theirs in _by_subject(now, open_now, groups)
    ]
    kinds = [kind for kind, _subject, _flags in _by_subject(then, open_then, groups)]
    return Urgency(sorted(found, key=_place), kinds.count("dyad"), kinds.count("group"))


def _by_subject(
    flags: Iterable[Flag], dyads: Sequence[Relation], groups: Sequence[GroupRow]
) -> Iterable[tuple[str, Relation | GroupRow, list[Flag]]]:
    of_dyad: dict[int, list[Flag]] = {row.pk: [] for row in dyads}
    of_group: dict[int, list[Flag]] = {row.pk: [] for row in groups}
    mentored = by_mentor(dyads)
    for flag in flags:
        if flag.dyad_id in of_dyad:
            of_dyad[flag.dyad_id].append(flag)
        elif flag.group_id in of_group:
            of_group[flag.group_id].append(flag)
        for row in mentored.get(flag.mentor_id or 0, ()):
            of_dyad[row.pk].append(flag)
    yield from (("dyad", row, of_dyad[row.pk]) for row in dyads if of_dyad[row.pk])
    yield from (("group", row, of_group[row.pk]) for row in groups if of_group[row.pk])


def _first(flags: Sequence[Flag]) -> Flag:
    return min(flags, key=lambda flag: (Severity(flag.severity).rank, flag.state == Flag.State.TAKEN, flag.raised_on))


def _place(row: UrgentRow) -> tuple[int, bool, date, str, int]:
    rank = Severity(row.flag.severity).rank
    return rank, row.flag.state == Flag.State.TAKEN, row.subject.last_on or date.min, row.kind, row.subject.pk
