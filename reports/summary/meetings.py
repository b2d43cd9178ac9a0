"""The meetings of a summary: they are nobody, so each is counted as it is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet

from guidelines.completeness import Share, due_by, logged_by_program
from guidelines.counts import Numbers
from mentoring.models import DyadMeeting
from people.telling import Path
from programs.models import GroupMeeting, Program
from programs.models.records import MeetingRecord
from reports.asking import Ask
from reports.rates import Rate, rate
from reports.summary.facts import Year

Status = MeetingRecord.Status


@dataclass(frozen=True)
class Held:
    held: int = 0
    not_held: int = 0
    planned: int = 0
    """Planned, and nobody has said yet whether they were held."""

    def __add__(self, other: "Held") -> "Held":
        return Held(self.held + other.held, self.not_held + other.not_held, self.planned + other.planned)


@dataclass(frozen=True)
class Meetings:
    of_program: dict[int, Held]
    shares: dict[int, Share]
    of_year: dict[str, Held]
    programs: Sequence[Program]

    @classmethod
    def read(cls, ask: Ask, programs: Sequence[Program], years: Sequence[Year]) -> "Meetings":
        """Of the period by programme, and of each year in all. Five queries at most."""
        dyads: QuerySet[Any] = DyadMeeting.objects.kept().meetings().filter(dyad__program__in=programs).order_by()
        groups: QuerySet[Any] = GroupMeeting.objects.kept().filter(group__program__in=programs).order_by()
        since, last = ask.period.since, ask.last_day
        found: Counter[tuple[int, str]] = Counter()
        for rows, program in ((dyads, "dyad__program"), (groups, "group__program")):
            counted = rows.filter(on__gte=since, on__lte=last).values_list(program, "status").annotate(n=Count("pk"))
            found.update({(pk, status): n for pk, status, n in counted})
        until = min(last, due_by(ask.on))
        shares = logged_by_program(dyads, groups, since=since, until=until)
        of_year = {year.label: Held() for year in years}
        for rows in (dyads, groups) if years else ():
            for label, held in _by_year(rows, years).items():
                of_year[label] += held
        return cls({one.pk: _held(found, one.pk) for one in programs}, shares, of_year, programs)

    def at(self, place: Path) -> Held:
        return sum((self.of_program[one.pk] for one in self._within(place)), Held())

    def rate(self, place: Path) -> Rate | None:
        """The share of those whose time to be logged is over that somebody logged; None without any."""
        return rate(self._logged, self._due, place)

    @cached_property
    def _logged(self) -> Numbers:
        return self._numbers("logged")

    @cached_property
    def _due(self) -> Numbers:
        return self._numbers("planned")

    def _numbers(self, name: str) -> Numbers:
        found: Numbers = {}
        for program in self.programs:
            share = self.shares.get(program.pk)
            for place in ((), (program.school_id,), (program.school_id, program.pk)) if share else ():
                found[place] = (found.get(place) or 0) + getattr(share, name)
        return found

    def _within(self, place: Path) -> list[Program]:
        return [one for one in self.programs if (one.school_id, one.pk)[: len(place)] == place]


def _held(found: Counter[tuple[int, str]], program: int) -> Held:
    return Held(*(found[program, status] for status in (Status.HELD, Status.NOT_HELD, Status.PLANNED)))


def _by_year(rows: "QuerySet[Any]", years: Sequence[Year]) -> dict[str, Held]:
    """One query."""
    statuses = (Status.HELD, Status.NOT_HELD, Status.PLANNED)
    counts = {
        f"n{place}_{number}": Count("pk", filter=Q(on__gte=year.since, on__lte=year.last, status=status))
        for place, year in enumerate(years)
        for number, status in enumerate(statuses)
    }
    found = rows.filter(on__gte=years[0].since, on__lte=years[-1].last).aggregate(**counts)
    return {
        year.label: Held(*(found[f"n{place}_{number}"] for number in range(len(statuses))))
        for place, year in enumerate(years)
    }
