"""How complete the log is: the share of planned meetings that somebody logged, shown beside every finding."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Value

from mentoring.models import DyadMeeting
from programs.models import GroupMeeting
from programs.models.programs import LOGGING_GRACE_DAYS


@dataclass(frozen=True)
class Share:
    logged: int
    planned: int

    @property
    def percent(self) -> int:
        """Rounded down: « 100 % » means all of them."""
        return self.logged * 100 // self.planned


def due_by(on: date) -> date:
    """The latest day whose meetings are no longer given time to be logged."""
    return on - timedelta(days=LOGGING_GRACE_DAYS)


def logged_share(
    dyad_meetings: "QuerySet[DyadMeeting, Any]",
    group_meetings: "QuerySet[GroupMeeting, Any]",
    *,
    since: date,
    until: date,
) -> Share | None:
    """The share of the meetings planned from one day to another, both included, or nothing without any.

    One query. Contacts are no meetings and are left out.
    """
    return _shares(dyad_meetings, group_meetings, _ALL, since=since, until=until).get(None)


def logged_by_program(
    dyad_meetings: "QuerySet[DyadMeeting, Any]",
    group_meetings: "QuerySet[GroupMeeting, Any]",
    *,
    since: date,
    until: date,
) -> dict[int, Share]:
    """The same by programme, of the meetings planned from one day to another, both included. One query."""
    program = {"dyad": F("dyad__program"), "group": F("group__program")}
    found = _shares(dyad_meetings, group_meetings, program, since=since, until=until)
    return {pk: share for pk, share in found.items() if pk is not None}


_ALL: dict[str, Any] = {kind: Value(None, output_field=IntegerField()) for kind in ("dyad", "group")}


def _shares(
    dyad_meetings: "QuerySet[DyadMeeting, Any]",
    group_meetings: "QuerySet[GroupMeeting, Any]",
    of: dict[str, Any],
    *,
    since: date,
    until: date,
) -> dict[int | None, Share]:
    due = Q(planned=True, on__gte=since, on__lte=until)
    contacts = Q(channel__in=DyadMeeting.CONTACT_CHANNELS)
    counts = [
        _by_status(dyad_meetings.filter(due).exclude(contacts), of["dyad"]),
        _by_status(group_meetings.filter(due), of["group"]),
    ]
    found: dict[int | None, Share] = {}
    for key, status, number in counts[0].union(counts[1], all=True):
        share = found.get(key, Share(0, 0))
        logged = number if status != DyadMeeting.Status.PLANNED else 0
        found[key] = Share(share.logged + logged, share.planned + number)
    return found


def _by_status(meetings: QuerySet[Any], of: Any) -> QuerySet[Any, Any]:
    counted: QuerySet[Any, Any] = meetings.order_by().annotate(of=of).values("of", "status")
    told: QuerySet[Any, Any] = counted.annotate(number=Count("pk")).values_list("of", "status", "number")
    return told
