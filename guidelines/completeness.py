"""How complete the log is: the share of planned meetings that somebody logged, shown beside every finding."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

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


def logged_share(
    dyad_meetings: "QuerySet[DyadMeeting, Any]", group_meetings: "QuerySet[GroupMeeting, Any]", *, since: date, on: date
) -> Share | None:
    """The share of the meetings planned from ``since`` whose time to be logged is over, or nothing without any.

    One query. Contacts are no meetings and are left out.
    """
    until = on - timedelta(days=LOGGING_GRACE_DAYS)
    due = Q(planned=True, on__gte=since, on__lte=until)
    contacts = Q(channel__in=DyadMeeting.CONTACT_CHANNELS)
    counts = [
        _by_status(dyad_meetings.filter(due).exclude(contacts)),
        _by_status(group_meetings.filter(due)),
    ]
    logged = planned = 0
    for status, number in counts[0].union(counts[1], all=True):
        planned += number
        logged += number if status != DyadMeeting.Status.PLANNED else 0
    return Share(logged, planned) if planned else None


def _by_status(meetings: QuerySet[Any]) -> QuerySet[Any, tuple[str, int]]:
    counted: QuerySet[Any, tuple[str, int]] = meetings.order_by().values("status").annotate(number=Count("pk"))
    return counted.values_list("status", "number")
