"""An adult leaves: what they were in charge of ends that day, and nothing more is planned in their name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from people import audit
from people.models import SchoolBoard, User
from people.witness import tell_changed
from programs.actions.planning import plan_ahead
from programs.actions.structure import announce_lead
from programs.audit_verbs import GROUP_LEAD_ENDED
from programs.models import GroupLead


def leads_of(people: Sequence[User], on: date) -> list[GroupLead]:
    """What these people lead on a day or are to lead later, of groups that are open then. One query."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    open_groups = Q(group__ends_on__isnull=True) | Q(group__ends_on__gt=on)
    rows = GroupLead.objects.filter(current, open_groups, person__in=[one.pk for one in people])
    return list(rows.select_related("group__program", "group__board", "person").order_by("pk"))


def end_what_they_led(sender: object, *, people: Sequence[User], at: datetime, **_more: Any) -> None:
    """On the day of the board: their leads end, for the reason « left », and each board is planned again, once."""
    for board in SchoolBoard.objects.filter(pk__in={one.board_id for one in people}):
        on = board.local_date(at)
        leaving = [one for one in people if one.board_id == board.pk]
        for lead in leads_of(leaving, on):
            tell_changed(lead, ends_on=lead.ends_on, reason=lead.reason)
            lead.ends_on, lead.reason = max(on, lead.starts_on), GroupLead.Reason.LEFT
            lead.save()
            audit.record(board=board, person=None, verb=GROUP_LEAD_ENDED, subject=lead, reason=lead.reason)
            announce_lead(lead.group, [lead.person_id], on)
        plan_ahead(board=board, on=on)
