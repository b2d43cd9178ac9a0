"""Say when a group meets, from a day on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import User
from programs.actions import slots
from programs.actions.planning import plan_ahead
from programs.actions.slots import Change
from programs.audit_verbs import GROUP
from programs.models import GroupTimetable, SupportGroup
from programs.signals import group_changed


@transaction.atomic
def put_slot(*, group: SupportGroup, change: Change, person: User | None, on: date) -> GroupTimetable:
    """Meet at this slot from a day on, beside the others or in place of one or of all.

    The next four weeks are planned again, except what somebody touched. The same slot sent twice is one.
    """
    group = SupportGroup.objects.select_for_update(of=("self",)).select_related("board", "program").get(pk=group.pk)
    outside = _("Le groupe n’existe pas à cette date. Choisissez un jour où il est ouvert.")
    slots.check(change, group.program, on=on, opens=group.starts_on, closes=group.ends_on, outside=outside)
    row: GroupTimetable
    row, is_new = slots.put(group.timetables.all(), change, on=on, group=group)
    if is_new:
        audit.record(board=group.board, person=person, verb=GROUP.slot_added, subject=row)
    _planned_again(group, on)
    return row


@transaction.atomic
def end_slot(*, slot: GroupTimetable, person: User | None, on: date) -> None:
    """No longer meet at this slot, from today on. Twice changes nothing."""
    group = (
        SupportGroup.objects.select_for_update(of=("self",)).select_related("board", "program").get(pk=slot.group_id)
    )
    for row in slots.open_slots(group.timetables.filter(pk=slot.pk), on):
        audit.record(board=group.board, person=person, verb=GROUP.slot_ended, subject=row)
        slots.end(row, on)
    _planned_again(group, on)


def _planned_again(group: SupportGroup, on: date) -> None:
    plan_ahead(board=group.board, on=on, group=group)
    group_changed.send(sender=SupportGroup, group=group, on=on)
