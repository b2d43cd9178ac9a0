"""How large the groups are, against the numbers in force in their programmes."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.text import spoken
from programs.sizes import Band, SizeBounds, shared
from reports.drawings.sizes import group_sizes_svg
from reports.registry import Drawn, Figure
from reports.relations import GroupRow, group_rows
from reports.scope import Scope
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


def draw(user: User, scope: Scope) -> Drawn | None:
    groups = group_rows(user, scope)
    if not groups:
        return None
    title, drawn = group_title(groups), tuple((row.name, row.size, row.bounds) for row in groups)
    note = gettext("Membres actifs le %(day)s, par groupe.") % {"day": spoken(scope.last_day)}
    if shared(row.bounds for row in groups) is None:
        note = f"{note} {gettext('À droite, la zone de la balise de son programme.')}"
    return Drawn(title, note, groups, partial(group_sizes_svg, drawn, title))


FIGURE = Figure(
    name="sizes",
    address="tailles",
    file_name="tailles-des-groupes",
    heading=_("Taille des groupes"),
    about=_("Combien de membres compte chaque groupe, selon sa balise."),
    columns=(
        Column(_("Groupe"), "name", about=_("Le groupe d’accompagnement.")),
        Column(_("Membres actifs"), "size", about=_("Membres actifs au dernier jour de la période.")),
        Column(_("Balise"), "size_words", about=_("Où la taille se situe par rapport à la balise.")),
    ),
    draw=draw,
)
