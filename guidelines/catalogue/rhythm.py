"""How often a dyad meets, on the school's own calendar."""

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue.duration import TAKE_TIME
from guidelines.catalogue.entry import Breach, Guideline, Threshold
from guidelines.catalogue.steps import LOG_FORGOTTEN, OPEN_DYAD, PLAN_MEETING
from guidelines.models import Severity

STEPS = (LOG_FORGOTTEN, PLAN_MEETING, OPEN_DYAD)

GUIDELINES = (
    Guideline(
        code="dyad-critical-period",
        subject="dyad",
        title=_("Silence pendant les trois premiers mois"),
        checks=_("Pendant les trois mois qui suivent le début, les deux dernières semaines de classe évaluables."),
        measure="recent_weeks",
        column="missed_of_last_2",
        unlogged="unlogged_of_last_2",
        thresholds=(
            Threshold(
                Severity.CRITICAL,
                Breach.HOLDS,
                2,
                _("deux semaines de classe manquées de suite, avant trois mois"),
                "silent_early",
            ),
        ),
        unit=_("semaines"),
        citation=TAKE_TIME,
        explanation=_(
            "Une relation qui s’arrête avant trois mois est associée à des effets défavorables sur le sentiment de "
            "compétence et l’estime de soi de l’élève. Deux semaines de silence au début sont le moment d’agir."
        ),
        next_steps=STEPS,
        clears=_("Par les faits, dès qu’une rencontre est consignée\u00a0; par le temps, après trois mois."),
    ),
    Guideline(
        code="dyad-gap",
        subject="dyad",
        title=_("Plusieurs semaines de suite sans rencontre"),
        checks=_("Les semaines de classe manquées de suite, à la fin des semaines évaluables."),
        measure="recent_weeks",
        column="gap",
        unlogged="unlogged_in_gap",
        thresholds=(
            Threshold(Severity.CRITICAL, Breach.AT_LEAST, 3, _("trois semaines de suite ou plus"), "gap"),
            Threshold(Severity.WARNING, Breach.AT_LEAST, 2, _("deux semaines de suite"), "gap"),
        ),
        unit=_("semaines"),
        citation=TAKE_TIME,
        explanation=_(
            "Les programmes demandent habituellement une rencontre par semaine. Des rencontres fréquentes, sur une longue "
            "période, sont associées à de bonnes relations de mentorat."
        ),
        next_steps=STEPS,
        clears=_("Par les faits, quand une rencontre tenue met fin à la suite."),
    ),
    Guideline(
        code="dyad-frequency",
        subject="dyad",
        title=_("Rencontres trop espacées"),
        checks=_("Les semaines de classe manquées parmi les quatre dernières évaluables."),
        measure="recent_weeks",
        column="missed_of_last_4",
        unlogged="unlogged_of_last_4",
        thresholds=(
            Threshold(
                Severity.CRITICAL, Breach.AT_LEAST, 3, _("trois semaines sur quatre ou plus"), "missed_of_last_4"
            ),
            Threshold(Severity.WARNING, Breach.AT_LEAST, 2, _("deux semaines sur quatre"), "missed_of_last_4"),
        ),
        unit=_("semaines"),
        citation=TAKE_TIME,
        explanation=_(
            "Les programmes demandent habituellement une rencontre par semaine. Passer du temps ensemble, souvent et "
            "longtemps, est associé à de bonnes relations de mentorat."
        ),
        next_steps=STEPS,
        clears=_("Par les faits, quand les rencontres reprennent chaque semaine."),
    ),
)
