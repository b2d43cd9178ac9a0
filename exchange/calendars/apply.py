"""Bring the days of a calendar into a school: what is understood and of a school year; nothing else is touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from exchange.audit_verbs import CALENDAR_IMPORTED
from exchange.calendars.events import Edge, Event
from people import audit
from people.models import School, User
from programs.actions.calendar import Changed, Marks, change_days
from programs.actions.years import open_school_year
from programs.calendars.spans import DaySpan, marks_of
from programs.models import SchoolDay, SchoolYear

LONGEST = timedelta(days=120)
"""More than any holiday of a year; an event that lasts longer tells something else."""


@dataclass
class Applied:
    """What became of the events, each in one of these lists."""

    understood: list[Event] = field(default_factory=list)
    unknown: list[Event] = field(default_factory=list)
    outside: list[Event] = field(default_factory=list)
    opened: SchoolYear | None = None
    without_class: bool = False
    days: int = 0
    changed: Changed = field(default_factory=Changed)


def understood(event: Event) -> bool:
    return event.kind is not None and event.last_on - event.first_on <= LONGEST


def edges(events: Iterable[Event]) -> tuple[date, date] | None:
    """The first and the last day of class, when the calendar tells both of one year."""
    known = {edge: [event for event in events if event.edge == edge] for edge in Edge}
    if not all(known.values()):
        return None
    first = min(event.first_on for event in known[Edge.FIRST])
    last = max(event.last_on for event in known[Edge.LAST])
    return (first, last) if timedelta(0) < last - first <= timedelta(days=366) else None


@transaction.atomic
def import_calendar(
    *, school: School, events: Sequence[Event], person: User | None, on: date, dry_run: bool = False
) -> Applied:
    """Apply a calendar to a school. A year that it tells from its first to its last day of class is opened if need be.

    ``dry_run`` does everything, then takes it back.
    """
    done = Applied(
        understood=[event for event in events if understood(event)],
        unknown=[event for event in events if not understood(event)],
    )
    span = edges(done.understood)
    in_span = school.days.filter(date__range=span) if span else school.days.none()
    if span and not in_span.exists():
        label = f"{span[0].year}-{span[1].year}"
        label = _known_label(school, span) or label
        done.opened, done.days = open_school_year(
            board=school.board, schools=[school], label=label, first_on=span[0], last_on=span[1], person=person, on=on
        )
    _change(done, school, person, on)
    audit.record(board=school.board, person=person, verb=CALENDAR_IMPORTED, subject=school)
    if dry_run:
        transaction.set_rollback(True)
    return done


def _change(done: Applied, school: School, person: User | None, on: date) -> None:
    spans = list(SchoolYear.objects.filter(board=school.board_id).values_list("starts_on", "ends_on"))
    open_on = SchoolDay.objects.class_days().filter(school=school).values_list("date", flat=True)
    spans_told = [DaySpan(one.first_on, one.last_on, one.kind) for one in done.understood]
    marks = marks_of(spans_told, open_on)
    inside = {day: kind for day, kind in marks.items() if any(start <= day < end for start, end in spans)}
    done.outside = [event for event in done.understood if not _within(event, spans)]
    done.changed = change_days(school=school, marks=inside, person=person, on=on)
    of_years = [school.days.filter(kind="class", date__gte=start, date__lt=end) for start, end in _met(spans, inside)]
    done.without_class = any(not days.exists() for days in of_years)


def _met(spans: Iterable[tuple[date, date]], marks: Marks) -> list[tuple[date, date]]:
    return [(start, end) for start, end in spans if any(start <= day < end for day in marks)]


def _within(event: Event, spans: Iterable[tuple[date, date]]) -> bool:
    return any(event.first_on < end and start <= event.last_on for start, end in spans)


def _known_label(school: School, span: tuple[date, date]) -> str:
    year = SchoolYear.objects.filter(board=school.board_id, starts_on__lte=span[0], ends_on__gt=span[1]).first()
    return year.label if year else ""
