"""« Ma semaine »: what is planned, what waits to be confirmed, what the week still holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Count, DateField, Max, OuterRef, Q, QuerySet, Subquery

from mentoring.models import DyadMeeting
from mentoring.models.dyads import own
from people.models import School, User
from people.models.base import active_on
from programs.models import Attendance, GroupMeeting, GroupMember, SchoolDay, SchoolYear, SupportGroup

WAITING = timedelta(weeks=4)
MOST_WAITING = 40
FRIDAY = 5


@dataclass(frozen=True)
class Slot:
    """One meeting of a dyad or of a group, as the week shows it."""

    meeting: DyadMeeting | GroupMeeting
    name: str
    place: str
    last_on: date | None
    size: int | None = None
    present: int | None = None

    @property
    def is_group(self) -> bool:
        return self.size is not None

    @property
    def order(self) -> tuple[time, int]:
        return self.meeting.starts_at or time.max, self.meeting.pk


@dataclass
class Day:
    """A day to come: its meetings, or why there are none."""

    day: date
    kind: str = ""
    slots: list[Slot] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(SchoolDay.Kind(self.kind).label) if self.kind else ""

    @property
    def is_off(self) -> bool:
        return self.kind in (SchoolDay.Kind.PEDAGOGICAL, SchoolDay.Kind.HOLIDAY)


@dataclass(frozen=True)
class Agenda:
    """``open`` and ``done`` are today's; ``waiting`` were planned in the last four weeks and nobody logged them."""

    open: list[Slot]
    done: list[Slot]
    waiting: list[Slot]
    days: list[Day]
    week_number: int | None
    is_next_week: bool

    @property
    def nothing_at_all(self) -> bool:
        return not (self.open or self.done or self.waiting or any(day.slots for day in self.days))


def agenda(user: User, *, on: date, whole_programme: bool = False) -> Agenda:
    """The week of a person: their own dyads and groups, or all that they may log. Six queries, whatever the number."""
    monday = on - timedelta(days=on.weekday())
    is_next_week = on.isoweekday() >= FRIDAY
    last = monday + timedelta(days=13 if is_next_week else 6)
    window = Q(status="planned", on__gte=on - WAITING, on__lte=last) | Q(on=on)
    slots = sorted(
        [*_dyad_slots(user, window, whole_programme), *_group_slots(user, window, on, whole_programme)],
        key=lambda slot: slot.order,
    )
    today = [slot for slot in slots if slot.meeting.on == on]
    waiting = [slot for slot in slots if slot.meeting.on < on]
    waiting.sort(key=lambda slot: slot.meeting.on, reverse=True)
    school_days, number = _calendar(user, on, last)
    first = monday + timedelta(days=7) if is_next_week else on + timedelta(days=1)
    return Agenda(
        open=[slot for slot in today if not slot.meeting.is_logged],
        done=[slot for slot in today if slot.meeting.is_logged],
        waiting=waiting[:MOST_WAITING],
        days=_days(first, last, school_days, slots),
        week_number=number,
        is_next_week=is_next_week,
    )


def own_meetings(user: User, *, on: date) -> "tuple[QuerySet[DyadMeeting], QuerySet[GroupMeeting]]":
    """One's own planned meetings of a day, which one tap may confirm together."""
    planned = Q(status="planned", on=on)
    groups = GroupMeeting.objects.loggable_by(user).filter(planned, group__in=SupportGroup.objects.entrusted_to(user))
    return DyadMeeting.objects.loggable_by(user).filter(planned, own(user, "dyad__")), groups


def _dyad_slots(user: User, window: Q, whole_programme: bool) -> Iterable[Slot]:
    held = DyadMeeting.objects.kept().meetings().held().filter(dyad=OuterRef("dyad"), on__lt=OuterRef("on"))
    rows = DyadMeeting.objects.loggable_by(user).filter(window).defer("note")
    if not whole_programme:
        rows = rows.filter(own(user, "dyad__"))
    last_on = Subquery(held.order_by("-on").values("on")[:1], output_field=DateField())
    rows = rows.select_related("dyad__student", "dyad__mentor__person", "timetable").annotate(last_on=last_on)
    row: Any
    for row in rows:
        place = row.timetable.place if row.timetable else ""
        name = str(row.dyad.student) if row.dyad.mentor.person_id == user.pk else str(row.dyad)
        yield Slot(row, name, place, row.last_on)


def _group_slots(user: User, window: Q, on: date, whole_programme: bool) -> Iterable[Slot]:
    rows = GroupMeeting.objects.loggable_by(user).filter(window).defer("note")
    if not whole_programme:
        rows = rows.filter(group__in=SupportGroup.objects.entrusted_to(user))
    there = (Attendance.Status.PRESENT, Attendance.Status.LATE)
    members = GroupMember.objects.filter(active_on(on), group=OuterRef("group")).order_by().values("group")
    held = GroupMeeting.objects.kept().held().filter(group=OuterRef("group"), on__lt=OuterRef("on"))
    rows = rows.select_related("group", "timetable").annotate(
        size=Subquery(members.annotate(n=Count("student", distinct=True)).values("n")),
        last_on=Subquery(held.order_by("-on").values("on")[:1], output_field=DateField()),
        present=Count("attendances", filter=Q(attendances__status__in=there)),
        expected=Count("attendances"),
    )
    row: Any
    for row in rows:
        place = row.timetable.place if row.timetable else ""
        size = row.expected if row.is_logged and row.expected else row.size
        yield Slot(row, str(row.group), place, row.last_on, size or 0, row.present)


def _calendar(user: User, on: date, until: date) -> tuple[dict[date, str], int | None]:
    """What the school does each day up to ``until``, and the number of today's class week in the school year."""
    school = user.school or School.objects.visible_to(user).first()
    if school is None:
        return {}, None
    year = SchoolYear.objects.filter(board=school.board_id, starts_on__lte=on).aggregate(first=Max("starts_on"))
    rows = SchoolDay.objects.filter(school=school, date__gte=year["first"] or on, date__lte=until)
    kinds = dict(rows.values_list("date", "kind"))
    weeks = sorted({day.isocalendar()[:2] for day, kind in kinds.items() if kind == SchoolDay.Kind.CLASS})
    this_week = on.isocalendar()[:2]
    return kinds, weeks.index(this_week) + 1 if this_week in weeks else None


def _days(first: date, last: date, kinds: dict[date, str], slots: list[Slot]) -> list[Day]:
    """The days to show: those with a meeting, class days and holidays, weekends only when something is planned."""
    days = [Day(first + timedelta(days=n)) for n in range((last - first).days + 1)]
    for day in days:
        day.kind = kinds.get(day.day, "")
        day.slots = [slot for slot in slots if slot.meeting.on == day.day and not slot.meeting.is_logged]
    return [day for day in days if day.slots or day.day.isoweekday() <= FRIDAY]
