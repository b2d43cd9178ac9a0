"""What a dyad does together, over its last weeks: modes, channels, activities, choices."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.citations import ACTIVITIES, FORMS, PROBLEMS, TRAINING
from guidelines.catalogue.entry import Audience, Breach, Clearing, Guideline, NextStep, Parameter, Threshold
from guidelines.catalogue.sentence import Sentence
from guidelines.catalogue.steps import OPEN_DYAD, PLAN_MEETING, SAY_MORE
from guidelines.concerns import Concern
from guidelines.severity import Severity
from mentoring.models import DyadMeeting, DyadTimetable, Pause
from programs.models import SchoolDay

WEEKS = Parameter("weeks", 8, _("Dernières semaines évaluables que l’on regarde"), fewest=1)
LEAST = Parameter("least", 4, _("Rencontres renseignées qu’il faut au moins"))
CLEARING = (Clearing.FACTS, Clearing.CORRECTION)

DYAD_INDIVIDUAL_SHARE = Guideline(
    code="dyad-individual-share",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.PRACTICE,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    title=_("Rencontres rarement en tête-à-tête"),
    checks=_("La part des rencontres tenues en mode individuel, parmi celles des dernières semaines."),
    headline=_("%(percent)s\u00a0%% des rencontres en mode individuel"),
    observed=_(
        "Parmi les rencontres tenues ces dernières semaines, et dont le mode est indiqué, %(percent)s\u00a0%% étaient "
        "individuelles."
    ),
    measure="open_dyad_weeks",
    column="individual_share",
    lacking="individual_share_lacking",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.BELOW,
            50,
            _("moins de %(bound)s\u00a0%% des rencontres en mode individuel"),
            "individual_share",
        ),
    ),
    unit="%",
    citation=TRAINING,
    explanation=_(
        "Des rencontres principalement en mode individuel comptent parmi les conditions que la recension retient. Le "
        "mentorat individuel, en face à face, est associé au plus grand nombre d’effets favorables. Le pourcentage est "
        "notre repère."
    ),
    next_steps=(
        NextStep(
            _("Prévoir un moment à deux"),
            _("Même court, un tête-à-tête régulier peut compléter les activités de groupe."),
            "calendar-plus",
            "dyad_plan",
        ),
        SAY_MORE,
        OPEN_DYAD,
    ),
    clears=_("Par les faits, quand les rencontres individuelles redeviennent les plus nombreuses."),
    clearing=CLEARING,
    needs=_(
        "Assez de rencontres dont le mode est indiqué (quatre, par défaut), dans les dernières semaines évaluables."
    ),
    parameters=(WEEKS, LEAST),
)

DYAD_REMOTE_SHARE = Guideline(
    code="dyad-remote-share",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.PRACTICE,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    title=_("Rencontres surtout à distance"),
    checks=_("La part des rencontres tenues par vidéo, parmi celles des dernières semaines."),
    headline=_("%(percent)s\u00a0%% des rencontres à distance"),
    observed=_(
        "Parmi les rencontres tenues ces dernières semaines, et dont le moyen est indiqué, %(percent)s\u00a0%% "
        "avaient lieu par vidéo."
    ),
    measure="open_dyad_weeks",
    column="remote_share",
    lacking="remote_share_lacking",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            50,
            _("plus de %(bound)s\u00a0%% des rencontres à distance"),
            "remote_share_over",
        ),
    ),
    unit="%",
    citation=FORMS,
    explanation=_(
        "Le mentorat à distance est associé à des difficultés connues\u00a0: communication, interruption de la relation, "
        "confidentialité, lien plus long à créer. Il peut rester le bon choix. Le pourcentage est notre repère."
    ),
    next_steps=(
        NextStep(
            _("Planifier une rencontre en personne"),
            _("Si c’est possible, même une fois de temps en temps."),
            "calendar-plus",
            "dyad_plan",
        ),
        OPEN_DYAD,
    ),
    clears=_("Par les faits, quand les rencontres en personne redeviennent aussi nombreuses."),
    clearing=CLEARING,
    needs=_(
        "Assez de rencontres dont le moyen est indiqué (quatre, par défaut), dans les dernières semaines évaluables."
    ),
    parameters=(WEEKS, LEAST),
)

DYAD_SHARED_ACTIVITY = Guideline(
    code="dyad-shared-activity",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.PRACTICE,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    title=_("Pas d’activité structurée ensemble"),
    checks=_(
        "Les rencontres des dernières semaines avec une activité partagée et structurée\u00a0: prévue, avec un but, faite "
        "ensemble."
    ),
    headline=Sentence(
        ngettext_lazy(
            "%(count)s activité structurée ensemble, ces dernières semaines",
            "%(count)s activités structurées ensemble, ces dernières semaines",
            "count",
        ),
        at_zero=_("Aucune activité structurée ensemble, ces dernières semaines"),
    ),
    observed=Sentence(
        ngettext_lazy(
            "%(count)s rencontre de ces dernières semaines indique une activité structurée faite ensemble.",
            "%(count)s rencontres de ces dernières semaines indiquent une activité structurée faite ensemble.",
            "count",
        ),
        at_zero=_(
            "Aucune des rencontres tenues ces dernières semaines n’indique une activité structurée faite ensemble."
        ),
    ),
    measure="open_dyad_weeks",
    column="shared_activity_count",
    lacking="shared_activity_lacking",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.AT_MOST,
            0,
            _("%(bound)s rencontre avec une activité structurée, ou moins"),
            "shared_activity_count",
            at_zero=_("aucune rencontre avec une activité structurée"),
        ),
    ),
    unit=_("rencontres"),
    citation=ACTIVITIES,
    explanation=_(
        "Prendre part ensemble à des activités structurées est associé à la qualité de l’accompagnement, et parfois à la "
        "motivation et à la réussite de l’élève. Pour certains chercheurs, c’est là que naît la confiance."
    ),
    next_steps=(
        NextStep(
            _("Prévoir une activité ensemble"),
            _("Un musée, un sport, un projet\u00a0: choisissez-la avec l’élève et donnez-lui un but."),
            "calendar-plus",
            "dyad_plan",
        ),
        SAY_MORE,
        OPEN_DYAD,
    ),
    clears=_("Par les faits, dès qu’une rencontre avec une activité structurée est consignée."),
    clearing=CLEARING,
    needs=_(
        "Assez de rencontres dont l’activité est indiquée (quatre, par défaut), dans les dernières semaines évaluables."
    ),
    parameters=(WEEKS, LEAST),
)

DYAD_STUDENT_CHOICE = Guideline(
    code="dyad-student-choice",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.PRACTICE,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    title=_("Activités choisies sans l’élève"),
    checks=_("Les rencontres des dernières semaines dont l’activité a été choisie par l’élève ou avec l’élève."),
    headline=Sentence(
        ngettext_lazy(
            "%(count)s activité choisie par l’élève ou avec l’élève",
            "%(count)s activités choisies par l’élève ou avec l’élève",
            "count",
        ),
        at_zero=_("Aucune activité choisie par l’élève ou avec l’élève"),
    ),
    observed=Sentence(
        ngettext_lazy(
            "%(count)s rencontre de ces dernières semaines indique une activité choisie par l’élève ou avec l’élève.",
            "%(count)s rencontres de ces dernières semaines indiquent une activité choisie par l’élève ou avec l’élève.",
            "count",
        ),
        at_zero=_("Aucune des rencontres tenues ces dernières semaines n’indique une activité choisie avec l’élève."),
    ),
    measure="open_dyad_weeks",
    column="student_choice_count",
    lacking="student_choice_lacking",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.AT_MOST,
            0,
            _("%(bound)s activité choisie par l’élève ou avec l’élève, ou moins"),
            "student_choice_count",
            at_zero=_("aucune activité choisie par l’élève ou avec l’élève"),
        ),
    ),
    unit=_("rencontres"),
    citation=ACTIVITIES,
    explanation=_(
        "Dans la majorité des cas, c’est l’élève qui choisit les activités. Donner à l’élève une part de contrôle est "
        "associé à de meilleurs liens avec les adultes de l’école. Ce repère est le nôtre."
    ),
    next_steps=(
        NextStep(
            _("Laisser l’élève choisir la prochaine activité"),
            _("Proposez deux ou trois idées, ou partez de la sienne."),
            "chat-dots",
            "dyad_plan",
        ),
        SAY_MORE,
        OPEN_DYAD,
    ),
    clears=_("Par les faits, dès qu’une activité choisie par l’élève ou avec l’élève est consignée."),
    clearing=CLEARING,
    needs=_(
        "Assez de rencontres dont on sait qui a choisi l’activité (trois, par défaut), dans les dernières semaines évaluables."
    ),
    parameters=(WEEKS, Parameter("least", 3, _("Rencontres renseignées qu’il faut au moins"))),
)

DYAD_HOMEWORK_HEAVY = Guideline(
    code="dyad-homework-heavy",
    subject="dyad",
    audience=Audience.USUAL,
    concern=Concern.PRACTICE,
    moved_by=(DyadMeeting, Pause, DyadTimetable, SchoolDay),
    title=_("Surtout des travaux scolaires à résoudre"),
    checks=_("La part des rencontres des dernières semaines passées à résoudre un problème d’ordre scolaire."),
    headline=_("%(percent)s\u00a0%% des rencontres sur des travaux scolaires"),
    observed=_(
        "Parmi les rencontres tenues ces dernières semaines, et dont l’activité est indiquée, "
        "%(percent)s\u00a0%% ont servi à résoudre un problème d’ordre scolaire."
    ),
    measure="open_dyad_weeks",
    column="homework_heavy",
    lacking="homework_heavy_lacking",
    thresholds=(
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            50,
            _("plus de %(bound)s\u00a0%% des rencontres"),
            "homework_heavy_over",
        ),
    ),
    unit="%",
    citation=PROBLEMS,
    explanation=_(
        "La résolution de problèmes est associée à des résultats mitigés quand elle porte sur les travaux scolaires de "
        "l’élève. Y passer du temps n’est pas une faute\u00a0: gardez de la place pour l’échange et les activités. Le "
        "pourcentage est notre repère."
    ),
    next_steps=(PLAN_MEETING, SAY_MORE, OPEN_DYAD),
    clears=_("Par les faits, quand les rencontres se diversifient."),
    clearing=CLEARING,
    needs=_(
        "Assez de rencontres dont l’activité est indiquée (quatre, par défaut), dans les dernières semaines évaluables."
    ),
    parameters=(WEEKS, LEAST),
)
