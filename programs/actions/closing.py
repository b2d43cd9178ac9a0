"""What a change of the calendar does to the meetings planned on its days, in the same transaction."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from people.models import School
from programs.actions.planning import plan_ahead
from programs.log.history import remember
from programs.log.relation_kinds import MeetingKind, meeting_kinds
from programs.models import MeetingRecord

LONGEST_BACK = timedelta(days=30)
"""Days that reopen are planned again this far back: as long as a meeting is ordinarily logged."""


def take_away(*, school: School, days: Collection[date]) -> int:
    """The meetings planned on days that lose their class go, of groups and dyads: nobody is asked to confirm them.

    What is logged stays, and so do calls and messages. What somebody planned by hand, or logged and took back, is set
    aside with its history: it returns when the day reopens. How many went.
    """
    return sum(_take_away(kind, rows) for kind, rows in _planned(school, days, gone=False))


def bring_back(*, school: School, days: Collection[date], on: date) -> None:
    """Plan again what days that get class back asked for, up to thirty days back."""
    recent = sorted(day for day in days if day >= on - LONGEST_BACK)
    for kind, rows in _planned(school, recent, gone=True):
        for row in _locked(kind, rows):
            remember(row)
            row.deleted_at = None
            row.save()
    for day in recent:
        if day < on:
            plan_ahead(board=school.board, on=day, until=day + timedelta(days=1), school=school)


def planned_on(school: School, days: Collection[date]) -> int:
    """How many meetings are planned on these days."""
    return sum(rows.count() for _kind, rows in _planned(school, days, gone=False)) if days else 0


def _planned(
    school: School, days: Collection[date], *, gone: bool
) -> Iterator[tuple[MeetingKind[Any, Any, Any], "QuerySet[Any]"]]:
    for kind in meeting_kinds():
        where = {f"{kind.program}__school": school, "on__in": days, "deleted_at__isnull": not gone}
        yield kind, kind.model._default_manager.filter(status=MeetingRecord.Status.PLANNED, **where)


def _take_away(kind: MeetingKind[Any, Any, Any], rows: "QuerySet[Any]") -> int:
    meetings = [row for row in rows.defer("note") if not row.is_contact]
    told = set(kind.model.history.filter(id__in=[row.pk for row in meetings]).values_list("id", flat=True))
    by_itself = {row.pk for row in meetings if row.timetable_id is not None} - told
    gone = rows.filter(pk__in=by_itself)
    count = gone._raw_delete(gone.db) or 0  # nobody touched them: they have no memory, as in ``keep_ahead``
    now = timezone.now()
    for row in _locked(kind, rows.filter(pk__in={row.pk for row in meetings} - by_itself)):
        remember(row)
        row.deleted_at = now
        row.save()
        count += 1
    return count


def _locked(kind: MeetingKind[Any, Any, Any], rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.select_related(kind.owner).select_for_update(of=("self",))
