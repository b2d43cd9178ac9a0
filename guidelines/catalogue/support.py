"""What surrounds a dyad's meetings: the agreement, teachers heard, follow-up, support, reviews."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.citations import BEHAVIOURS, TRAINING
from guidelines.catalogue.entry import Audience, Breach, Clearing, Guideline, NextStep, Parameter, Threshold
from guidelines.catalogue.sentence import Sentence
from guidelines.catalogue.steps import OPEN_DYAD, REVIEW
from guidelines.concerns import Concern
from guidelines.severity import Severity
from mentoring.models import Agreement, DifficultEvent, FollowUp, RelationshipReview, TeacherLiaison
from programs.models import Term

TERM = _("Une étape terminée, inscrite au calendrier, et une dyade commencée au moins 28 jours avant sa fin.")
PRESENCE = Parameter("presence_days", 28, _("Jours de présence qu’il faut avant la fin de l’étape"))

DYAD_AGREEMENT = Guideline(
    code="dyad-agreement",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Agreement,),
    title=_("Entente à conclure"),
    checks=_("Une entente signée, avec au moins un objectif et au moins une tâche."),
    headline=ngettext_lazy(
        "Aucune entente signée, %(count)s jour après le début",
        "Aucune entente signée, %(count)s jours après le début",
        "count",
    ),
    observed=_("La dyade a commencé le %(date)s, et aucune entente signée n’a à la fois un objectif et une tâche."),
    measure="open_dyad_facts",
    column="agreement_days",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.AT_LEAST,
            14,
            _("aucune entente %(bound)s jours après le début, ou plus tard"),
            "agreement_days",
        ),
    ),
    unit=_("jours"),
    citation=TRAINING,
    explanation=_(
        "Des ententes claires sur les objectifs et les tâches du mentorat comptent parmi les critères que la recension "
        "juge essentiels. Le délai est notre repère."
    ),
    next_steps=(
        NextStep(
            _("Écrire l’entente ensemble"),
            _("Un objectif et une tâche suffisent pour commencer, dans les mots de l’élève."),
            "pencil-square",
            "dyad_agreement",
        ),
        OPEN_DYAD,
    ),
    clears=_("Par les faits, quand une entente avec un objectif et une tâche est signée."),
    clearing=(Clearing.FACTS,),
    needs=_("La date de début de la dyade; l’absence d’entente est elle-même un constat."),
)

DYAD_TEACHER_LIAISON = Guideline(
    code="dyad-teacher-liaison",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(TeacherLiaison, Term),
    title=_("Aucun échange avec le personnel enseignant de l’élève"),
    checks=_("Les échanges avec le personnel enseignant de l’élève, consignés pendant la dernière étape terminée."),
    headline=Sentence(
        ngettext_lazy(
            "%(count)s échange avec le personnel enseignant dans l’étape",
            "%(count)s échanges avec le personnel enseignant dans l’étape",
            "count",
        ),
        at_zero=_("Aucun échange avec le personnel enseignant dans l’étape"),
    ),
    observed=Sentence(
        ngettext_lazy(
            "%(count)s échange avec le personnel enseignant de l’élève est consigné dans la dernière étape terminée.",
            "%(count)s échanges avec le personnel enseignant de l’élève sont consignés dans la dernière étape terminée.",
            "count",
        ),
        at_zero=_(
            "Aucun échange avec le personnel enseignant de l’élève n’est consigné dans la dernière étape terminée."
        ),
    ),
    measure="open_dyad_facts",
    column="liaisons",
    lacking="term_lacking",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.AT_MOST,
            0,
            _("%(bound)s échange dans l’étape, ou moins"),
            "liaisons",
            at_zero=_("aucun échange dans l’étape"),
        ),
    ),
    unit=_("échanges"),
    citation=BEHAVIOURS,
    explanation=_(
        "Parler avec le personnel enseignant, pour connaître une réussite de l’élève et le travail de la semaine, est "
        "associé à de meilleures relations en classe. Le rythme d’une fois par étape est notre repère."
    ),
    next_steps=(
        NextStep(
            _("Consigner un échange avec le personnel enseignant"),
            _("Une réussite entendue, le travail de la semaine\u00a0: une ligne suffit."),
            "chat-dots",
            "dyad_liaison",
        ),
        OPEN_DYAD,
    ),
    clears=_("Par le temps, à la fin de l’étape suivante; par une correction, si un échange a été oublié."),
    clearing=(Clearing.TIME, Clearing.CORRECTION),
    needs=TERM,
    parameters=(PRESENCE,),
)

DYAD_SYSTEMATIC_FOLLOWUP = Guideline(
    code="dyad-systematic-followup",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(FollowUp, Term),
    title=_("Suivi des retards, de la discipline et des résultats"),
    checks=_(
        "Les retards, les notes de discipline et les résultats, revus chacun avec l’élève au moins une fois pendant la "
        "dernière étape terminée."
    ),
    headline=ngettext_lazy(
        "%(count)s sujet de suivi non revu avec l’élève dans l’étape",
        "%(count)s sujets de suivi non revus avec l’élève dans l’étape",
        "count",
    ),
    observed=ngettext_lazy(
        "Parmi les retards, les notes de discipline et les résultats, %(count)s sujet n’a pas été revu avec "
        "l’élève dans la dernière étape terminée.",
        "Parmi les retards, les notes de discipline et les résultats, %(count)s sujets n’ont pas été revus "
        "avec l’élève dans la dernière étape terminée.",
        "count",
    ),
    measure="open_dyad_facts",
    column="not_reviewed",
    lacking="term_lacking",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            0,
            _("plus de %(bound)s sujet non revu dans l’étape"),
            "not_reviewed",
            at_zero=_("au moins un sujet non revu dans l’étape"),
            within=3,
        ),
    ),
    unit=_("sujets"),
    citation=BEHAVIOURS,
    explanation=_(
        "Suivre régulièrement les retards, la discipline et les résultats, puis en discuter avec l’élève, est associé à "
        "une meilleure relation avec le personnel enseignant. Le rythme d’une fois par étape est notre repère."
    ),
    next_steps=(
        NextStep(
            _("Consigner la routine de la semaine"),
            _("Ce que vous avez regardé avec l’élève\u00a0: retards, discipline, résultats."),
            "clipboard-check",
            "dyad_routine",
        ),
        OPEN_DYAD,
    ),
    clears=_("Par le temps, à la fin de l’étape suivante; par une correction, si un suivi a été oublié."),
    clearing=(Clearing.TIME, Clearing.CORRECTION),
    needs=TERM,
    parameters=(PRESENCE,),
)

DYAD_SUPPORT_AFTER_EVENT = Guideline(
    code="dyad-support-after-event",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(DifficultEvent,),
    title=_("Soutien à offrir après un événement difficile"),
    checks=_("Les événements difficiles consignés pour lesquels aucun soutien ne l’est encore."),
    headline=ngettext_lazy(
        "Événement difficile depuis %(count)s jour, sans soutien consigné",
        "Événement difficile depuis %(count)s jours, sans soutien consigné",
        "count",
    ),
    observed=ngettext_lazy(
        "Un événement difficile est consigné depuis %(count)s jour, et aucun soutien ne l’est encore.",
        "Un événement difficile est consigné depuis %(count)s jours, et aucun soutien ne l’est encore.",
        "count",
    ),
    measure="open_dyad_facts",
    column="event_days",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.AT_LEAST,
            14,
            _("%(bound)s jours ou plus depuis l’événement, sans soutien consigné"),
            "event_days",
        ),
    ),
    unit=_("jours"),
    citation=BEHAVIOURS,
    explanation=_(
        "Encourager l’élève et souligner ses compétences quand survient un moment difficile, comme un échec, est associé "
        "à des liens plus positifs avec le personnel enseignant par la suite. Le délai est notre repère."
    ),
    next_steps=(
        NextStep(
            _("Consigner le soutien offert"),
            _("Un appel, un moment d’écoute, un encouragement\u00a0: dites ce qui a été fait et quand."),
            "chat-dots",
            "dyad_event",
        ),
        OPEN_DYAD,
    ),
    clears=_("Par les faits, quand le soutien offert est consigné, même plus tard."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=_("Un événement difficile consigné."),
)

DYAD_REVIEW = Guideline(
    code="dyad-review",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(RelationshipReview, Term),
    title=_("Bilan de la relation à faire"),
    checks=_(
        "Une rencontre entre responsable du programme et mentore ou mentor au sujet de la relation\u00a0: dans le premier "
        "mois, puis à chaque étape."
    ),
    headline=_("Bilan de la relation à faire"),
    observed=_(
        "Aucune rencontre entre responsable du programme et mentore ou mentor n’est consignée au sujet de "
        "cette relation, depuis le début ou dans la dernière étape terminée."
    ),
    measure="open_dyad_facts",
    column=None,
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.HOLDS,
            None,
            _("aucun bilan depuis le premier mois, ou dans la dernière étape terminée"),
            "unreviewed",
        ),
    ),
    unit="",
    citation=TRAINING,
    explanation=_(
        "La recension retient une approche qui inclut de la planification, du soutien et de l’encadrement, et une "
        "relation que l’on redéfinit au besoin. Le rythme est notre repère."
    ),
    next_steps=(REVIEW, OPEN_DYAD),
    clears=_(
        "Par les faits, dès qu’un premier bilan est consigné; par le temps, à la fin de l’étape suivante; par une "
        "correction, si un bilan a été oublié."
    ),
    clearing=(Clearing.FACTS, Clearing.TIME, Clearing.CORRECTION),
    needs=_("La date de début de la dyade et les étapes du calendrier; l’absence de bilan est elle-même un constat."),
    parameters=(
        Parameter("months", 1, _("Mois après le début pour un premier bilan")),
        PRESENCE,
    ),
)
