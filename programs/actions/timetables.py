"""Say when a group meets every week, from a day on."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from programs.actions.checks import MINUTES
from programs.actions.planning import plan_ahead
from programs.actions.structure import WeeklySlot
from programs.models import GroupTimetable, SupportGroup
from programs.signals import group_changed


@transaction.atomic
def add_slot(
    *, group: SupportGroup, slot: WeeklySlot, starts_on: date, replaces: bool, person: User | None, on: date
) -> GroupTimetable:
    """Meet at this weekly slot from a day on; with ``replaces``, the other slots end that day.

    The next four weeks are planned again, except what somebody touched. The same slot sent twice is one.
    """
    group = SupportGroup.objects.select_for_update(of=("self",)).select_related("board", "program").get(pk=group.pk)
    _check(group, slot, starts_on, on)
    rows = group.timetables.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    same = rows.filter(
        weekday=slot.weekday, starts_at=slot.starts_at, minutes=slot.minutes, place=slot.place, starts_on=starts_on
    ).first()
    if replaces:
        for row in rows:
            if row != same:
                _end(row, starts_on)
    if same is None:
        same = GroupTimetable.objects.create(
            group=group, weekday=slot.weekday, starts_at=slot.starts_at, minutes=slot.minutes, place=slot.place,
            starts_on=starts_on,
        )  # fmt: skip
        audit.record(board=group.board, person=person, verb="add_slot", subject=same)
    _planned_again(group, on)
    return same


@transaction.atomic
def end_slot(*, slot: GroupTimetable, person: User | None, on: date) -> None:
    """No longer meet at this slot, from today on. Twice changes nothing."""
    group = (
        SupportGroup.objects.select_for_update(of=("self",)).select_related("board", "program").get(pk=slot.group_id)
    )
    rows = group.timetables.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), pk=slot.pk)
    for row in rows:
        audit.record(board=group.board, person=person, verb="end_slot", subject=row)
        _end(row, on)
    _planned_again(group, on)


def _end(row: GroupTimetable, on: date) -> None:
    """An end before the beginning would turn the range upside down: such a slot never asked for a meeting."""
    row.ends_on = max(on, row.starts_on) if row.starts_on else on
    row.save()


def _check(group: SupportGroup, slot: WeeklySlot, starts_on: date, on: date) -> None:
    if slot.minutes is not None and slot.minutes not in MINUTES:
        raise ValidationError({"minutes": _("Indiquez une durée de 1 à 300 minutes.")})
    if starts_on < group.starts_on or (group.ends_on is not None and starts_on >= group.ends_on):
        raise ValidationError(
            {"starts_on": _("Le groupe n’existe pas à cette date. Choisissez un jour où il est ouvert.")}
        )
    if starts_on > on + timedelta(days=366):
        raise ValidationError({"starts_on": _("Choisissez un jour de l’année qui vient, au plus tard.")})


def _planned_again(group: SupportGroup, on: date) -> None:
    plan_ahead(board=group.board, on=on, group=group)
    group_changed.send(sender=SupportGroup, group=group, on=on)
