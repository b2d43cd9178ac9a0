"""Plan the groups' meetings to come."""

from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Q

from people.models import SchoolBoard
from programs.actions.ahead import AHEAD, Claim, keep_ahead, slots_ahead
from programs.days import is_open
from programs.models import GroupMeeting, GroupTimetable, SupportGroup


@transaction.atomic
def plan_ahead(*, board: SchoolBoard, on: date, group: SupportGroup | None = None) -> int:
    """Keep planned meetings four weeks ahead of the timetables of a board, or of one group (``keep_ahead``)."""
    slots = GroupTimetable.objects.filter(
        slots_ahead(on),
        Q(group=group) if group is not None else Q(),
        Q(group__ends_on__isnull=True) | Q(group__ends_on__gt=on),
        group__board=board,
        group__starts_on__lt=on + AHEAD,
    ).select_related("group__program")
    claims = [Claim(slot, slot.group_id, slot.group.program, partial(is_open, slot.group)) for slot in slots]
    rows = GroupMeeting.objects.filter(Q(group=group) if group is not None else Q(), board=board)
    return keep_ahead(board=board, on=on, subject="group", claims=claims, rows=rows)
