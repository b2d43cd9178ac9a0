"""Plan the meetings to come: rows made from the timetables, on class days."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from people.models import SchoolBoard
from people.models.base import active_on
from programs.models import GroupMeeting, GroupTimetable, SchoolDay, SchoolYear, SupportGroup

HORIZON = timedelta(weeks=4)

ClassDays = dict[int, dict[date, int]]
"""School → class day → its ordinal in its school year, 1 being the year's first class day."""

Key = tuple[int, date]
"""Timetable and day."""


class Taken(NamedTuple):
    slots: set[Key]
    hours: set[tuple[int, date, time | None]]


@transaction.atomic
def plan_ahead(*, board: SchoolBoard, on: date, group: SupportGroup | None = None) -> int:
    """Plan the groups' meetings from ``on`` to four weeks later; the number of rows made.

    1. Find what the timetables ask for, on class days while the group is open.
    2. Drop the rows made earlier that nobody touched and that no timetable asks for any more.
    3. Make what is missing: never a second row for one group, date and hour, nor for one timetable and date.

    Run twice, it changes nothing. The number of queries does not grow with the groups (rows go in by batches).
    """
    slots = _slots(board, on, group)
    ordinals = class_day_ordinals(board, {slot.group.program.school_id for slot in slots}, since=on, until=on + HORIZON)
    wanted = {
        (slot.pk, day): slot
        for slot in slots
        for day, ordinal in ordinals[slot.group.program.school_id].items()
        if on <= day <= on + HORIZON and falls_on(slot, day, ordinal)
    }
    rows = GroupMeeting.objects.filter(board=board, on__gte=on)
    if group is not None:
        rows = rows.filter(group=group)
    taken, stale = _sort_out(rows.defer("note"), wanted)
    if stale:
        # Straight in the database: a row that nobody touched has no attendance and no history to keep.
        outdated = GroupMeeting.objects.filter(pk__in=stale, status=GroupMeeting.Status.PLANNED)
        outdated._raw_delete(outdated.db)
    return _make(wanted, taken)


def falls_on(slot: GroupTimetable, day: date, ordinal: int) -> bool:
    """Whether a slot asks for a meeting on a class day, the ``ordinal``-th of its school year."""
    group = slot.group
    if day < group.starts_on or (group.ends_on and day >= group.ends_on):
        return False
    if (slot.starts_on and day < slot.starts_on) or (slot.ends_on and day >= slot.ends_on):
        return False
    if slot.weekday is not None:
        return day.isoweekday() == slot.weekday
    cycle = group.program.cadence_days
    return bool(cycle) and (ordinal - 1) % (cycle or 1) + 1 == slot.cycle_day


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


def _slots(board: SchoolBoard, on: date, group: SupportGroup | None) -> list[GroupTimetable]:
    until = on + HORIZON
    slots = GroupTimetable.objects.filter(
        Q(group__ends_on__isnull=True) | Q(group__ends_on__gt=on),
        active_on(on) | Q(starts_on__gt=on, starts_on__lte=until),
        group__board=board,
        group__starts_on__lte=until,
    ).select_related("group__program")
    return list(slots.filter(group=group) if group is not None else slots)


def _minutes(slot: GroupTimetable) -> int | None:
    return slot.minutes or slot.group.program.minutes


def _sort_out(rows: Iterable[GroupMeeting], wanted: dict[Key, GroupTimetable]) -> tuple[Taken, list[int]]:
    """What is taken already, and the rows to drop."""
    taken = Taken(set(), set())
    stale: list[int] = []
    for row in rows:
        slot = wanted.get((row.timetable_id or 0, row.on))
        untouched = row.timetable_id is not None and not row.is_logged and row.deleted_at is None
        if untouched and (slot is None or (row.starts_at, row.minutes) != (slot.starts_at, _minutes(slot))):
            stale.append(row.pk)
            continue
        if row.timetable_id is not None:
            taken.slots.add((row.timetable_id, row.on))
        if row.deleted_at is None:
            taken.hours.add((row.group_id, row.on, row.starts_at))
    return taken, stale


def _make(wanted: dict[Key, GroupTimetable], taken: Taken) -> int:
    rows = []
    for (timetable_id, day), slot in sorted(wanted.items()):
        hour = (slot.group_id, day, slot.starts_at)
        # A row without an hour stands for the day's meeting, whichever hour that was.
        if (timetable_id, day) in taken.slots or hour in taken.hours or (slot.group_id, day, None) in taken.hours:
            continue
        taken.hours.add(hour)
        rows.append(
            GroupMeeting(
                board_id=slot.group.board_id,
                group_id=slot.group_id,
                timetable=slot,
                on=day,
                status=GroupMeeting.Status.PLANNED,
                starts_at=slot.starts_at,
                minutes=_minutes(slot),
                planned=True,
            )
        )
    GroupMeeting.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
