"""How often mentors and students meet: held meetings per dyad, one class week after the other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from programs.periods import PeriodState, WeekCell
from reports.figures import Table
from reports.relations import ASSESSED

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
        return _("Une rencontre par semaine ou plus\u00a0: %(mean)s par dyade, en moyenne") % number
    return _("Moins d’une rencontre par semaine\u00a0: %(mean)s par dyade, en moyenne") % number


def frequency_table(weeks: Sequence[FrequencyWeek]) -> Table:
    header: list[str | int] = [
        _("Semaine du"),
        _("Rencontres par dyade"),
        _("Dyades (n)"),
        _("Avec une rencontre ou plus"),
    ]
    rows: Table = [[w.monday.isoformat(), number_format(round(w.mean, 2), 2), w.dyads, w.met] for w in weeks]
    return [header, *rows]
