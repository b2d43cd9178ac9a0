"""The days that the log page offers first: what the person is likeliest to write down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.retention import LATE_AFTER
from people.text import written
from programs.models import GroupMeeting, MeetingRecord, Relation, SchoolDay, SupportGroup

LOOK_BACK = timedelta(weeks=4)
LONGEST_BREAK = timedelta(weeks=4)
"""Beyond which a day without class is a summer's, and is kept as it is."""
FRIDAY = 5


def likely_days(group: SupportGroup, on: date, asked: date | None = None) -> list[date]:
    """Today, then one more: the day asked for, else the latest that waits for its log, else the last class day."""
    days = [on] if group.is_open_on(on) else []
    earlier = (
        asked
        if asked is not None and asked != on
        else _waiting(group, on) or last_class_day(group.program.school_id, on)
    )
    if earlier is not None and earlier <= on and group.is_open_on(earlier):
        days.append(earlier)
    return days


def last_met(on: date) -> Subquery:
    """For a queryset of groups: the day of the last meeting held by ``on``."""
    held = GroupMeeting.objects.kept().held().filter(group=OuterRef("pk"), on__lte=on)
    return Subquery(held.order_by("-on").values("on")[:1])


def planned_that_day(group: SupportGroup, day: date) -> GroupMeeting | None:
    """The planned meeting of a day that nobody logged yet, with its timetable."""
    waiting = group.meetings.kept().filter(on=day, status=GroupMeeting.Status.PLANNED).defer("note")
    return waiting.select_related("timetable").order_by("starts_at", "pk").first()


def _waiting(group: SupportGroup, on: date) -> date | None:
    waiting = group.meetings.kept().filter(status=GroupMeeting.Status.PLANNED, on__lt=on, on__gte=on - LOOK_BACK)
    return waiting.order_by("-on").values_list("on", flat=True).first()


def last_class_day(school: int, on: date) -> date | None:
    """The class day before a day."""
    days = SchoolDay.objects.class_days().filter(school=school, date__lt=on)
    return days.order_by("-date").values_list("date", flat=True).first()


def class_day_from(schools: Collection[int], day: date) -> date:
    """A day, or the first after it with class in one of the schools; as it is without a calendar. One query."""
    days = SchoolDay.objects.class_days().filter(school__in=schools, date__gte=day, date__lte=day + LONGEST_BREAK)
    return days.order_by("date").values_list("date", flat=True).first() or day


def recent_days(group: SupportGroup, on: date) -> list[date]:
    """Today and the last class day, while the group is open."""
    days = (on, last_class_day(group.program.school_id, on))
    return [day for day in days if day is not None and group.is_open_on(day)]


@dataclass(frozen=True)
class EarlierDay:
    """A chip of the fold of earlier days: « lun. 16 », read aloud in full; ``due`` when a meeting was planned then."""

    value: str
    short: str
    full: str
    due: bool


@dataclass(frozen=True)
class EarlierWeek:
    label: str
    days: list[EarlierDay] = field(default_factory=list)


def earlier_days(school: int, on: date, *, since: date, due: Collection[date] = ()) -> list[EarlierWeek]:
    """The class days of the thirty before ``on``, and those on which something was planned, latest week first.

    Where the school has no calendar, every weekday. One query.
    """
    first = max(since, on - LATE_AFTER)
    known = SchoolDay.objects.filter(school=school, date__gte=first, date__lt=on)
    kinds = dict(known.values_list("date", "kind"))
    days = [first + timedelta(days=n) for n in range((on - first).days)]
    weeks: dict[date, EarlierWeek] = {}
    for day in reversed(days):
        usual = kinds.get(day) == SchoolDay.Kind.CLASS if kinds else day.isoweekday() <= FRIDAY
        if usual or day in due:
            monday = day - timedelta(days=day.weekday())
            week = weeks.setdefault(monday, EarlierWeek(_("Semaine du %(day)s") % {"day": written(monday, "j F")}))
            short = written(day, pgettext("jour abrégé et date", "D. j")).lower()
            chip = EarlierDay(day.isoformat(), short, written(day, "l j F"), day in due)
            week.days.insert(0, chip)
    return list(weeks.values())


def weeks_to_choose(relation: Relation, on: date) -> list[EarlierWeek]:
    """The fold of the earlier days, for the forms of a relation."""
    return earlier_days(relation.program.school_id, on, since=relation.starts_on, due=waiting_days(relation, on))


def without(days: Collection[str], weeks: Sequence[EarlierWeek]) -> list[EarlierWeek]:
    """The weeks less those days, which stand elsewhere on the page."""
    left = [EarlierWeek(week.label, [day for day in week.days if day.value not in days]) for week in weeks]
    return [week for week in left if week.days]


def waiting_days(relation: Relation, on: date) -> set[date]:
    """The days of the last thirty whose planned meeting nobody logged."""
    waiting = relation.meetings.kept().filter(status=MeetingRecord.Status.PLANNED, on__lt=on, on__gte=on - LATE_AFTER)
    return set(waiting.values_list("on", flat=True))
