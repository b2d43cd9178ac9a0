"""Recurring slots, of a group or of a dyad: put one, change one from a day on, stop one."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from programs.log.limits import DAY as LONGEST
from programs.log.limits import wrong_minutes
from programs.models import Relation
from programs.models.timetables import TimetableSlot

FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Slot:
    """When one meets again and again: a weekday (1 is Monday) or a day of the school's cycle."""

    weekday: int | None = None
    starts_at: time | None = None
    minutes: int | None = None
    place: str = ""
    cycle_day: int | None = None


@dataclass(frozen=True)
class Change:
    """A slot from a day on, until another (that no longer counts); ``of`` is the slot that it takes the place of.

    With ``replaces``, it takes the place of all others.
    """

    slot: Slot
    starts_on: date
    ends_on: date | None = None
    replaces: bool = False
    of: int | None = None


def open_slots(rows: "QuerySet[Any]", on: date) -> "QuerySet[Any]":
    """Those that ask for meetings today or later."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return rows.filter(later).exclude(starts_on__isnull=False, ends_on__isnull=False, ends_on__lte=F("starts_on"))


def put(rows: "QuerySet[Any]", change: Change, *, on: date, **owner: Model) -> tuple[Any, bool]:
    """The row that says the change, and whether it is new; sent twice, it is one."""
    slot, starts_on = change.slot, change.starts_on
    still = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    same = still.filter(**vars(slot), starts_on=starts_on, ends_on=change.ends_on).first()
    for row in still if change.replaces else still.filter(pk=change.of):
        if row != same:
            end(row, starts_on)
    if same is not None:
        return same, False
    return rows.create(**owner, **vars(slot), starts_on=starts_on, ends_on=change.ends_on), True


def end(row: TimetableSlot, on: date) -> None:
    row.ends_on = end_of(row, on)
    row.save()


def end_of(row: TimetableSlot, on: date) -> date:
    """An end before the beginning would turn the range upside down: such a slot never asked for a meeting."""
    return max(on, row.starts_on) if row.starts_on else on


def check(change: Change, relation: Relation, *, on: date) -> None:
    """Refuse, field by field, a length that does not exist, days upside down or too far, a cycle that is none."""
    wrong = {}
    if words := wrong_minutes(change.slot.minutes, LONGEST):
        wrong["minutes"] = words
    if change.slot.cycle_day is not None and not 1 <= change.slot.cycle_day <= (relation.program.cadence_days or 0):
        wrong["weekday"] = _("Ce jour ne fait pas partie du cycle du programme. Choisissez-en un autre.")
    if outside := relation.why_not_on(change.starts_on):
        wrong["starts_on"] = outside
    elif change.starts_on > on + FARTHEST:
        wrong["starts_on"] = _("Choisissez un jour de l’année qui vient, au plus tard.")
    if change.ends_on is not None and change.ends_on <= change.starts_on:
        wrong["last_on"] = _("Le dernier jour précède le premier.")
    if wrong:
        raise ValidationError(wrong)
