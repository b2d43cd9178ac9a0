"""« Ma semaine »: what is planned, what waits to be confirmed, what the week still holds."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mentoring.last_meetings import in_words, last_meetings, since
from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.apart import tell_apart
from people.kept import kept
from people.models import School, User
from people.models.base import active_on
from programs.attendance import counts
from programs.log.kinds import KINDS, kind_of
from programs.log.relation_kinds import MeetingKind, meeting_kinds
from programs.models import GroupMeeting, GroupMember, MeetingRecord, SchoolDay, SchoolYear, SupportGroup

WAITING = timedelta(weeks=4)
MOST_WAITING = 40
MOST_OTHERS = 30
FRIDAY = 5


@dataclass(frozen=True)
class Slot:
    """One meeting of a dyad or of a group, as the week shows it."""

    meeting: DyadMeeting | GroupMeeting
    name: str
    place: str
    last: str
    """How long ago they last met, in words; empty when they never did."""
    again: str = ""
    """What « Refaire » would say once more; empty where there is nothing to copy."""
    size: int | None = None
    present: int | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the meeting's addresses."""
        return kind_of(self.meeting).names

    @property
    def is_group(self) -> bool:
        return self.size is not None

    @property
    def order(self) -> tuple[time, int]:
        return self.meeting.starts_at or time.max, self.meeting.pk


@dataclass(frozen=True)
class Other:
    """A dyad or a group of one's own with nothing planned nor logged today."""

    pk: int
    name: str
    last: str
    is_group: bool = False
    again: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the addresses of its meetings."""
        return KINDS["rencontre-groupe" if self.is_group else "rencontre"].names


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
class Summer:
    """The school year is over. ``next_on`` is the first day of the next, once it is open."""

    next_on: date | None


@dataclass(frozen=True)
class Agenda:
    """``open`` and ``done`` are today's; ``waiting`` were planned in the last four weeks and nobody logged them."""

    open: list[Slot]
    done: list[Slot]
    waiting: list[Slot]
    others: list[Other]
    farewells: list[Dyad]
    """Ended, and whose last talk is still to come: asked until it was held, or can't be any more."""
    days: list[Day]
    week_number: int | None
    is_next_week: bool
    summer: Summer | None = None

    @property
    def nothing_at_all(self) -> bool:
        today, others = self.open or self.done, self.others or self.farewells
        return not (today or self.waiting or others or any(day.slots for day in self.days))


def agenda(user: User, *, on: date) -> Agenda:
    """The week of a person: their own dyads and groups, whatever else they answer for. Seven queries in all."""
    monday = on - timedelta(days=on.weekday())
    is_next_week = on.isoweekday() >= FRIDAY
    last = monday + timedelta(days=13 if is_next_week else 6)
    window = Q(status="planned", on__gte=on - WAITING, on__lte=last) | Q(on=on)
    people = ("dyad__student", "dyad__mentor__person")
    rows = kept("week of dyads", user, lambda: _rows(DyadMeeting, user, window, *people), on)
    dyads, farewells = _other_dyads(user, on)
    tell_apart([*(row.dyad for row in rows), *dyads, *farewells])
    latest = last_meetings([*(row.dyad_id for row in rows), *(dyad.pk for dyad in dyads)], on)
    slots = [_dyad_slot(row, user, on, latest.get(row.dyad_id)) for row in rows]
    slots = sorted([*slots, *_group_slots(user, window, on)], key=lambda slot: slot.order)
    others = [_other(dyad, user, on, latest.get(dyad.pk)) for dyad in dyads]
    today = [slot for slot in slots if slot.meeting.on == on]
    waiting = [slot for slot in slots if slot.meeting.on < on]
    waiting.sort(key=lambda slot: slot.meeting.on, reverse=True)
    school_days, number, summer = _calendar(user, on, last)
    first = monday + timedelta(days=7) if is_next_week else on + timedelta(days=1)
    return Agenda(
        open=[slot for slot in today if not slot.meeting.is_logged],
        done=[slot for slot in today if slot.meeting.is_logged],
        waiting=waiting[:MOST_WAITING],
        others=[*others, *_other_groups(user, on)],
        farewells=farewells,
        days=_days(first, last, school_days, slots),
        week_number=number,
        is_next_week=is_next_week,
        summer=summer,
    )


def own_meetings(
    user: User, *, on: date, status: str = "planned"
) -> Iterator[tuple[MeetingKind[Any, Any, Any], MeetingRecord]]:
    """One's own meetings of a day, by default those still planned, which one tap may confirm together."""
    for kind in meeting_kinds():
        mine = {f"{kind.owner}__in": kind.model.relation_model().objects.entrusted_to(user)}
        for meeting in kind.model.objects.loggable_by(user).filter(status=status, on=on, **mine):
            yield kind, meeting


def _rows(meetings: type[MeetingRecord], user: User, window: Q, *related: str) -> Any:
    """The meetings of a kind that are one's own."""
    own = {f"{meetings.OWNER}__in": meetings.relation_model().objects.entrusted_to(user)}
    rows = meetings.objects.loggable_by(user).filter(window, **own).defer("note")
    return rows.select_related("timetable", "logged_by", *related)


def _dyad_slot(row: DyadMeeting, user: User, on: date, last: DyadMeeting | None) -> Slot:
    place = row.timetable.place if row.timetable else ""
    again = in_words(last) if last and last.on < on else ""
    return Slot(row, _named(row.dyad, user), place, since(last.on, on) if last else "", again)


