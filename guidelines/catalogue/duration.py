"""How long a relationship lasts, and is meant to last."""

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue.entry import Breach, Citation, Guideline, NextStep, Threshold
from guidelines.catalogue.steps import OPEN_DYAD
from guidelines.models import Severity

TAKE_TIME = Citation("3.2", "Prendre le temps")

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
            Threshold(Severity.CRITICAL, Breach.BELOW, 3, _("moins de 3 mois"), "months"),
            Threshold(Severity.WARNING, Breach.BELOW, 6, _("de 3 à 6 mois"), "months"),
        ),
        unit=_("mois"),
        citation=TAKE_TIME,
        explanation=_(
            "Les relations de moins de trois mois sont associées à une baisse du sentiment de compétence et de l’estime "
            "de soi de l’élève\u00a0; entre trois et six mois, elles sont associées à très peu de changement. Un relais "
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
    ),
    Guideline(
        code="dyad-duration-planned",
        subject="dyad",
        title=_("Engagement court ou absent"),
        checks=_("Les mois entre le début de la dyade et la fin de l’engagement."),
        measure="commitments",
        column="months",
        thresholds=(
            Threshold(Severity.WARNING, Breach.BELOW, 6, _("aucun engagement, ou moins de 6 mois"), "months"),
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
        next_steps=(
            NextStep(
                _("Convenir d’une date de fin d’engagement"),
                _("Au moins jusqu’à la fin de l’année scolaire, si la mentore ou le mentor le peut."),
                "calendar-check",
                "dyad",
            ),
            OPEN_DYAD,
        ),
        clears=_("Par les faits, quand l’engagement est inscrit ou prolongé."),
    ),
)
