"""An adult leaves: what they were in charge of ends that day, and nothing more is planned in their name."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from people import audit
from people.models import SchoolBoard, User
from people.witness import tell_changed
from programs.actions.planning import plan_ahead
from programs.actions.structure import announce_lead
from programs.audit_verbs import GROUP_LEAD_ENDED
from programs.log.history import remember
from programs.log.relation_kinds import meeting_kinds
from programs.models import GroupLead, MeetingRecord

DAY = timedelta(days=1)


def leads_of(people: Sequence[User], on: date) -> list[GroupLead]:
    """What these people lead on a day or are to lead later, of groups that are open then. One query."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    open_groups = Q(group__ends_on__isnull=True) | Q(group__ends_on__gt=on)
    rows = GroupLead.objects.filter(current, open_groups, person__in=[one.pk for one in people])
    return list(rows.select_related("group__program", "group__board", "person").order_by("pk"))


def hand_planned(board: SchoolBoard, on: date) -> dict[type[MeetingRecord], list[MeetingRecord]]:
    """The meetings to come that no timetable plans and that nobody can hold: their adult left, and no one stands in.

    Five queries a kind of meeting at most, whatever their number.
    """
    found = {}
    for kind in meeting_kinds():
        noun, relations = kind.owner, kind.model.relation_model()
        rows = kind.model._default_manager.kept().filter(board=board, on__gte=on, status=MeetingRecord.Status.PLANNED)
        latest = rows.aggregate(latest=Max("on"))["latest"]
        pks = set(rows.order_by().values_list(noun, flat=True).distinct()) if latest else set()
        alone = relations.left_alone(pks, on, latest + DAY) if pks else {}
        planned = rows.filter(**{f"{noun}__in": alone}).order_by("on", "pk") if alone else ()
        found[kind.model] = [row for row in planned if _is_in(row.on, alone[getattr(row, f"{noun}_id")])]
    return found


def _is_in(day: date, spans: Iterable[tuple[date, date]]) -> bool:
    return any(start <= day < end for start, end in spans)


def call_off_left(*, board: SchoolBoard, on: date) -> int:
    """Set these meetings aside, as what is undone in the log: they can be put back for as long. How many."""
    now = timezone.now()  # the same for all: they come back together
    count = 0
    for rows in hand_planned(board, on).values():
        for row in rows:
            remember(row)
            tell_changed(row, deleted_at=None)
            row.deleted_at = now
            row.save()
            count += 1
    return count


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
        call_off_left(board=board, on=on)
