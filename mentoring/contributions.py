"""What a person has given, by school year: training, meetings held, relationships kept. For themself only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from mentoring.models import Dyad, DyadMeeting, Training
from people.models import User
from people.models.base import active_on
from people.months import months_between
from programs.models import GroupLead, GroupMeeting, SchoolYear

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tie:
    """A relationship, or a group led: how many whole months by the end of a year, and whether it still ran."""

    name: str
    months: int
    is_running: bool
    pk: int


@dataclass
class Year:
    """One school year of a person, up to the eve of the next one, or to today."""

    year: SchoolYear
    until: date
    training: int = 0
    meetings: int = 0
    minutes: int = 0
    stood_in: int = 0
    contacts: int = 0
    dyads: list[Tie] = field(default_factory=list)
    groups: list[Tie] = field(default_factory=list)
    programmes: set[str] = field(default_factory=set)

    @property
    def holds_something(self) -> bool:
        return bool(self.training or self.meetings or self.contacts or self.dyads or self.groups)

    @property
    def programmes_in_order(self) -> list[str]:
        return sorted(self.programmes)

    def holds(self, day: date) -> bool:
        return self.year.starts_on <= day <= self.until


def path_of(user: User, on: date) -> list[Year]:
    """The years in which the person did something, the latest first. Six queries, whatever was done."""
    rows = list(SchoolYear.objects.filter(board=user.board, starts_on__lte=on).order_by("starts_on"))
    ends = [*(later.starts_on - DAY for _earlier, later in pairwise(rows)), on]
    years = [Year(row, until) for row, until in zip(rows, ends, strict=False)]
    for day, minutes in Training.objects.filter(person=user.pk, completed_on__lte=on).values_list(
        "completed_on", "minutes"
    ):
        # A training of the summer prepares the year that follows; what precedes the calendar is of its first year.
        for year in [*(year for year in years if day < year.year.ends_on), *years[-1:]][:1]:
            year.training += minutes
    dyads = list(Dyad.objects.filter(mentor__person=user.pk).select_related("student", "program"))
    leads = list(GroupLead.objects.filter(person=user.pk).select_related("group__program"))
    for year in years:
        for dyad in dyads:
            _keep(year, year.dyads, dyad.starts_on, dyad.ends_on, dyad.student, dyad.pk, dyad.program.name)
        for lead in leads:
            ended = min((day for day in (lead.ends_on, lead.group.ends_on) if day), default=None)
            _keep(year, year.groups, lead.starts_on, ended, lead.group, lead.group_id, lead.group.program.name)
    own = Q(met_by__isnull=True, dyad__in=[dyad.pk for dyad in dyads]) | Q(met_by=user.pk)
    _count(years, DyadMeeting.objects.filter(own), "dyad", met=~Q(channel__in=DyadMeeting.CONTACT_CHANNELS))
    led = GroupLead.objects.filter(active_on(OuterRef("on")), group=OuterRef("group"), person=user.pk)  # type: ignore[arg-type]
    own = Q(met_by__isnull=True, group__in=[lead.group_id for lead in leads]) & Exists(led) | Q(met_by=user.pk)
    _count(years, GroupMeeting.objects.filter(own), "group", met=Q(pk__isnull=False))
    return [year for year in reversed(years) if year.holds_something]


def _keep(
    year: Year, ties: list[Tie], starts_on: date, ends_on: date | None, name: object, pk: int, programme: str
) -> None:
    """Add what ran during a year; its length is counted up to the year's end, or to today."""
    if starts_on <= year.until and (ends_on is None or ends_on > year.year.starts_on):
        runs = ends_on is None or ends_on > year.until
        last = year.until + DAY if ends_on is None or runs else ends_on
        ties.append(Tie(str(name), max(months_between(starts_on, last), 0), runs, pk))
        year.programmes.add(programme)


def _count(years: Iterable[Year], rows: QuerySet[Any], subject: str, *, met: Q) -> None:
    """Credit stays with who met: the person whom the record names, else the mentor, or who led the group that day."""
    held = rows.filter(status="held", deleted_at__isnull=True).order_by()
    sums = {"held": Count("pk", filter=met), "every": Count("pk"), "time": Sum("minutes", filter=met)}
    for row in held.values("on", "met_by", f"{subject}__program__name").annotate(**sums):
        for year in years:
            if year.holds(row["on"]):
                year.meetings += row["held"]
                year.contacts += row["every"] - row["held"]
                year.minutes += row["time"] or 0
                year.stood_in += row["held"] if row["met_by"] else 0
                year.programmes.add(row[f"{subject}__program__name"])
