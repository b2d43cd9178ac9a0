"""Resource teachers: the time freed for them, their three functions, their five foundations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.entry import Audience, Breach, Citation, Clearing, Guideline, NextStep, Threshold
from guidelines.catalogue.sentence import Sentence
from guidelines.concerns import Concern
from guidelines.severity import Severity
from programs.models import Foundation, FunctionTime, GroupLead, TeacherRelease

AT_HEART = Citation("1.2", "Au cœur des pratiques\u00a0: les enseignants-ressources et leurs élèves")
OPEN_TEACHER = NextStep(
    _("Voir la page de la personne-ressource"),
    _("Sa libération, ses fonctions et ses fondements."),
    "person",
    "teacher",
)

TEACHER_RELEASE = Guideline(
    code="teacher-release",
    subject="teacher",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(TeacherRelease, GroupLead),
    title=_("Libération à vérifier"),
    checks=_(
        "La somme des libérations inscrites pour l’année scolaire, quelle qu’en soit la base. "
        "Une personne responsable d’un groupe devrait en avoir une."
    ),
    headline=Sentence(_("Libération de %(percent)s\u00a0%% de la tâche"), unknown=_("Aucune libération inscrite")),
    observed=Sentence(
        _("Les libérations inscrites pour l’année scolaire font %(percent)s\u00a0%% en tout."),
        unknown=_(
            "La personne est responsable d’un groupe, et aucune libération n’est inscrite pour l’année scolaire."
        ),
    ),
    measure="teacher_releases",
    column="released",
    thresholds=(
        Threshold(Severity.CRITICAL, Breach.ABOVE, 50, _("plus de %(bound)s\u00a0%% de la tâche"), "released"),
        Threshold(Severity.INFO, Breach.HOLDS, None, _("aucune libération inscrite"), "unrecorded"),
    ),
    unit=_("% de la tâche"),
    citation=AT_HEART,
    explanation=_(
        "Les écoles peuvent libérer une enseignante ou un enseignant d’expérience jusqu’à la moitié de sa tâche. Une "
        "libération inscrite dit à tout le monde le temps dont la personne dispose pour ses élèves."
    ),
    next_steps=(
        NextStep(
            _("Inscrire ou corriger la libération"),
            _("Le pourcentage et la base\u00a0: tâche éducative, complète ou d’enseignement."),
            "pencil-square",
            "teacher_release",
        ),
        OPEN_TEACHER,
    ),
    needs=_("Un groupe en charge; l’absence de libération est elle-même un constat."),
    clears=_("Par les faits, quand la libération est inscrite, ou par une correction."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
)

TEACHER_FUNCTIONS = Guideline(
    code="teacher-functions",
    subject="teacher",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(FunctionTime, GroupLead),
    title=_("Fonction sans temps consigné"),
    checks=_(
        "Le temps consigné depuis le début de l’année scolaire dans chacune des trois fonctions\u00a0: accompagner des "
        "élèves, soutenir les collègues, se concerter avec les services. La préparation compte."
    ),
    headline=ngettext_lazy(
        "%(count)s fonction sans temps consigné", "%(count)s fonctions sans temps consigné", "count"
    ),
    observed=ngettext_lazy(
        "Depuis le début de l’année scolaire, %(count)s des trois fonctions n’a aucun temps consigné.",
        "Depuis le début de l’année scolaire, %(count)s des trois fonctions n’ont aucun temps consigné.",
        "count",
    ),
    measure="teacher_practice",
    column="idle_functions",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            0,
            _("fonctions sans temps consigné\u00a0: plus de %(bound)s"),
            "idle_functions",
            at_zero=_("au moins une fonction sans temps consigné"),
            within=3,
        ),
    ),
    unit=_("fonctions"),
    citation=AT_HEART,
    explanation=_(
        "La personne-ressource a trois fonctions. Les trois ensemble sont associées à la prévention du décrochage, "
        "bien que leur part varie d’une école à l’autre\u00a0: aucune part n’est attendue ici, seulement du temps."
    ),
    next_steps=(
        NextStep(
            _("Consigner du temps"),
            _("Une concertation, un soutien à une collègue ou à un collègue, une préparation."),
            "hourglass-split",
            "function_time",
        ),
        OPEN_TEACHER,
    ),
    clears=_("Par les faits, quand du temps est consigné dans les trois fonctions."),
    clearing=(Clearing.FACTS, Clearing.TIME),
    needs=_("Du temps consigné dans au moins une fonction pendant l’année scolaire."),
    lacking="nothing_logged",
)

TEACHER_FOUNDATIONS = Guideline(
    code="teacher-foundations",
    subject="teacher",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Foundation, GroupLead),
    title=_("Fondements à énoncer"),
    checks=_(
        "Les fondements énoncés par la personne responsable d’un groupe, parmi cinq\u00a0: le soutien aux élèves, les "
        "crises, l’organisation des rencontres, le rôle et ses limites, ses besoins et ses attentes."
    ),
    headline=ngettext_lazy("%(count)s fondement énoncé sur cinq", "%(count)s fondements énoncés sur cinq", "count"),
    observed=ngettext_lazy(
        "La personne est responsable d’un groupe; %(count)s fondement est énoncé sur cinq.",
        "La personne est responsable d’un groupe; %(count)s fondements sont énoncés sur cinq.",
        "count",
    ),
    measure="teacher_practice",
    column="foundations",
    thresholds=(
        Threshold(Severity.WARNING, Breach.BELOW, 5, _("moins de %(bound)s fondements énoncés"), "foundations"),
    ),
    unit=_("fondements"),
    citation=Citation("2.2", "Clarifier les fondements de la pratique"),
    explanation=_(
        "Dans trois écoles américaines, une vision claire de ces cinq éléments était associée à la réussite de "
        "l’accompagnement. Les énoncer avant la première rencontre aide à savoir ce qu’on fera, et pourquoi."
    ),
    next_steps=(
        NextStep(
            _("Énoncer les fondements"),
            _("Une phrase ou deux pour chacun; on peut les revoir."),
            "pencil-square",
            "foundations",
        ),
        OPEN_TEACHER,
    ),
    needs=_("Un groupe en charge; un fondement absent est lui-même un constat."),
    clears=_("Par les faits, quand les cinq fondements sont énoncés."),
    clearing=(Clearing.FACTS,),
)
