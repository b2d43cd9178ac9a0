"""The size of a support group."""

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue.entry import Breach, Citation, Guideline, NextStep, Threshold
from guidelines.catalogue.steps import OPEN_GROUP
from guidelines.models import Severity

GUIDELINES = (
    Guideline(
        code="group-too-large",
        subject="group",
        title=_("Groupe trop grand"),
        checks=_("Les membres actifs du groupe, ce jour-là."),
        measure="group_sizes",
        column="members",
        thresholds=(
            Threshold(Severity.CRITICAL, Breach.ABOVE, 15, _("plus de 15 membres"), "members"),
            Threshold(Severity.WARNING, Breach.ABOVE, 12, _("de 13 à 15 membres"), "members"),
        ),
        unit=_("membres"),
        citation=Citation("2.2", "Contrôler la taille des groupes"),
        explanation=_(
            "Les spécialistes suggèrent de ne pas dépasser «\u00a012 à 15 élèves\u00a0» par groupe. C’est une zone plutôt "
            "qu’une ligne\u00a0: au-delà de 12, gardez un œil sur le temps accordé à chaque élève\u00a0; au-delà de 15, "
            "envisagez un second groupe."
        ),
        next_steps=(
            NextStep(
                _("Former un second groupe"),
                _("Deux groupes plus petits, avec une ou un adulte pour chacun."),
                "people",
                "group",
            ),
            OPEN_GROUP,
        ),
        clears=_("Par les faits, quand le groupe compte 12 membres ou moins."),
    ),
    Guideline(
        code="group-too-small",
        subject="group",
        title=_("Petit groupe"),
        checks=_("Les membres actifs du groupe, ce jour-là\u00a0; un groupe sans membre n’est pas évalué."),
        measure="group_sizes",
        column="members",
        thresholds=(Threshold(Severity.INFO, Breach.BELOW, 5, _("de 1 à 4 membres"), "members"),),
        unit=_("membres"),
        citation=Citation("2", "Les pratiques d’intervention dans les programmes d’accompagnement scolaire"),
        explanation=_(
            "Les groupes comptent le plus souvent de 5 à 15 élèves. C’est une description de ce qui se fait, non une "
            "règle\u00a0: un petit groupe peut être un choix."
        ),
        next_steps=(OPEN_GROUP,),
        clears=_("Par les faits, quand le groupe compte cinq membres ou plus."),
    ),
)
