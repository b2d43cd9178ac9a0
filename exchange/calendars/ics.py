"""The events of an iCalendar file, by the day: repeated ones each time, cancelled ones never."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from icalendar import Calendar

from exchange.calendars.events import Event
from exchange.encodings import encoding_of
from exchange.lines import read_text
from exchange.reading import Member, refuse
from people.fields import FIRST, LAST

DAY = timedelta(days=1)
MOST_EVENTS, MOST_TIMES, YEARS_AHEAD = 5_000, 400, 3
BY_DAYS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def read_ics(member: Member, zone: ZoneInfo) -> list[Event]:
    """Every event in the order of its days; an hour is of the day on which it falls in the zone.

    A repetition is followed for three years. Raises ``Refused`` for a file that is no calendar, or has too many events.
    """
    with read_text(member, encoding_of(member)) as text:
        content = text.read()
    try:
        calendars: Any = Calendar.from_ical(content.lstrip("\ufeff"), multiple=True)
        found: list[Any] = [row for calendar in calendars for row in calendar.walk("VEVENT")]
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise refuse(member.name, _("ce n’est pas un calendrier iCalendar (.ics), ou il est endommagé.")) from error
    if not calendars:
        raise refuse(member.name, _("ce n’est pas un calendrier iCalendar (.ics), ou il est endommagé."))
    if len(found) > MOST_EVENTS:
        raise refuse(member.name, _("le calendrier a plus de %(max)s événements.") % {"max": MOST_EVENTS})
    alone = [row for row in found if _has(row, "RECURRENCE-ID")]
    moved = {(str(row.get("UID", "")), _day(row["RECURRENCE-ID"].dt, zone)) for row in alone}
    events = [event for row in found for event in _events(row, zone, moved)]
    return sorted(events, key=lambda event: (event.first_on, event.last_on))


def _has(row: Any, name: str) -> bool:
    """Whether a date stands there that could be read."""
    return isinstance(getattr(row.get(name), "dt", None), date)


def _events(row: Any, zone: ZoneInfo, moved: set[tuple[str, date]]) -> Iterator[Event]:
    if str(row.get("STATUS", "")).upper() == "CANCELLED" or not _has(row, "DTSTART"):
        return
    first, text = _day(row["DTSTART"].dt, zone), str(row.get("SUMMARY", ""))
    if not FIRST <= first <= LAST:
        return
    length = max(_last(row, first, zone) - first, timedelta(0))
    for start in _starts(row, first, zone):
        if _has(row, "RECURRENCE-ID") or (str(row.get("UID", "")), start) not in moved:
            yield Event.told(start, start + length, text)


def _day(moment: date, zone: ZoneInfo) -> date:
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()


def _last(row: Any, first: date, zone: ZoneInfo) -> date:
    """The last day: an end is the first day that no longer counts, and one that is not after the start is one day."""
    if _has(row, "DTEND"):
        end: date = row["DTEND"].dt
        if isinstance(end, datetime):
            return _day(end - timedelta(microseconds=1), zone)
        return max(end - DAY, first)
    length = getattr(row.get("DURATION"), "dt", None)
    return first + max(length - timedelta(microseconds=1), timedelta(0)) if isinstance(length, timedelta) else first


def _starts(row: Any, first: date, zone: ZoneInfo) -> list[date]:
    """The days on which it begins: its own, those of its rule and those added, but for those taken out."""
    starts = {first, *_dates(row.get("RDATE"), zone)}
    for rule in _listed(row.get("RRULE")):
        frequency = [str(part).upper() for part in rule.get("FREQ", [])]
        if frequency and frequency[0] in BY_DAYS:
            starts.update(_of_rule(rule, first))
    return sorted(starts - _dates(row.get("EXDATE"), zone))


def _of_rule(rule: Any, first: date) -> Iterator[date]:
    said = {name: value for name, value in rule.items() if str(name).upper() != "UNTIL"}
    text = ";".join(f"{name}={','.join(str(part) for part in value)}" for name, value in said.items())
    until = next((_plain_day(value) for value in rule.get("UNTIL", [])), date.max)
    until = min(until, first.replace(month=1, day=1).replace(year=first.year + YEARS_AHEAD))
    try:
        times = rrulestr(text, dtstart=datetime.combine(first, time()))
    except (ValueError, TypeError):
        return
    for count, moment in enumerate(times):
        if moment.date() > until or count >= MOST_TIMES:
            return
        yield moment.date()


def _plain_day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _dates(values: Any, zone: ZoneInfo) -> set[date]:
    found = [entry.dt for value in _listed(values) for entry in getattr(value, "dts", ())]
    return {_day(moment, zone) for moment in found if isinstance(moment, date)}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
