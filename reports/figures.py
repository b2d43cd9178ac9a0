"""The words and tables of the figures: a title is a message, and every picture has its data."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.relations import GroupRow
from reports.survival import FEWEST, Survival

LARGE, TOO_LARGE = 12, 15
"""§2.2, « 12 à 15 élèves »: past the first, watch; past the second, act."""
MONTHS = (0, 3, 6, 10)

UNKNOWN = "–"

Table = list[list[str | int]]
"""A header, then rows."""


def survival_title(survival: Survival) -> str:
    """The message; a plain name while no relationship is known to have lasted past six months."""
    if survival.count < FEWEST or not survival.beyond(6):
        return _("Durée des relations")
    share = survival.at(6).share
    return _("Environ %(percent)s\u00a0%% des relations durent plus de six mois") % {"percent": _percent(share)}


def survival_table(survival: Survival) -> Table:
    """At each landmark: the share that lasts longer, its interval, how many are still followed, how many have ended.

    Past the longest relationship that was followed, the share is not known.
    """
    rows: Table = [
        [_("Mois"), _("Durent plus longtemps (%)"), _("Intervalle à 95 % (%)"), _("Encore suivies"), _("Terminées")]
    ]
    for months in MONTHS:
        point, share, interval = survival.at(months), UNKNOWN, UNKNOWN
        if months <= survival.known_until:
            share = _percent(point.share)
            interval = _("%(low)s à %(high)s") % {"low": _percent(point.low), "high": _percent(point.high)}
        rows.append([months, share, interval, survival.beyond(months), survival.ended_by(months)])
    return rows


def _percent(share: float) -> str:
    return number_format(round(share * 100), 0)


def group_title(groups: Sequence[GroupRow]) -> str:
    over = sum(row.size > TOO_LARGE for row in groups)
    near = sum(LARGE < row.size <= TOO_LARGE for row in groups)
    total = len(groups)
    if over:
        return ngettext(
            "%(over)s groupe sur %(total)s dépasse 15 membres",
            "%(over)s groupes sur %(total)s dépassent 15 membres",
            over,
        ) % {"over": over, "total": total}
    if near:
        return ngettext(
            "%(near)s groupe sur %(total)s compte de 13 à 15 membres",
            "%(near)s groupes sur %(total)s comptent de 13 à 15 membres",
            near,
        ) % {"near": near, "total": total}
    return _("Aucun groupe ne dépasse 12 membres")


def group_table(groups: Sequence[GroupRow]) -> Table:
    header: list[str | int] = [_("Groupe"), _("Membres actifs")]
    rows: Table = [[row.name, row.size] for row in groups]
    return [header, *rows]
