"""What each resource teacher did in a stretch of time, beside the time that is freed for it: facts, and no score."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from mentoring.models import DifficultEvent, Dyad, DyadMeeting, FollowUp, TeacherLiaison
from people.apart import tell_apart
from people.models import SchoolBoard, User
from people.models.base import overlapping
from people.models.users import UserQuerySet
from programs.fixed_periods import Period
from programs.models import (
    FamilyContact,
    FunctionTime,
    GroupLead,
    GroupMeeting,
    GroupMember,
    GroupReview,
    MeetingRecord,
    SchoolYear,
    StudentContact,
    SupportGroup,
    TeacherRelease,
)

Base, Function, Status = TeacherRelease.Base, FunctionTime.Function, MeetingRecord.Status
KEPT_OF_A_RELATION = (StudentContact, FamilyContact, GroupReview, TeacherLiaison, FollowUp, DifficultEvent)
Key = tuple[int, date | None]
"""A teacher, and the first day of a month, or None for the whole period."""


@dataclass
class Activity:
    """One teacher's, in a period or a month of it. Minutes are those of held meetings that say how long they took.

    A meeting is credited to whoever met; one that was not held or waits, to whoever was in charge on its day; another
    record, to whoever logged it.
    """

    teacher: User
    month: date | None = None
    groups: int = 0
    members: int = 0
    dyads: int = 0
    group_meetings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Status.values, 0))
    dyad_meetings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Status.values, 0))
    minutes_of_groups: int = 0
    minutes_of_dyads: int = 0
    contacts: int = 0
    records: int = 0
    times: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Function.values, 0))
    prepared: int = 0
    releases: dict[str, Decimal | None] = field(default_factory=lambda: dict.fromkeys(Base.values))

    @property
    def minutes(self) -> int:
        """Of the three functions together."""
        return sum(self.times.values())

    def of(self, name: str) -> Any:
        return getattr(self, name)


def activities(
    user: User, teachers: UserQuerySet, board: SchoolBoard, period: Period, *, monthly: bool = False
) -> list[Activity]:
    """A row for each teacher, by name; with ``monthly``, one for each month of the period in which something was done.

    Of meetings and records, those that ``user`` sees. Seventeen queries, whatever the number of teachers.
    """
    people = sorted(tell_apart(teachers), key=lambda one: (one.name_key, one.pk))
    by_pk = {one.pk: one for one in people}
    found: dict[Key, Activity] = {} if monthly else {(one.pk, None): Activity(one) for one in people}

    def row(person: int, month: date | None) -> Activity:
        return found.setdefault((person, month), Activity(by_pk[person], month))

    within = Q(on__gte=period.since, on__lt=period.until)
    for name, minutes, rows in (
        ("group_meetings", "minutes_of_groups", _of_groups(user, by_pk, within)),
        ("dyad_meetings", "minutes_of_dyads", _of_dyads(user, by_pk, within)),
    ):
        for person, status, month, number, lasted in _counted(rows, monthly):
            one = row(person, month)
            one.of(name)[status] += number
            if status == Status.HELD:
                setattr(one, minutes, one.of(minutes) + (lasted or 0))
    for model in KEPT_OF_A_RELATION:
        name = "contacts" if model in (StudentContact, FamilyContact) else "records"
        logged = model.objects.visible_to(user).filter(within, logged_by__in=by_pk)
        for person, month, number in _by_month(logged.annotate(who=F("logged_by")), monthly, "who", n=Count("pk")):
            one = row(person, month)
            setattr(one, name, one.of(name) + number)
    spent = FunctionTime.objects.visible_to(user).filter(within, person__in=by_pk).annotate(who=F("person"))
    prepared = Sum("minutes", filter=Q(preparation=True), default=0)
    for person, function, month, number, before in _by_month(
        spent, monthly, "who", "function", n=Sum("minutes"), prepared=prepared
    ):
        row(person, month).times[function] += number
        row(person, month).prepared += before
    if not monthly:
        _add_charge(user, found, by_pk, period)
        _add_releases(found, by_pk, board, period.last_day)
    return sorted(found.values(), key=lambda one: (one.teacher.name_key, one.teacher.pk, one.month or date.min))


def _of_groups(user: User, people: Iterable[int], within: Q) -> "list[QuerySet[Any]]":
    """The meetings with ``who``: whoever met, else the adult in charge on the day."""
    kept = GroupMeeting.objects.visible_to(user).filter(within)
    on_the_day = Q(group__leads__starts_on__lte=F("on")) & (
        Q(group__leads__ends_on=None) | Q(group__leads__ends_on__gt=F("on"))
    )
    usual = kept.filter(on_the_day, met_by=None, group__leads__person__in=people)
    return [
        kept.filter(met_by__in=people).annotate(who=F("met_by")),
        usual.annotate(who=F("group__leads__person")),
    ]


def _of_dyads(user: User, people: Iterable[int], within: Q) -> "list[QuerySet[Any]]":
    kept = DyadMeeting.objects.visible_to(user).meetings().filter(within)
    return [
        kept.filter(met_by__in=people).annotate(who=F("met_by")),
        kept.filter(met_by=None, dyad__mentor__person__in=people).annotate(who=F("dyad__mentor__person")),
    ]


def _counted(of: "Sequence[QuerySet[Any]]", monthly: bool) -> Iterable[Any]:
    lasted = Sum("minutes")
    return chain.from_iterable(_by_month(rows, monthly, "who", "status", n=Count("pk"), lasted=lasted) for rows in of)


def _by_month(rows: "QuerySet[Any]", monthly: bool, *by: str, **sums: Any) -> list[tuple[Any, ...]]:
    """Each row: what it is counted by, the month or None, then the sums."""
    told = rows.order_by()
    if not monthly:
        return [(*one[: len(by)], None, *one[len(by) :]) for one in told.values_list(*by).annotate(**sums)]
    return list(told.annotate(month=TruncMonth("on")).values_list(*by, "month").annotate(**sums))


def _add_charge(user: User, found: dict[Key, Activity], people: Iterable[int], period: Period) -> None:
    """The groups and dyads of each that ``user`` sees, at any time of the period, and the students of these groups.

    An adult in charge and a member leave with their group, whose end alone may say so.
    """
    during = overlapping(period.since, period.until)
    in_group = during & overlapping(period.since, period.until, prefix="group__")
    led: dict[int, set[int]] = defaultdict(set)
    seen = SupportGroup.objects.visible_to(user).values("pk")
    leads = GroupLead.objects.filter(in_group, person__in=people, group__in=seen)
    for person, group in leads.values_list("person", "group"):
        led[person].add(group)
    members: dict[int, set[int]] = defaultdict(set)
    groups = set().union(*led.values()) if led else set()
    for group, student in GroupMember.objects.filter(in_group, group__in=groups).values_list("group", "student"):
        members[group].add(student)
    for person, theirs in led.items():
        found[person, None].groups = len(theirs)
        found[person, None].members = len(set().union(*(members[group] for group in theirs)))
    dyads = Dyad.objects.visible_to(user).filter(during, mentor__person__in=people).order_by()
    for person, number in dyads.values_list("mentor__person").annotate(n=Count("pk")):
        found[person, None].dyads = number


def _add_releases(found: dict[Key, Activity], people: Iterable[int], board: SchoolBoard, on: date) -> None:
    """Of the school year of the last day, each base apart: a percentage of one is none of another."""
    year = SchoolYear.objects.of(board, on)
    rows = TeacherRelease.objects.filter(school_year=year, person__in=people).order_by()
    for person, base, percent in rows.values_list("person", "base").annotate(percent=Sum("percent")):
        found[person, None].releases[base] = percent
