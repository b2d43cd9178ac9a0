"""When a student is matched anew: which earlier end asks for a reason (§3.2). One reading for the action and pages."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Min, Q

from mentoring.models import Dyad, DyadMeeting
from mentoring.models.partings import NextStep
from mentoring.numbers import EARLY_MONTHS, REMATCH_DAYS
from people.months import months_between
from programs.numbers import InForce


def ended_before(students: Iterable[int], before: date) -> dict[int, list[Dyad]]:
    """By student, the dyads of their board that had ended by a date, the last first; not those handed over as planned.

    One query.
    """
    held = Q(meetings__status=DyadMeeting.Status.HELD, meetings__deleted_at__isnull=True)
    met = held & ~Q(meetings__channel__in=DyadMeeting.CONTACT_CHANNELS)
    rows = (
        Dyad.objects.filter(student__in=list(students), ends_on__lte=before, planned_handover=False)
        .annotate(first_met_on=Min("meetings__on", filter=met), next_step=F("parting__next_step"))
        .order_by("-ends_on", "-pk")
    )
    found: dict[int, list[Dyad]] = defaultdict(list)
    for row in rows:
        found[row.student_id].append(row)
    return found


def asks_why(ended: Iterable[Dyad], *, mentor: int, before: date, numbers: InForce) -> Dyad | None:
    """Of a student's ended dyads (``ended_before``), the last with somebody else that asks why they are matched anew.

    It ended early: too short, the length running from the first held meeting or from the start when there was none, or
    before its time; or it ended a few days ago only.
    """
    return next((dyad for dyad in ended if dyad.mentor_id != mentor and _asks(dyad, before, numbers)), None)


def ended_early(dyad: Any, numbers: InForce) -> bool:
    """Of a row of ``ended_before``."""
    early = numbers.worth(EARLY_MONTHS, dyad.program_id)
    if months_between(dyad.first_met_on or dyad.starts_on, dyad.ends_on) < early:
        return True
    return dyad.committed_until is not None and dyad.ends_on < dyad.committed_until


def waits_until(ended: Iterable[Any], numbers: InForce, on: date) -> date | None:
    """Of rows of ``ended_before``: the day to come before which it was decided not to match the student anew."""
    waits = (row for row in ended if row.next_step == NextStep.WAIT)
    days = (row.ends_on + timedelta(days=numbers.worth(REMATCH_DAYS, row.program_id)) for row in waits)
    return max((day for day in days if day > on), default=None)


def _asks(dyad: Dyad, before: date, numbers: InForce) -> bool:
    assert dyad.ends_on is not None  # noqa: S101 - ``ended_before`` gives no other
    recent = (before - dyad.ends_on).days < numbers.worth(REMATCH_DAYS, dyad.program_id)
    return recent or ended_early(dyad, numbers)
