"""The fourth answer, « Données insuffisantes »: what can't be assessed is said, and never passes for conforming."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from mentoring.models import Dyad, Mentor
from mentoring.weeks import strips
from programs.models import SupportGroup
from programs.periods import PeriodState

FEWEST_WEEKS = 2
"""Assessable weeks below which the rhythm of a dyad is not assessed (guidelines, ``dyad-frequency``)."""


def why_not_assessed(subject: Dyad | Mentor | SupportGroup, *, on: date) -> str:
    """What data is lacking on a day, in one sentence; empty when there is enough. At most one query."""
    if isinstance(subject, Dyad) and subject.is_open_on(on):
        cells = strips([subject.pk], on=on, since=subject.starts_on, until=on + timedelta(days=1))[subject.pk]
        if sum(cell.state in (PeriodState.MET, PeriodState.MISSED) for cell in cells) < FEWEST_WEEKS:
            return _(
                "Moins de deux semaines de classe sont évaluables\u00a0: le rythme des rencontres ne l’est pas encore."
            )
    if isinstance(subject, SupportGroup) and not subject.members.active_on(on).exists():
        return _("Le groupe n’a pas de membre\u00a0: sa taille n’est pas évaluée.")
    return ""
