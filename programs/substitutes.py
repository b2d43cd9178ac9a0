"""Who stands in for whom, on which days, and who is credited with a meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from people.models import User
from people.wording import spoken
from programs.models import MeetingRecord, Substitute, SupportGroup
from programs.models.groups import SubstituteQuerySet

DAY = timedelta(days=1)
USUAL = 0
"""Said of who met: the usual adult, whatever their id."""


def covers(row: Substitute, day: date) -> bool:
    return row.starts_on <= day < row.ends_on


def covering(rows: Iterable[Substitute], day: date, person: User | None = None) -> Substitute | None:
    """The row of a day; the person's own when there are several."""
    of_the_day = [row for row in rows if covers(row, day)]
    mine = [row for row in of_the_day if person is not None and row.person_id == person.pk]
    return next(iter([*mine, *of_the_day]), None)


def other_day(rows: SubstituteQuerySet[Any], person: User, day: date, any_day: "models.QuerySet[models.Model]") -> str:
    """Why someone who only stands in may not log this day; empty when they may.

    Only the ranges still open to them count, of the ``rows`` of a group or a dyad. ``any_day`` holds that group or
    dyad when the person logs it on another ground: then every day is theirs.
    """
    mine = list(rows.open_to(person))
    if not mine or any(covers(row, day) for row in mine) or any_day.exists():
        return ""
    last = max(mine, key=lambda row: row.ends_on)
    words = _("Vous remplacez du %(first)s au %(last)s\u00a0: choisissez un jour de cette période.")
    return words % {"first": spoken(last.starts_on), "last": spoken(last.ends_on - DAY)}


def refuse_other_day(
    rows: SubstituteQuerySet[Any], person: User, day: date, any_day: "models.QuerySet[models.Model]"
) -> None:
    if words := other_day(rows, person, day, any_day):
        raise ValidationError({"day": ValidationError(words, code="other_day")})


def who_met(
    record: MeetingRecord, rows: Sequence[Substitute], *, status: str, day: date, person: User, met_by: int | None
) -> int | None:
    """The id of who met, None for the usual adult: credit stays with whoever was there.

    ``met_by`` is the answer: an id, ``USUAL``, or None when nobody was asked. Unasked, the substitute of the day is
    credited, and a correction leaves the credit as it is. On a day without a substitute, nobody new is credited.
    """
    if status != MeetingRecord.Status.HELD:
        return None
    row = covering(rows, day, person)
    if met_by == USUAL:
        return None
    if met_by is not None:
        return met_by if row else record.met_by_id
    if record.status == MeetingRecord.Status.HELD:
        return record.met_by_id
    return row.person_id if row else None


@dataclass(frozen=True)
class Tenure:
    """Who accompanied a group, from a day on, to the first day that no longer counts; or stood in for that adult."""

    person: User
    starts_on: date
    ends_on: date | None
    reason: str = ""
    is_substitute: bool = False


def tenures(group: SupportGroup) -> list[Tenure]:
    """The adults in charge of a group and their substitutes, the latest first. Two queries."""
    leads = [
        Tenure(row.person, row.starts_on, row.ends_on, row.get_reason_display())
        for row in group.leads.select_related("person")
    ]
    substitutes = [
        Tenure(row.person, row.starts_on, row.ends_on, is_substitute=True)
        for row in group.substitutes.select_related("person")
    ]
    return sorted([*leads, *substitutes], key=lambda tenure: (tenure.starts_on, tenure.is_substitute), reverse=True)


def close_other_days(
    records: "Iterable[MeetingRecord]",
    rows: SubstituteQuerySet[Any],
    person: User,
    any_day: "models.QuerySet[models.Model]",
) -> None:
    """Mark ``is_closed`` on the records of days that whoever only stands in may not log."""
    mine = list(rows.open_to(person))
    if mine and not any_day.exists():
        for record in records:
            record.is_closed = not any(covers(row, record.on) for row in mine)
