"""One's planned meetings as a calendar: days, hours and initials; never a name."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from people.models import SchoolBoard, User
from people.names import plain
from programs.log.kinds import kind_of
from programs.log.relation_kinds import meeting_kinds
from programs.models import MeetingRecord, Relation

BACK = timedelta(days=31)
USUAL_MINUTES = 30


def calendar_of(person: User, board: SchoolBoard, *, on: date) -> bytes:
    """The iCalendar file of the person's own planned meetings, from a month back. Two queries; the same for the same
    rows. Hours are in UTC, so that no clock reads them otherwise.
    """
    calendar = Calendar()
    for name, value in (("prodid", "-//Accompagnement//FR"), ("version", "2.0"), ("x-wr-calname", _("Accompagnement"))):
        calendar.add(name, value)
    zone = ZoneInfo(board.time_zone)
    for meeting in planned(person, on - BACK):
        calendar.add_component(_event(meeting, zone))
    content: bytes = calendar.to_ical()
    return content


def planned(person: User, since: date) -> Iterator[Any]:
    """One's own, or where one stands in, groups after dyads. A query a kind."""
    for kind in meeting_kinds():
        mine = kind.model.relation_model().objects.entrusted_to(person).values("pk")
        rows = kind.rows().filter(**{f"{kind.owner}__in": mine}, deleted_at__isnull=True, on__gte=since)
        yield from rows.filter(status=MeetingRecord.Status.PLANNED).defer("note").order_by("on", "starts_at", "pk")


def _event(meeting: Any, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", f"{kind_of(meeting).slug}-{meeting.pk}@accompagnement")
    event.add("dtstamp", meeting.saved_at)
    event.add("summary", _("Rencontre, %(initials)s") % {"initials": initials_of(meeting.owner)})
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    if meeting.starts_at is None:
        event.add("dtstart", meeting.on)
        return event
    start = timezone.make_aware(datetime.combine(meeting.on, meeting.starts_at), zone).astimezone(ZoneInfo("UTC"))
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=meeting.minutes or meeting.owner.program.minutes or USUAL_MINUTES))
    return event


def initials_of(relation: Relation) -> str:
    """« I. B. » of a student; the first letter of each word of a group's name."""
    people = list(relation.named_people())
    words = [people[0].given_name, people[0].family_name] if people else str(relation).split()
    return " ".join(f"{plain(word)[0].upper()}." for word in words if plain(word)) or "?"
