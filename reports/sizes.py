"""How large the groups are, against what the review advises."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reports.registry import Figure
from reports.relations import GroupRow, group_rows
from reports.tables import Column

LARGE, TOO_LARGE = 12, 15
"""§2.2, « 12 à 15 élèves »: past the first, watch; past the second, act."""


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
    return gettext("Aucun groupe ne dépasse 12 membres")


FIGURE = Figure(
    name="sizes",
    address="tailles",
    file_name="tailles-des-groupes",
    columns=(Column(_("Groupe"), "name"), Column(_("Membres actifs"), "size")),
    rows=group_rows,
)
