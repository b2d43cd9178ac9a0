"""How large the groups are, against the numbers in force in their programmes."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from programs.sizes import Band, SizeBounds, shared
from reports.registry import Figure
from reports.relations import GroupRow, group_rows
from reports.tables import Column


def group_title(groups: Sequence[GroupRow]) -> str:
    """The message: how many are too large, else how many are to watch; with the numbers when all share them."""
    bands = [row.bounds.band_of(row.size) for row in groups]
    bounds = shared(row.bounds for row in groups)
    over, near = bands.count(Band.BEYOND), bands.count(Band.ZONE)
    words = _over(over, bounds) if over else _near(near, bounds) if near else _none(bounds)
    numbers = {"most": bounds.most, "zone": bounds.zone, "comfortable": bounds.comfortable} if bounds else {}
    return words % {"over": over, "near": near, "total": len(groups), **numbers}


def _over(count: int, bounds: SizeBounds | None) -> str:
    if bounds is None:
        return ngettext(
            "%(over)s groupe sur %(total)s dépasse la taille de sa balise",
            "%(over)s groupes sur %(total)s dépassent la taille de leur balise",
            count,
        )
    return ngettext(
        "%(over)s groupe sur %(total)s dépasse %(most)s membres",
        "%(over)s groupes sur %(total)s dépassent %(most)s membres",
        count,
    )


def _near(count: int, bounds: SizeBounds | None) -> str:
    if bounds is None:
        return ngettext(
            "%(near)s groupe sur %(total)s est dans la zone de sa balise",
            "%(near)s groupes sur %(total)s sont dans la zone de leur balise",
            count,
        )
    return ngettext(
        "%(near)s groupe sur %(total)s compte de %(zone)s membres",
        "%(near)s groupes sur %(total)s comptent de %(zone)s membres",
        count,
    )


def _none(bounds: SizeBounds | None) -> str:
    if bounds is None:
        return gettext("Aucun groupe ne dépasse la taille de sa balise")
    return gettext("Aucun groupe ne dépasse %(comfortable)s membres")


FIGURE = Figure(
    name="sizes",
    address="tailles",
    file_name="tailles-des-groupes",
    columns=(Column(_("Groupe"), "name"), Column(_("Membres actifs"), "size"), Column(_("Balise"), "size_words")),
    rows=group_rows,
)
