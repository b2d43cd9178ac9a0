"""How long a relationship lasts, and is meant to last."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.citations import TAKE_TIME, TRAINING
from guidelines.catalogue.entry import Audience, Breach, Clearing, Guideline, NextStep, Threshold
from guidelines.catalogue.sentence import Sentence, say
from guidelines.catalogue.steps import OPEN_DYAD, REVIEW, WRITE_COMMITMENT
from guidelines.concerns import Concern
from guidelines.severity import Severity
from mentoring.models import Dyad, DyadMeeting
from people.text import spoken
from programs.calendars.periods import WeekCell

if TYPE_CHECKING:
    from guidelines.models import Flag

LASTED = Sentence(
    ngettext_lazy("Relation terminée après %(count)s mois", "Relation terminée après %(count)s mois", "count"),
    at_zero=_("Relation terminée après moins d’un mois"),
)


def _ended(flag: "Flag", _cells: Sequence[WeekCell]) -> str:
    """With the day of the end, while there is one."""
    if flag.dyad is None or flag.dyad.ends_on is None:
        return say(LASTED, flag) + "."
    return _("La relation a pris fin le %(date)s. %(headline)s, à compter de la première rencontre tenue.") % {
        "date": date_format(flag.dyad.ends_on, "DATE_FORMAT"),
        "headline": say(LASTED, flag),
    }


def _expired(flag: "Flag", _cells: Sequence[WeekCell]) -> str:
    """With the last day of the commitment, while there is one."""
    if flag.dyad is None or flag.dyad.committed_until is None:
        return str(_("La date de fin d’engagement est passée, et la dyade est en cours."))
    return _("L’engagement allait jusqu’au %(date)s, et la dyade est en cours.") % {
        "date": spoken(flag.dyad.committed_until - timedelta(days=1))
    }


DYAD_DURATION_SHORT = Guideline(
    code="dyad-duration-short",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.ENDED,
    moved_by=(DyadMeeting,),
    title=_("Relation terminée avant six mois"),
    checks=_(
        "Les mois entre la première rencontre tenue (ou le début, s’il n’y en a pas eu) et la fin d’une dyade "
        "terminée pendant l’année scolaire. Une dyade en cours n’est jamais «\u00a0trop courte\u00a0»."
    ),
    headline=LASTED,
    observed=_ended,
    measure="ended_dyads",
    column="months",
    thresholds=(
        Threshold(Severity.CRITICAL, Breach.BELOW, 3, _("moins de %(bound)s mois"), "months"),
        Threshold(Severity.WARNING, Breach.BELOW, 6, _("moins de %(bound)s mois"), "months"),
    ),
    unit=_("mois"),
    citation=TAKE_TIME,
    explanation=_(
        "Les relations de moins de trois mois sont associées à une baisse du sentiment de compétence et de l’estime "
        "de soi de l’élève; entre trois et six mois, elles sont associées à très peu de changement. Un relais "
        "planifié adoucit la fin, mais la relation reste courte."
    ),
    next_steps=(
        NextStep(
            _("Revoir la fin de la relation"),
            _("Ce qui s’est passé, ce que vous en retenez\u00a0: une seule revue clôt ce point."),
            "clipboard-check",
            "dyad_ending",
        ),
        NextStep(
            _("Parler de la fin avec l’élève"),
            _("Une conversation de clôture aide à ne pas vivre la fin comme un rejet."),
            "chat-dots",
            "dyad",
        ),
        NextStep(
            _("Attendre avant de jumeler de nouveau"),
            _("Un nouveau jumelage après une fin hâtive demande de la préparation."),
            "hourglass-split",
            "dyad",
        ),
        OPEN_DYAD,
    ),
    clears=_(
        "Par la revue de la fin, qui l’écarte pour de bon; par le temps, à la nouvelle année scolaire, ou par une "
        "correction des dates."
    ),
    clearing=(Clearing.TIME, Clearing.CORRECTION),
    needs=_("La date de fin de la dyade, et les rencontres tenues."),
)

DYAD_DURATION_PLANNED = Guideline(
    code="dyad-duration-planned",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Dyad,),
    title=_("Engagement court ou absent"),
    checks=_("Les mois entre le début de la dyade et la fin de l’engagement."),
    headline=Sentence(
        ngettext_lazy("Engagement de %(count)s mois", "Engagement de %(count)s mois", "count"),
        unknown=_("Aucune fin d’engagement inscrite"),
        unbounded=_("Engagement qui prend fin avant la fin de l’année scolaire"),
        at_zero=_("Engagement de moins d’un mois"),
    ),
    observed=Sentence(
        ngettext_lazy(
            "L’engagement inscrit dure %(count)s mois.", "L’engagement inscrit dure %(count)s mois.", "count"
        ),
        unknown=_("Aucune date de fin d’engagement n’est inscrite pour cette dyade."),
        unbounded=_("L’engagement prend fin avant la fin de l’année scolaire où la dyade a commencé."),
        at_zero=_("L’engagement inscrit dure moins d’un mois."),
    ),
    measure="open_dyad_facts",
    column="months",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.BELOW,
            6,
            _("aucun engagement, ou moins de %(bound)s mois"),
            "months",
            or_unknown=True,
        ),
        Threshold(
            Severity.INFO,
            Breach.HOLDS,
            None,
            _("fin prévue avant celle de l’année scolaire"),
            "before_year_end",
        ),
    ),
    unit=_("mois"),
    citation=TAKE_TIME,
    explanation=_(
        "Les programmes demandent habituellement un engagement d’au moins une année scolaire, et la recension retient "
        "des rencontres hebdomadaires pendant au moins six mois. Un engagement clair est associé à des relations qui "
        "tiennent."
    ),
    next_steps=(WRITE_COMMITMENT, OPEN_DYAD),
    clears=_("Par les faits, quand l’engagement est inscrit ou prolongé."),
    clearing=(Clearing.FACTS,),
    needs=_("La date de début de la dyade; l’absence d’engagement est elle-même un constat."),
)

DYAD_COMMITMENT_EXPIRED = Guideline(
    code="dyad-commitment-expired",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Dyad,),
    title=_("Engagement arrivé à sa fin"),
    checks=_("La fin de l’engagement d’une dyade en cours, quand cette date est passée."),
    headline=_("Engagement arrivé à sa fin"),
    observed=_expired,
    measure="open_dyad_facts",
    column=None,
    thresholds=(Threshold(Severity.INFO, Breach.HOLDS, None, _("la date de fin d’engagement est passée"), "expired"),),
    unit="",
    citation=TRAINING,
    explanation=_(
        "Poursuivre au-delà d’une année est associé à des mentores et mentors mieux préparés. Quand l’engagement arrive "
        "à sa fin, se dire ce que l’on fait ensuite évite qu’une relation s’éteigne sans mot. Ce repère est le nôtre."
    ),
    next_steps=(
        NextStep(
            _("Prolonger l’engagement"),
            _("Convenez d’une nouvelle date avec l’élève et la mentore ou le mentor."),
            "calendar-plus",
            "dyad_commitment",
        ),
        NextStep(
            _("Terminer la dyade"),
            _("Avec une conversation de clôture, si la relation se termine comme prévu."),
            "check-lg",
            "dyad_end",
        ),
        REVIEW,
    ),
    clears=_("Par les faits, quand l’engagement est prolongé ou que la fin de la dyade est inscrite."),
    clearing=(Clearing.FACTS,),
    needs=_("La date de fin de l’engagement."),
)
