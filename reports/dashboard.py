"""The lead's page as facts: what is to examine, then the figures. The number of queries does not grow with the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from guidelines.attention import Attention, attention
from guidelines.completeness import Share, logged_share
from guidelines.quiet import QuietLine, quiet_lines
from mentoring.models import Dyad, DyadMeeting
from people.models import User
from programs.models import GroupMeeting, Program, SchoolYear, SupportGroup
from programs.models.programs import in_charge
from programs.sizes import size_columns
from reports.frequency import FrequencyWeek, frequency
from reports.heatmap import HeatMap, heat_map
from reports.relations import GroupRow, Relation, group_rows, relations, since_of, with_cells
from reports.survival import Survival, kaplan_meier
from reports.urgency import UrgentRow, urgent_rows


@dataclass(frozen=True)
class Dashboard:
    on: date
    attention: Attention
    urgent: list[UrgentRow]
    """Those to reach, then those to watch."""
    quiet: list[QuietLine]
    open_dyads: list[Relation]
    groups: list[GroupRow]
    share: Share | None
    survival: Survival
    since: date | None
    frequency: list[FrequencyWeek]
    heat: HeatMap

    @property
    def weekly(self) -> int:
        return sum(row.meets_weekly for row in self.open_dyads)


def led_programs(user: User, *, on: date) -> list[Program]:
    """The programmes that the person answers for, and those of their own relations and groups. One query.

    Each with its school, school year and sizes in force.
    """
    year = SchoolYear.objects.filter(board=OuterRef("board"), starts_on__lte=on).order_by("-starts_on")
    dyads, groups = Dyad.objects.entrusted_to(user), SupportGroup.objects.entrusted_to(user)
    own = Q(pk__in=dyads.values("program")) | Q(pk__in=groups.values("program"))
    led = Program.objects.filter(in_charge(user.access) | own).select_related("school")
    year_starts_on = Subquery(year.values("starts_on")[:1])
    return list(led.annotate(year_starts_on=year_starts_on, **size_columns(on, program="pk")))


def dashboard(user: User, programs: Sequence[Program], *, on: date, everyone: bool = False) -> Dashboard:
    """Everything that the page shows of these programmes, on a day."""
    since = since_of(programs, on)
    dyads = relations(user, programs, on=on)
    open_dyads = [row for row in dyads if row.is_open_on(on)]
    of_year = with_cells(dyads, on=on, since=since)
    groups = group_rows(user, programs, on=on)
    found = attention(user, on=on, programs=programs)
    urgent = urgent_rows(found, open_dyads, groups)
    return Dashboard(
        on=on,
        attention=found,
        urgent=urgent,
        quiet=quiet_lines(user, on=on, programs=programs),
        open_dyads=open_dyads,
        groups=groups,
        share=logged_share(
            DyadMeeting.objects.visible_to(user).filter(dyad__program__in=programs),
            GroupMeeting.objects.visible_to(user).filter(group__program__in=programs),
            since=since,
            on=on,
        ),
        survival=kaplan_meier([row.length(on) for row in dyads]),
        since=min((row.starts_on for row in dyads), default=None),
        frequency=frequency(row.cells for row in of_year),
        heat=heat_map(open_dyads, urgent, everyone=everyone),
    )
