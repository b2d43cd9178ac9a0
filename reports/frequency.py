"""How often dyads meet: how many of them are at each number of meetings a week, or a cycle."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import floor

from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mentoring.weeks import assessed
from people.models import User
from programs.models import Program
from reports.drawings.frequency import Bars, frequency_svg
from reports.registry import Drawn, Figure
from reports.relations import Relation, relations
from reports.scope import Scope
from reports.tables import Column

RECENT = 4
FEWEST = 2
"""Assessed weeks under which a mean says nothing of a dyad."""
LOOKED_AT = 16
"""Weeks back within which a dyad's last ones are looked for: holidays and absences lie between."""
STEP = 0.25
TOP = 1.5


@dataclass(frozen=True)
class Bin:
    """The dyads of one cadence whose mean is ``mean`` or a little more; the last bin is « and more »."""

    cadence: str
    mean: float
    dyads: int

    @property
    def label(self) -> str:
        shown = number_format(self.mean, 2).rstrip("0").rstrip(",.") if self.mean % 1 else number_format(self.mean, 0)
        return _t("%(number)s et +") % {"number": shown} if self.mean >= TOP else shown


@dataclass(frozen=True)
class Frequency:
    bins: list[Bin]
    unknown: int
    """Dyads with too few assessed weeks."""

    @property
    def count(self) -> int:
        return sum(one.dyads for one in self.bins)

    @property
    def weekly(self) -> int:
        """Those that meet once a week or a cycle, or more."""
        return sum(one.dyads for one in self.bins if one.mean >= 1)

    @property
    def cadences(self) -> list[str]:
        return list(dict.fromkeys(one.cadence for one in self.bins))


def frequency(held: Mapping[str, Sequence[Sequence[int]]], *, last: int | None) -> Frequency:
    """From the meetings held in each assessed week of each dyad, by cadence; of the ``last`` ones only, if given."""
    bins, unknown = [], 0
    for cadence, dyads in held.items():
        known = [weeks[-last:] if last else weeks for weeks in dyads if len(weeks) >= FEWEST]
        unknown += len(dyads) - len(known)
        places = Counter(min(floor(sum(weeks) / len(weeks) / STEP) * STEP, TOP) for weeks in known)
        if known:
            bins += [Bin(cadence, n * STEP, places[n * STEP]) for n in range(floor(TOP / STEP) + 1)]
    return Frequency(bins, unknown)


def frequency_of(user: User, scope: Scope) -> Frequency:
    """The scope's open dyads: over its period, else over the last four assessed weeks of each. Two queries."""
    dyads = relations(user, scope.of_dyads, on=scope.last_day)
    weeks = assessed([row.pk for row in dyads], on=scope.on, since=scope.since(LOOKED_AT), until=scope.until)
    return frequency(_by_cadence(dyads, scope.programs, weeks), last=None if scope.period else RECENT)


def _by_cadence(
    dyads: Sequence[Relation], programs: Sequence[Program], weeks: Mapping[int, Sequence[int]]
) -> dict[str, list[Sequence[int]]]:
    """By the name of the cadence, weeks first."""
    names = {program.pk: _cadence(program) for program in programs}
    order = dict.fromkeys(sorted(names.values(), key=lambda name: name != _weekly()))
    return {name: [weeks.get(row.pk, ()) for row in dyads if names[row.program_id] == name] for name in order}


def _weekly() -> str:
    return _t("par semaine de classe")


def _cadence(program: Program) -> str:
    if program.cadence_unit == Program.CadenceUnit.WEEK:
        return _weekly()
    return _t("par cycle de %(days)s jours") % {"days": program.cadence_days}


def frequency_title(found: Frequency) -> str:
    """The message: how many meet as the review asks, out of how many."""
    numbers = {"weekly": found.weekly, "count": found.count, "percent": round(100 * found.weekly / found.count)}
    if found.cadences == [_weekly()]:
        words = ngettext(
            "%(weekly)s dyade sur %(count)s se voit au moins une fois par semaine (%(percent)s\u00a0%%)",
            "%(weekly)s dyades sur %(count)s se voient au moins une fois par semaine (%(percent)s\u00a0%%)",
            found.weekly,
        )
    else:
        words = ngettext(
            "%(weekly)s dyade sur %(count)s se voit au moins une fois par semaine ou cycle (%(percent)s\u00a0%%)",
            "%(weekly)s dyades sur %(count)s se voient au moins une fois par semaine ou cycle (%(percent)s\u00a0%%)",
            found.weekly,
        )
    return words % numbers


def _note(found: Frequency, scope: Scope) -> str:
    of = (
        _t("Nombre de dyades selon leurs rencontres tenues, en moyenne sur les semaines évaluables de la période.")
        if scope.period
        else _t(
            "Nombre de dyades selon leurs rencontres tenues, en moyenne sur quatre semaines évaluables, les dernières."
        )
    )
    if not found.unknown:
        return of
    words = ngettext(
        "%(count)s dyade en compte moins de deux et n’y est pas.",
        "%(count)s dyades en comptent moins de deux et n’y sont pas.",
        found.unknown,
    )
    return f"{of} {words % {'count': found.unknown}}"


def draw(user: User, scope: Scope) -> Drawn | None:
    found = frequency_of(user, scope)
    if not found.count:
        return None
    title = frequency_title(found)
    bars = tuple(
        Bars(cadence, tuple((one.label, one.dyads, one.mean >= 1) for one in found.bins if one.cadence == cadence))
        for cadence in found.cadences
    )
    return Drawn(title, _note(found, scope), found.bins, partial(frequency_svg, bars, title))


FIGURE = Figure(
    name="frequency",
    address="frequence",
    file_name="frequence-des-rencontres",
    heading=_("Fréquence des rencontres"),
    about=_("Combien de dyades se voient chaque semaine ou chaque cycle, et combien moins souvent."),
    columns=(
        Column(_("Cadence"), "cadence", about=_("Par semaine de classe, ou par cycle de jours d’école.")),
        Column(
            _("Rencontres, en moyenne"), "label", about=_("Rencontres tenues par semaine ou par cycle, en moyenne.")
        ),
        Column(_("Dyades"), "dyads", about=_("Dyades qui ont cette moyenne.")),
    ),
    draw=draw,
)
