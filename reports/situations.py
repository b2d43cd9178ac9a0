"""The figure of the six situations: of a fixed period, with the numbers and the masks of « Durée des relations »."""

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import User
from programs.fixed_periods import Named
from reports.asking import Ask, programs_of
from reports.audiences import TOTALS
from reports.classes import NOTE, ShownClass, shown_classes, status_classes, status_title
from reports.durations import sheets
from reports.durations.facts import Facts
from reports.durations.told import Told
from reports.registry import Drawn, Figure
from reports.scope import Scope
from reports.tables import Column
from reports.whole import is_a_year


def draw(user: User, scope: Scope) -> Drawn | None:
    """Nothing while every class is too small to be shown."""
    shown = _of_file(user, scope) or shown_classes(status_classes(user, scope))
    return Drawn(status_title(), str(NOTE), shown) if any(row.count for row in shown) else None


def _of_file(user: User, scope: Scope) -> list[ShownClass]:
    """As the file tells of the same days, so that neither gives back what the other masks; none that no file tells."""
    if not (scope.period and user.board) or scope.adult or _is_a_part(user, scope):
        return []
    ask = Ask(user, user.board, TOTALS, Named("", scope.period), on=scope.on, read_at=timezone.now())
    told = Told(Facts.read(ask), with_endings=is_a_year(ask))
    return [
        ShownClass(
            line.label,
            line.number if isinstance(line.number, int) else None,
            line.share if isinstance(line.share, float) else None,
        )
        for line in sheets.classes(told)
    ]


def _is_a_part(user: User, scope: Scope) -> bool:
    return {one.pk for one in scope.programs} != {one.pk for one in programs_of(user, TOTALS, on=scope.on)}


def _count(count: int | None) -> int | str:
    return gettext("masqué") if count is None else count


def _percent(percent: float | None) -> str:
    return gettext("masqué") if percent is None else number_format(round(percent, 1), 1)


FIGURE = Figure(
    name="classes",
    address="situations",
    file_name="situations-de-mentorat",
    heading=_("Où en est le mentorat de chaque élève"),
    about=_("Combien d’élèves ont une dyade, depuis quand, et combien attendent."),
    columns=(
        Column(
            _("Situation"),
            "label",
            about=_("Une des six classes de DeWit et al. (2016), au dernier jour de la période."),
        ),
        Column(_("Élèves"), "count", _count, about=_("Élèves de cette classe; un petit nombre est masqué.")),
        Column(_("Part (%)"), "percent", _percent, about=_("La part de tous les élèves comptés.")),
    ),
    draw=draw,
)
