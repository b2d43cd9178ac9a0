"""Where each student's mentoring stands on a day, in the six classes of DeWit et al. (2016)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, DateField, Max, Min, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentoring.models import Dyad, Referral
from people.models import User
from people.months import months_between
from people.telling import told_parts
from reports.scope import Scope
from reports.tables import Text

MONTHS = 12
FACTS = ("dyads", "start", "end")


class StatusClass(StrEnum):
    OPEN_UNDER = "open_under"
    OPEN_OVER = "open_over"
    ENDED_UNDER = "ended_under"
    ENDED_OVER = "ended_over"
    REMATCHED = "rematched"
    NEVER_MATCHED = "never_matched"


@dataclass(frozen=True)
class StatusClasses:
    """How many students are in each class: ``months`` from the start of their dyad is the line between two."""

    counts: dict[StatusClass, int]
    months: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def percent(self, of: StatusClass) -> float:
        return 100 * self.counts[of] / self.total if self.total else 0.0


def status_classes(user: User, scope: Scope, *, months: int = MONTHS) -> StatusClasses:
    """The students of a scope, as far as the person sees them, as they stood on its last day. One query.

    A student with two dyads or more by that day is re-matched, whatever became of them. Never matched: referred by that
    day, without any dyad by then. Exactly ``months`` is over. A period keeps the students who had a dyad or waited on
    one of its days.
    """
    on = scope.last_day
    dyads = Dyad.objects.visible_to(user).filter(scope.of_dyads, starts_on__lte=on)
    students = dyads.order_by().values("student")
    matched = students.annotate(dyads=Count("pk"), start=Min("starts_on"), end=Max("ends_on"))
    referred = Referral.objects.visible_to(user).filter(program__in=scope.programs, referred_on__lte=on)
    if scope.adult:
        referred = referred.none()
    waiting = referred.exclude(student__in=students).order_by().values("student")
    if scope.period:
        since = scope.period.since
        matched = matched.filter(student__in=dyads.exclude(ends_on__lte=since).order_by().values("student"))
        waiting = waiting.exclude(closed_on__lte=since)
    never = waiting.annotate(dyads=Value(0), start=Min("referred_on"), end=Value(None, output_field=DateField()))
    rows = matched.values_list(*FACTS).union(never.values_list(*FACTS), all=True)
    found = Counter(_class_of(dyads, start, end, on, months) for dyads, start, end in rows)
    return StatusClasses({kind: found[kind] for kind in StatusClass}, months)


def _class_of(dyads: int, start: date, end: date | None, on: date, months: int) -> StatusClass:
    if dyads == 0:
        return StatusClass.NEVER_MATCHED
    if dyads > 1:
        return StatusClass.REMATCHED
    if end is not None and end <= on:
        return StatusClass.ENDED_UNDER if months_between(start, end) < months else StatusClass.ENDED_OVER
    return StatusClass.OPEN_UNDER if months_between(start, on) < months else StatusClass.OPEN_OVER


def status_title() -> str:
    return gettext("Où en est le mentorat de chaque élève")


NOTE = _(
    "Chaque élève une seule fois, depuis le début de sa dyade. Un nombre est masqué quand il compte moins de cinq "
    "élèves, ou quand il permettrait de retrouver un nombre masqué."
)
LABELS: dict[StatusClass, Text] = {
    StatusClass.OPEN_UNDER: _("Dyade en cours, moins de %(months)s mois"),
    StatusClass.OPEN_OVER: _("Dyade en cours, %(months)s mois ou plus"),
    StatusClass.ENDED_UNDER: _("Dyade terminée avant %(months)s mois"),
    StatusClass.ENDED_OVER: _("Dyade terminée après %(months)s mois ou plus"),
    StatusClass.REMATCHED: _("Jumelé de nouveau (deux dyades ou plus)"),
    StatusClass.NEVER_MATCHED: _("En attente, sans dyade jusqu’ici"),
}


@dataclass(frozen=True)
class ShownClass:
    """A class as anybody may see it: what would tell of fewer than five students is None."""

    label: str
    count: int | None
    percent: float | None


def shown_classes(classes: StatusClasses) -> list[ShownClass]:
    """A row per class; a class of fewer than five students is not shown, nor what would give it back."""
    counts = list(classes.counts.values())
    parts, total = told_parts(counts)
    shown = dict(zip(classes.counts, parts, strict=True))
    return [
        ShownClass(
            label % {"months": classes.months},
            shown[kind],
            classes.percent(kind) if shown[kind] is not None and total is not None else None,
        )
        for kind, label in LABELS.items()
    ]
