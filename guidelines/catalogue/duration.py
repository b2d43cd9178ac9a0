"""How long a relationship lasts, and is meant to last."""

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue.citations import TAKE_TIME, TRAINING
from guidelines.catalogue.entry import Breach, Clearing, Guideline, NextStep, Threshold
from guidelines.catalogue.steps import OPEN_DYAD, REVIEW, WRITE_COMMITMENT
from guidelines.models import Severity

GUIDELINES = (
    Guideline(
        code="dyad-duration-short",
        subject="dyad",
        title=_("Relation terminée avant six mois"),
        checks=_(
            "Les mois entre la première rencontre tenue (ou le début, s’il n’y en a pas eu) et la fin d’une dyade "
            "terminée pendant l’année scolaire. Une dyade en cours n’est jamais «\u00a0trop courte\u00a0»."
        ),
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
        clears=_("Par le temps, à la nouvelle année scolaire, ou par une correction des dates."),
        clearing=(Clearing.TIME, Clearing.CORRECTION),
        needs=_("La date de fin de la dyade, et les rencontres tenues."),
    ),
    Guideline(
        code="dyad-duration-planned",
        subject="dyad",
        title=_("Engagement court ou absent"),
        checks=_("Les mois entre le début de la dyade et la fin de l’engagement."),
        measure="open_dyad_facts",
        column="months",
        thresholds=(
            Threshold(Severity.WARNING, Breach.BELOW, 6, _("aucun engagement, ou moins de %(bound)s mois"), "months"),
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
    ),
    Guideline(
        code="dyad-commitment-expired",
        subject="dyad",
        title=_("Engagement arrivé à sa fin"),
        checks=_("La fin de l’engagement d’une dyade en cours, quand cette date est passée."),
        measure="open_dyad_facts",
        column=None,
        thresholds=(
            Threshold(Severity.INFO, Breach.HOLDS, None, _("la date de fin d’engagement est passée"), "expired"),
        ),
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
    ),
)
