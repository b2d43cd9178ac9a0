"""How often mentors and students meet: held meetings per dyad, one class week after the other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import User
from programs.calendars.periods import PeriodState, WeekCell
from programs.models import Program
from reports.registry import Figure
from reports.relations import ASSESSED, relations, since_of, with_cells
from reports.tables import Column

RECENT = 4
FEWEST = 3
"""Under this many weeks a line shows no movement: the page shows a table instead."""
AWAITED = (PeriodState.PENDING, PeriodState.RUNNING)


@dataclass(frozen=True)
class FrequencyWeek:
    """One week: the dyads whose week counts, those of them who met, and all that they held."""

    monday: date
    dyads: int
    met: int
    held: int

    @property
    def mean(self) -> float:
        return self.held / self.dyads


def frequency(strips: Iterable[Sequence[WeekCell]]) -> list[FrequencyWeek]:
    """Each week that is over for every one of these dyads, oldest first; a cycle stands in the week where it begins.

    A dyad counts in the weeks that are assessed for it: met or missed. A week that some may still log is left out for
    all, since those who have logged already would stand alone in it.
    """
    counted, awaited = defaultdict[date, list[int]](list), set[date]()
    for cells in strips:
        for cell in cells:
            monday = cell.span_from - timedelta(days=cell.span_from.weekday())
            if cell.state in ASSESSED:
                counted[monday].append(cell.held)
            elif cell.state in AWAITED:
                awaited.add(monday)
    return [
        FrequencyWeek(monday, len(held), sum(number > 0 for number in held), sum(held))
        for monday, held in sorted(counted.items())
        if monday not in awaited
    ]


def recent_mean(weeks: Sequence[FrequencyWeek]) -> float:
    """Held meetings per dyad and week over the last weeks, all dyads together."""
    last = weeks[-RECENT:]
    return sum(week.held for week in last) / sum(week.dyads for week in last)


def frequency_title(weeks: Sequence[FrequencyWeek]) -> str:
    """The message: on which side of one meeting a week the last weeks are."""
    mean = recent_mean(weeks)
    number = {"mean": number_format(round(mean, 2), 2)}
    if mean >= 1:
        return gettext("Une rencontre par semaine ou plus\u00a0: %(mean)s par dyade, en moyenne") % number
    return gettext("Moins d’une rencontre par semaine\u00a0: %(mean)s par dyade, en moyenne") % number


def weekly_frequency(user: User, programs: Sequence[Program], *, on: date) -> list[FrequencyWeek]:
    """How often the dyads of the programmes have met since the school year began. Two queries."""
    since = since_of(programs, on)
    return frequency(row.cells for row in with_cells(relations(user, programs, on=on), on=on, since=since))


FIGURE = Figure(
    name="frequency",
    address="frequence",
    file_name="frequence-des-rencontres",
    columns=(
        Column(_("Semaine du"), "monday", date.isoformat),
        Column(_("Rencontres par dyade"), "mean", lambda mean: number_format(round(mean, 2), 2)),
        Column(_("Dyades (n)"), "dyads"),
        Column(_("Avec une rencontre ou plus"), "met"),
    ),
    rows=weekly_frequency,
)
