"""How mentors are prepared, how they go about it, and how many students they accompany."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.citations import APPROACH, MENTORING, STYLE, TAKE_TIME, TRAINING
from guidelines.catalogue.entry import Audience, Breach, Clearing, Guideline, NextStep, Threshold
from guidelines.catalogue.sentence import Sentence, value_of
from guidelines.catalogue.steps import OPEN_MENTOR
from guidelines.concerns import Concern
from guidelines.severity import Severity
from mentoring.models import Dyad, DyadMeeting, MentorApproach, StyleSelfAssessment, Training
from programs.calendars.periods import WeekCell

if TYPE_CHECKING:
    from guidelines.models import Flag

OFFER_TRAINING = NextStep(
    _("Offrir une formation initiale"),
    _("Deux heures au total, en une ou plusieurs séances."),
    "mortarboard",
    "mentor",
)
WRITE_TRAINING = NextStep(
    _("Inscrire une formation déjà suivie"),
    _("Si elle a eu lieu, l’inscrire règle le point de vigilance."),
    "clipboard-check",
    "training_new",
)
BIRTH_DATES = _("La date de naissance du pair qui accompagne et celle d’au moins un élève de ses dyades.")


def _trained(flag: "Flag", _cells: Sequence[WeekCell]) -> str:
    """Against the bound in force; who has none at all breaches another, which says nothing of the whole."""
    if not flag.threshold:
        return str(_("Aucune formation initiale inscrite"))
    return _("Formation initiale\u00a0: %(minutes)s min sur %(bound)s") % {
        "minutes": value_of(flag),
        "bound": flag.threshold,
    }


MENTOR_TRAINING = Guideline(
    code="mentor-training",
    subject="mentor",
    audience=Audience.TRAINERS,
    concern=Concern.SETUP,
    moved_by=(Training, Dyad),
    title=_("Formation initiale à compléter"),
    checks=_("Les minutes de formation initiale d’une personne qui a au moins une dyade en cours."),
    headline=_trained,
    observed=Sentence(
        _("%(minutes)s minutes de formation initiale sont inscrites, et au moins une dyade est en cours."),
        at_zero=_("Aucune formation initiale n’est inscrite, et au moins une dyade est en cours."),
    ),
    measure="mentor_facts",
    column="minutes",
    thresholds=(
        Threshold(
            Severity.CRITICAL,
            Breach.AT_MOST,
            0,
            _("%(bound)s minute de formation initiale, ou moins"),
            "minutes",
            at_zero=_("aucune formation initiale"),
        ),
        Threshold(Severity.WARNING, Breach.BELOW, 120, _("moins de %(bound)s minutes"), "minutes"),
    ),
    unit=_("minutes"),
    citation=TRAINING,
    explanation=_(
        "Une formation de moins de deux heures est associée à des mentores et mentors moins à l’aise, à moins de temps "
        "passé avec l’élève et à des relations moins durables. La formation initiale est associée à la qualité et à la "
        "durée de la relation."
    ),
    next_steps=(OFFER_TRAINING, WRITE_TRAINING),
    clears=_("Par les faits, quand la formation initiale inscrite atteint la durée de la balise."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=_("Une dyade en cours; l’absence de formation est elle-même un constat."),
)

MENTOR_TRAINING_LATE = Guideline(
    code="mentor-training-late",
    subject="mentor",
    audience=Audience.TRAINERS,
    concern=Concern.SETUP,
    moved_by=(Training, Dyad, DyadMeeting),
    title=_("Formation initiale terminée après la première rencontre"),
    checks=_("Les minutes de formation initiale déjà suivies le jour de la première rencontre des dyades en cours."),
    headline=_("Formation\u00a0: %(minutes)s min sur %(bound)s à la première rencontre"),
    observed=ngettext_lazy(
        "Le jour de la première rencontre, %(count)s minute de formation initiale était terminée; le reste a suivi.",
        "Le jour de la première rencontre, %(count)s minutes de formation initiale étaient terminées; le "
        "reste a suivi.",
        "count",
    ),
    measure="training_before_meeting",
    column="minutes_by_then",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.BELOW,
            120,
            _("moins de %(bound)s minutes le jour de la première rencontre"),
            "minutes_by_then",
        ),
    ),
    unit=_("minutes"),
    citation=TRAINING,
    explanation=_(
        "Les formations que la recension décrit précèdent l’accompagnement; elles sont associées à la qualité et à la "
        "durée de la relation, et au sentiment d’efficacité. C’est une information pour les prochains jumelages."
    ),
    next_steps=(
        NextStep(
            _("Corriger la date d’une formation"),
            _("Si une séance a eu lieu plus tôt, inscrivez sa vraie date."),
            "pencil-square",
            "training_new",
        ),
        OPEN_MENTOR,
    ),
    clears=_("Par une correction des dates; par le temps, quand ces dyades prennent fin."),
    clearing=(Clearing.CORRECTION, Clearing.TIME),
    needs=_("Une formation initiale complète, et une première rencontre tenue."),
)

MENTOR_STYLE = Guideline(
    code="mentor-style",
    subject="mentor",
    audience=Audience.TRAINERS,
    concern=Concern.PRACTICE,
    moved_by=(StyleSelfAssessment, Dyad),
    title=_("Style surtout prescriptif, selon l’autoévaluation"),
    checks=_("La dernière autoévaluation\u00a0: les repères développementaux et les repères prescriptifs cochés."),
    headline=_("Style surtout prescriptif, selon l’autoévaluation"),
    observed=_("La dernière autoévaluation compte plus de repères prescriptifs que de repères développementaux."),
    measure="mentor_facts",
    column=None,
    lacking="style_lacking",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.HOLDS,
            None,
            _("plus de repères prescriptifs que de repères développementaux"),
            "mostly_prescriptive",
        ),
    ),
    unit="",
    citation=STYLE,
    explanation=_(
        "Le style développemental, flexible et centré sur les besoins de l’élève, est associé à des rapports plus "
        "réguliers, plus durables et plus satisfaisants; le style prescriptif, à des relations plus difficiles. On "
        "offre du soutien\u00a0: personne n’est classé."
    ),
    next_steps=(
        NextStep(
            _("Refaire l’autoévaluation"),
            _("Quelques repères à cocher, quand vous le souhaitez."),
            "clipboard-check",
            "mentor_style",
        ),
        NextStep(
            _("Offrir un moment de soutien"),
            _("Parlez ensemble de ce qui se passe dans les rencontres, sans juger."),
            "chat-dots",
            "mentor",
        ),
    ),
    clears=_("Par les faits, à l’autoévaluation suivante."),
    clearing=(Clearing.FACTS,),
    needs=_("Une autoévaluation du style, par la mentore ou le mentor."),
)

MENTOR_APPROACH = Guideline(
    code="mentor-approach",
    subject="mentor",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(MentorApproach, Dyad),
    title=_("Approche à préciser"),
    checks=_("Les croyances, les attitudes, les comportements et le style, énoncés par la mentore ou le mentor."),
    headline=ngettext_lazy(
        "Approche\u00a0: %(count)s élément énoncé sur quatre",
        "Approche\u00a0: %(count)s éléments énoncés sur quatre",
        "count",
    ),
    observed=Sentence(
        ngettext_lazy(
            "%(count)s élément sur quatre est énoncé (croyances, attitudes, comportements, style).",
            "%(count)s éléments sur quatre sont énoncés (croyances, attitudes, comportements, style).",
            "count",
        ),
        at_zero=_("Aucun des quatre éléments (croyances, attitudes, comportements, style) n’est énoncé."),
    ),
    measure="mentor_facts",
    column="stated",
    thresholds=(Threshold(Severity.INFO, Breach.BELOW, 4, _("moins de %(bound)s éléments énoncés"), "stated"),),
    unit=_("éléments"),
    citation=APPROACH,
    explanation=_(
        "La recension juge important que chaque mentore ou mentor précise ses croyances, ses attitudes, ses "
        "comportements et son style. Les mettre en mots aide à en parler."
    ),
    next_steps=(
        NextStep(
            _("Énoncer votre approche"),
            _("Quatre courts textes, que vous pouvez compléter peu à peu."),
            "pencil-square",
            "mentor_approach",
        ),
        OPEN_MENTOR,
    ),
    clears=_("Par les faits, quand les quatre éléments sont énoncés."),
    clearing=(Clearing.FACTS,),
    needs=_("Une dyade en cours; l’absence d’énoncé est elle-même un constat."),
)

MENTOR_PEER_AGE = Guideline(
    code="mentor-peer-age",
    subject="mentor",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Dyad,),
    title=_("Pair du même âge que l’élève, ou plus jeune"),
    checks=_("L’âge d’un pair qui accompagne et celui des élèves de ses dyades en cours."),
    headline=_("Pair du même âge que l’élève, ou plus jeune"),
    observed=_("D’après les dates de naissance inscrites, ce pair a le même âge que l’élève, ou est plus jeune."),
    measure="mentor_facts",
    column=None,
    lacking="age_lacking",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.HOLDS,
            None,
            _("le pair a le même âge que l’élève, ou est plus jeune"),
            "not_older",
        ),
    ),
    unit="",
    citation=MENTORING,
    explanation=_(
        "La recension parle d’un «\u00a0pair plus âgé\u00a0»\u00a0: l’écart d’âge fait partie de ce qui permet à "
        "l’élève de s’appuyer sur cette personne. Vérifiez d’abord les dates de naissance."
    ),
    next_steps=(
        NextStep(
            _("Vérifier les dates de naissance"),
            _("Une date mal inscrite explique souvent ce constat."),
            "calendar3",
            "mentor",
        ),
        NextStep(
            _("Revoir le jumelage avec les deux élèves"),
            _("Demandez-leur ce qui fonctionne, avant de changer quoi que ce soit."),
            "chat-dots",
        ),
    ),
    clears=_("Par une correction des dates de naissance, ou par les faits, quand la dyade prend fin."),
    clearing=(Clearing.CORRECTION, Clearing.FACTS),
    needs=BIRTH_DATES,
)

MENTOR_LOAD = Guideline(
    code="mentor-load",
    subject="mentor",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Dyad,),
    title=_("Beaucoup de dyades à la fois"),
    checks=_("Les dyades en cours d’une même personne."),
    headline=ngettext_lazy("%(count)s dyade en cours", "%(count)s dyades en cours", "count"),
    observed=ngettext_lazy(
        "%(count)s dyade est en cours avec cette personne (balise\u00a0: %(bound)s).",
        "%(count)s dyades sont en cours avec cette personne (balise\u00a0: %(bound)s).",
        "count",
    ),
    measure="mentor_facts",
    column="dyads",
    thresholds=(Threshold(Severity.INFO, Breach.ABOVE, 5, _("plus de %(bound)s dyades en cours"), "dyads"),),
    unit=_("dyades"),
    citation=TAKE_TIME,
    explanation=_(
        "Passer suffisamment de temps avec chaque élève, souvent et longtemps, est associé à de bonnes relations\u00a0: cela "
        "demande de la disponibilité. Le nombre de dyades est notre repère, non celui de la recension."
    ),
    next_steps=(
        NextStep(
            _("Parler de la charge"),
            _("Demandez ce qui est tenable avant de confier une nouvelle dyade."),
            "chat-dots",
            "mentor",
        ),
    ),
    clears=_("Par les faits, quand des dyades prennent fin ou sont confiées à une autre personne."),
    clearing=(Clearing.FACTS,),
    needs=_("Les dyades en cours de la personne."),
)
