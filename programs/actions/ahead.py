"""Keep planned meetings ahead of the timetables: one way for groups and for dyads."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from people.models import SchoolBoard
from people.models.base import active_on
from programs.models import Program, SchoolDay, SchoolYear
from programs.models.records import MeetingRecord
from programs.models.timetables import TimetableSlot

AHEAD = timedelta(weeks=4)

M = TypeVar("M", bound=MeetingRecord)

ClassDays = dict[int, dict[date, int]]
"""School → class day → its ordinal in its school year, 1 being the year's first class day."""

Key = tuple[int, date]
"""Timetable and day."""


class Claim(NamedTuple):
    """A slot that asks for meetings: of which group or dyad, in which programme, and on which days it may."""

    slot: TimetableSlot
    subject_id: int
    program: Program
    is_open: Callable[[date], bool]

    @property
    def minutes(self) -> int | None:
        return self.slot.minutes or self.program.minutes


def slots_ahead(on: date) -> Q:
    """The slots that may ask for a meeting from ``on`` to four weeks later."""
    return active_on(on) | Q(starts_on__gt=on, starts_on__lt=on + AHEAD)


def keep_ahead(
    *, board: SchoolBoard, on: date, until: date, subject: str, claims: Sequence[Claim], rows: QuerySet[M]
) -> int:
    """Plan what the claims ask for, on class days in ``[on, until)``; the number of rows made.

    ``subject`` names the foreign key of ``rows`` to the group or the dyad. Rows made earlier that nobody touched and
    that no claim asks for any more go; one whose hour changes stays itself, since somebody may have its page open.
    Never a second row for one subject, day and hour, nor for one slot and day. Run twice, it changes nothing. The
    number of queries does not grow with the claims (rows go in by batches).
    """
    schools = {claim.program.school_id for claim in claims}
    ordinals = class_day_ordinals(board, schools, since=on, until=until)
    wanted = {
        (claim.slot.pk, day): claim
        for claim in claims
        for day, ordinal in ordinals[claim.program.school_id].items()
        if on <= day < until and _falls_on(claim, day, ordinal)
    }
    stale, taken, hours = _sort_out(rows.filter(on__gte=on, on__lt=until).defer("note"), subject, wanted)
    spare = defaultdict(list)
    for row in stale:
        spare[attrgetter(f"{subject}_id", "on")(row)].append(row)
    lacking, moved = [], []
    for (pk, day), claim in sorted(wanted.items(), key=lambda item: item[0]):
        hour = (claim.subject_id, day, claim.slot.starts_at)
        # A row without an hour stands for the day's meeting, whichever hour that was.
        if (pk, day) not in taken and not {hour, (claim.subject_id, day, None)} & hours:
            hours.add(hour)
            if rivals := spare[claim.subject_id, day]:
                row = min(rivals, key=lambda rival: rival.timetable_id != pk)  # type: ignore[attr-defined]
                rivals.remove(row)
                row.timetable_id, row.starts_at, row.minutes = pk, claim.slot.starts_at, claim.minutes  # type: ignore[attr-defined]
                moved.append(row)
            else:
                lacking.append(_row(rows.model, board, subject, claim, day))
    # Rows that nobody touched have no memory worth keeping: no signal, no history, whatever their number.
    # Their state is asked again: someone may have logged one, or put it aside, since it was read.
    untouched = rows.model._default_manager.filter(status=MeetingRecord.Status.PLANNED, deleted_at__isnull=True)
    if outdated := {row.pk for row in stale} - {row.pk for row in moved}:
        gone = untouched.filter(pk__in=outdated)
        gone._raw_delete(gone.db)
    if moved:  # after those: one of them may hold the slot and the day that another takes
        untouched.bulk_update(moved, ["timetable", "starts_at", "minutes"], batch_size=200)
    rows.model._default_manager.bulk_create(lacking, ignore_conflicts=True)
    return len(lacking) + len(moved)


def drop_beyond(*, on: date, rows: QuerySet[M]) -> int:
    """Take away what a clock that was ahead planned further than four weeks ahead and nobody touched; how many."""
    planned = rows.filter(status=MeetingRecord.Status.PLANNED, deleted_at__isnull=True, on__gte=on + AHEAD)
    gone = planned.filter(timetable__isnull=False)
    return gone._raw_delete(gone.db)


def class_day_ordinals(board: SchoolBoard, schools: Iterable[int], *, since: date, until: date) -> ClassDays:
    """The class days of each school, numbered within their school year, at least from ``since`` to ``until``."""
    starts = list(
        SchoolYear.objects.filter(board=board, starts_on__lte=until)
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
    )
    first = starts[max(bisect_right(starts, since) - 1, 0)] if starts else since
    days = SchoolDay.objects.class_days().filter(school__in=schools, date__gte=min(first, since), date__lte=until)
    ordinals: ClassDays = defaultdict(dict)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for school, day in days.order_by("date").values_list("school", "date"):
        year = (school, bisect_right(starts, day))
        counts[year] += 1
        ordinals[school][day] = counts[year]
    return ordinals


def _falls_on(claim: Claim, day: date, ordinal: int) -> bool:
    """Whether a claim asks for a meeting on a class day, the ``ordinal``-th of its school year."""
    slot = claim.slot
    if (slot.starts_on and day < slot.starts_on) or (slot.ends_on and day >= slot.ends_on):
        return False
    if not claim.is_open(day):
        return False
    if slot.weekday is not None:
        return day.isoweekday() == slot.weekday
    cycle = claim.program.cadence_days
    return bool(cycle) and (ordinal - 1) % (cycle or 1) + 1 == slot.cycle_day


def _sort_out(
    rows: Iterable[M], subject: str, wanted: dict[Key, Claim]
) -> tuple[list[M], set[Key], set[tuple[object, ...]]]:
    """The rows to drop, then the slots and the hours already taken."""
    stale: list[M] = []
    taken: set[Key] = set()
    hours: set[tuple[object, ...]] = set()
    links = attrgetter("timetable_id", f"{subject}_id")
    for row in rows:
        timetable_id, subject_id = links(row)
        claim = wanted.get((timetable_id, row.on))
        untouched = timetable_id is not None and not row.is_logged and row.deleted_at is None
        if untouched and (claim is None or (row.starts_at, row.minutes) != (claim.slot.starts_at, claim.minutes)):
            stale.append(row)
            continue
        if timetable_id is not None:
            taken.add((timetable_id, row.on))
        if row.deleted_at is None and not row.is_contact:
            hours.add((subject_id, row.on, row.starts_at))
    return stale, taken, hours


def _row(model: type[M], board: SchoolBoard, subject: str, claim: Claim, day: date) -> M:
    links = {f"{subject}_id": claim.subject_id, "timetable_id": claim.slot.pk}
    return model(
        board=board,
        on=day,
        status=MeetingRecord.Status.PLANNED,
        starts_at=claim.slot.starts_at,
        minutes=claim.minutes,
        planned=True,
        **links,
    )