def _group_slots(user: User, window: Q, on: date) -> Iterable[Slot]:
    members = GroupMember.objects.filter(active_on(on), group=OuterRef("group")).order_by().values("group")

    def rows() -> Any:
        return _rows(GroupMeeting, user, window, "group").annotate(
            size=Subquery(members.annotate(n=Count("student", distinct=True)).values("n")),
            last_on=_last_met("group", on),
            **counts(noted="expected"),
        )

    for row in kept("week of groups", user, rows, on):
        place = row.timetable.place if row.timetable else ""
        size = row.expected if row.is_logged and row.expected else row.size
        last = since(row.last_on, on) if row.last_on else ""
        yield Slot(row, str(row.group), place, last, size=size or 0, present=row.present)


def _other_dyads(user: User, on: date) -> tuple[list[Dyad], list[Dyad]]:
    """One's own with nothing planned today, and those that ended without their last talk yet. One query for both."""
    found = kept("other dyads", user, lambda: _running_or_ended(user, on), on)
    return [dyad for dyad in found if not dyad.awaits_talk], [dyad for dyad in found if dyad.awaits_talk]


def _running_or_ended(user: User, on: date) -> QuerySet[Dyad]:
    today = DyadMeeting.objects.kept().meetings().filter(dyad=OuterRef("pk"), on=on)
    running = Dyad.objects.entrusted_to(user).filter(~Exists(today)).open_on(on)
    # Whoever only leads is asked of the relations whose end they decide on.
    only_leads = not user.access.holds(Role.RESOURCE_TEACHER, Role.MENTOR)
    theirs = Dyad.objects.planned_by(user) if only_leads else Dyad.objects.owned_by(user)
    rows = (running | theirs.awaiting_talk()).with_people()
    ended_first = F("ends_on").desc(nulls_last=True)
    return rows.order_by(ended_first, "student__given_key", "pk")[:MOST_OTHERS]


def _other(dyad: Dyad, user: User, on: date, last: DyadMeeting | None) -> Other:
    said = (since(last.on, on), in_words(last)) if last else ("", "")
    return Other(dyad.pk, _named(dyad, user), said[0], again=said[1])


def _other_groups(user: User, on: date) -> Iterable[Other]:
    def rows() -> Any:
        today = GroupMeeting.objects.kept().filter(group=OuterRef("pk"), on=on)
        mine = SupportGroup.objects.entrusted_to(user).filter(~Exists(today)).active_on(on)
        return mine.annotate(last_on=_last_met("pk", on)).order_by("name_key", "pk")[:MOST_OTHERS]

    for group in kept("other groups", user, rows, on):
        yield Other(group.pk, group.name, since(group.last_on, on) if group.last_on else "", is_group=True)


def _last_met(outer: str, on: date) -> Subquery:
    held = GroupMeeting.objects.kept().held().filter(group=OuterRef(outer), on__lte=on)
    return Subquery(held.order_by("-on").values("on")[:1], output_field=DateField())


def _named(dyad: Dyad, user: User) -> str:
    """A mentor knows who the mentor is."""
    return str(dyad.student) if dyad.mentor.person_id == user.pk else str(dyad)


def _calendar(user: User, on: date, until: date) -> tuple[dict[date, str], int | None, Summer | None]:
    """What the school does each day up to ``until``, and the number of today's class week; or that its year is over."""
    school = user.school or School.objects.visible_to(user).first()
    if school is None:
        return {}, None, None
    told = kept("days of a school", user, lambda: _days_of(school, on, until), school.pk, on, until)
    kinds = {day: kind for day, kind, *_year in told}
    summer = next((Summer(next_on) for _day, _kind, over_on, next_on in told if over_on and over_on <= on), None)
    weeks = sorted({day.isocalendar()[:2] for day, kind in kinds.items() if kind == SchoolDay.Kind.CLASS})
    this_week = on.isocalendar()[:2]
    return kinds, weeks.index(this_week) + 1 if this_week in weeks else None, summer


def _days_of(school: School, on: date, until: date) -> QuerySet[SchoolDay, Any]:
    """The days of the year that began last, each with that year's end and the next one's beginning."""
    years = SchoolYear.objects.filter(board=school.board_id)
    begun = years.filter(starts_on__lte=on).order_by("-starts_on")
    since = Coalesce(Subquery(begun.values("starts_on")[:1]), Value(on))
    rows = SchoolDay.objects.filter(school=school, date__gte=since, date__lte=until).values_list("date", "kind")
    later = years.filter(starts_on__gt=on).order_by("starts_on").values("starts_on")[:1]
    return rows.annotate(over_on=Subquery(begun.values("ends_on")[:1]), next_on=Subquery(later))


def _days(first: date, last: date, kinds: dict[date, str], slots: list[Slot]) -> list[Day]:
    """The days to show: those with a meeting, class days and holidays, weekends only when something is planned."""
    days = [Day(first + timedelta(days=n)) for n in range((last - first).days + 1)]
    for day in days:
        day.kind = kinds.get(day.day, "")
        day.slots = [slot for slot in slots if slot.meeting.on == day.day and not slot.meeting.is_logged]
    return [day for day in days if day.slots or day.day.isoweekday() <= FRIDAY]
