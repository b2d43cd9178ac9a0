"""How regularly a dyad meets, and for how long each week."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.citations import BEHAVIOURS, TRAINING
from guidelines.catalogue.entry import Audience, Breach, Clearing, Guideline, Parameter, Threshold
from guidelines.catalogue.steps import LOG_FORGOTTEN, OPEN_DYAD, PLAN_MEETING, REVIEW
from guidelines.concerns import Concern
from guidelines.severity import Severity
from mentoring.models import DyadMeeting, DyadTimetable, Pause
from programs.models import SchoolDay

DYAD_REGULARITY = Guideline(
    code="dyad-regularity",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    title=_("Rencontres peu régulières depuis le début"),
    checks=_(
        "La part des semaines de classe avec une rencontre, depuis le début\u00a0: pour les dyades en cours depuis assez "
        "longtemps (six mois, par défaut), et pour celles qui ont pris fin pendant l’année scolaire."
    ),
    headline=_("Une rencontre dans %(percent)s\u00a0%% des semaines de classe"),
    observed=_(
        "Depuis le début, une rencontre est consignée dans %(percent)s\u00a0%% des semaines de classe évaluables "
        "(balise\u00a0: %(bound)s\u00a0%%)."
    ),
    measure="regularity",
    column="regularity",
    unlogged="unlogged_since_start",
    lacking="regularity_lacking",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.BELOW,
            75,
            _("moins de %(bound)s\u00a0%% des semaines de classe"),
            "regularity",
        ),
    ),
    unit="%",
    citation=TRAINING,
    explanation=_(
        "La recension retient, parmi les conditions essentielles, des rencontres hebdomadaires pendant au moins six "
        "mois. Le pourcentage est notre repère\u00a0: il laisse de la place aux imprévus."
    ),
    next_steps=(LOG_FORGOTTEN, PLAN_MEETING, REVIEW, OPEN_DYAD),
    clears=_(
        "Par les faits, quand la part des semaines avec une rencontre remonte; par le temps, à la nouvelle année "
        "scolaire, pour une dyade terminée."
    ),
    clearing=(Clearing.FACTS, Clearing.TIME, Clearing.CORRECTION),
    needs=_("Assez de semaines de classe évaluables depuis le début (huit, par défaut)."),
    parameters=(
        Parameter("months", 6, _("Mois depuis le début, pour une dyade en cours")),
        Parameter("least", 8, _("Semaines évaluables qu’il faut au moins")),
    ),
)

DYAD_WEEKLY_MINUTES = Guideline(
    code="dyad-weekly-minutes",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.PRACTICE,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    title=_("Peu de temps ensemble chaque semaine"),
    checks=_("Les minutes de rencontre par semaine de classe évaluable, parmi les dernières (quatre par défaut)."),
    headline=ngettext_lazy(
        "%(count)s minute de rencontre par semaine", "%(count)s minutes de rencontre par semaine", "count"
    ),
    observed=ngettext_lazy(
        "Dans les dernières semaines évaluables, les rencontres durent en tout %(count)s minute par semaine "
        "(balise\u00a0: %(bound)s).",
        "Dans les dernières semaines évaluables, les rencontres durent en tout %(count)s minutes par semaine "
        "(balise\u00a0: %(bound)s).",
        "count",
    ),
    measure="open_dyad_weeks",
    column="weekly_minutes",
    unlogged="unlogged_of_minutes",
    lacking="minutes_lacking",
    thresholds=(
        Threshold(Severity.INFO, Breach.BELOW, 15, _("moins de %(bound)s minutes par semaine"), "weekly_minutes"),
    ),
    unit=_("minutes"),
    citation=BEHAVIOURS,
    explanation=_(
        "Dans une étude américaine, se voir de 15 à 20 minutes par semaine pour reconnaître une réussite est associé à "
        "de meilleures relations avec le personnel enseignant. C’est un plancher d’attention, jamais un plafond."
    ),
    next_steps=(LOG_FORGOTTEN, PLAN_MEETING, OPEN_DYAD),
    clears=_("Par les faits, quand les rencontres s’allongent ou reprennent."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=_("Au moins une semaine évaluable, et la durée de chaque rencontre de ces semaines."),
    parameters=(Parameter("weeks", 4, _("Dernières semaines évaluables que l’on regarde"), fewest=1),),
)
