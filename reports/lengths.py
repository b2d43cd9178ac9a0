"""How long relationships last, in words and as a table: the curve is ``reports.survival``'s."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import User
from programs.models import Program
from reports.registry import Figure
from reports.relations import relations
from reports.survival import FEWEST, Point, Survival, kaplan_meier
from reports.tables import Column

MONTHS = (0, 3, 6, 10)

UNKNOWN = "–"


@dataclass(frozen=True)
class Landmark:
    """What is known after so many months; ``point`` is None past the longest relationship that was followed."""

    months: int
    point: Point | None
    followed: int
    ended: int


def survival_title(survival: Survival) -> str:
    """The message; a plain name while no relationship is known to have lasted past six months."""
    if survival.count < FEWEST or not survival.beyond(6):
        return gettext("Durée des relations")
    share = survival.at(6).share
    return gettext("Environ %(percent)s\u00a0%% des relations durent plus de six mois") % {"percent": _percent(share)}


def landmarks(survival: Survival) -> list[Landmark]:
    """At each landmark: the share that lasts longer, its interval, how many are still followed, how many have ended."""
    return [
        Landmark(
            months,
            survival.at(months) if months <= survival.known_until else None,
            survival.beyond(months),
            survival.ended_by(months),
        )
        for months in MONTHS
    ]


def lengths(user: User, programs: Sequence[Program], *, on: date) -> list[Landmark]:
    """How long the relationships of the programmes last. One query."""
    return landmarks(kaplan_meier([row.length(on) for row in relations(user, programs, on=on)]))


def _percent(share: float) -> str:
    return number_format(round(share * 100), 0)


def _share(point: Point | None) -> str:
    return _percent(point.share) if point else UNKNOWN


def _interval(point: Point | None) -> str:
    if point is None:
        return UNKNOWN
    return gettext("%(low)s à %(high)s") % {"low": _percent(point.low), "high": _percent(point.high)}


FIGURE = Figure(
    name="lengths",
    address="durees",
    file_name="durees-des-relations",
    columns=(
        Column(_("Mois"), "months"),
        Column(_("Durent plus longtemps (%)"), "point", _share),
        Column(_("Intervalle à 95\u00a0% (%)"), "point", _interval),
        Column(_("Encore suivies"), "followed"),
        Column(_("Terminées"), "ended"),
    ),
    rows=lengths,
)
