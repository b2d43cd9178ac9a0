"""What the figures of a page are about: programmes, a stretch of time, one adult."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from programs.fixed_periods import Period as Period
from programs.models import GroupLead, Program


@dataclass(frozen=True)
class Scope:
    """``on`` is the day of the person; without a ``period``, a figure tells of its own last weeks."""

    programs: Sequence[Program]
    on: date
    period: Period | None = None
    adult: int | None = None
    """The person whose relations and groups alone are told of."""

    @property
    def last_day(self) -> date:
        """The day on which the figures stand: the last of the period, never one to come."""
        return min(self.on, self.period.last_day) if self.period else self.on

    @property
    def until(self) -> date:
        """The first day that no longer counts."""
        return self.last_day + timedelta(days=1)

    def since(self, weeks: int) -> date:
        """The Monday on which the period begins; without one, so many weeks ago, the current one not counted."""
        first = self.period.since if self.period else self.on - timedelta(weeks=weeks)
        return first - timedelta(days=first.weekday())

    @property
    def of_dyads(self) -> Q:
        """Keeps a dyad's row."""
        return Q(program__in=self.programs) & (Q(mentor__person=self.adult) if self.adult else Q())

    @property
    def of_groups(self) -> Q:
        """Keeps a group's row: one that the adult was in charge of on the last day."""
        return Q(program__in=self.programs) & (self._led() if self.adult else Q())

    def _led(self) -> Q:
        return Q(pk__in=GroupLead.objects.filter(person=self.adult).active_on(self.last_day).values("group"))
