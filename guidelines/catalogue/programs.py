"""What a programme says of itself before the first meeting, and whether its log follows."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.entry import Audience, Breach, Citation, Clearing, Guideline, NextStep, Parameter, Threshold
from guidelines.catalogue.sentence import Sentence
from guidelines.concerns import Concern
from guidelines.severity import Severity
from mentoring.models import Dyad, DyadMeeting
from programs.models import (
    ExpectedResult,
    GroupLead,
    GroupMeeting,
    Program,
    ProgramActivity,
    ProgramRole,
    RoleAcknowledgement,
)

INTERACTION = Citation("2.2", "Définir les modes d’interaction")
OPEN_PROGRAM = NextStep(
    _("Voir le programme"),
    _("Sa structure, ses contenus et ses rôles sur une page."),
    "file-earmark-text",
    "program",
)
DESCRIBE = NextStep(
    _("Compléter le programme"),
    _("La fréquence, la durée, la forme et le type."),
    "pencil-square",
    "program_edit",
)
CONTENTS = NextStep(
    _("Préciser les contenus"),
    _("Les résultats attendus, et les activités avec leur thème et leur format."),
    "pencil-square",
    "program_contents",
)
BY_WRITING = (Clearing.FACTS, Clearing.CORRECTION)

TO_SPECIFY = ngettext_lazy(
    "%(count)s élément du programme à préciser", "%(count)s éléments du programme à préciser", "count"
)

PROGRAM_FORM = Guideline(
    code="program-form",
    subject="program",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Program,),
    title=_("Mentorat en groupe ou à distance"),
    checks=_("La forme d’un programme de mentorat\u00a0: individuelle, en groupe ou à distance."),
    headline=_("Mentorat en groupe ou à distance"),
    observed=_("Le programme de mentorat se fait en groupe ou à distance."),
    measure="program_facts",
    column=None,
    thresholds=(Threshold(Severity.INFO, Breach.HOLDS, None, _("forme autre qu’individuelle"), "not_individual"),),
    unit="",
    citation=Citation("3.2", "Connaître différentes formes de mentorat"),
    explanation=_(
        "Le mentorat individuel, en face à face, est la forme associée au plus d’effets favorables. En groupe, il "
        "est associé au sentiment d’appartenance, et peu à l’engagement et à la réussite. À distance, il informe sur "
        "les études et les carrières, mais la communication, la continuité et la confidentialité demandent du soin."
    ),
    next_steps=(
        NextStep(
            _("Prévoir les précautions"),
            _("À distance\u00a0: un lieu discret, et que faire quand la relation s’interrompt."),
            "clipboard-check",
            "program_roles",
        ),
        DESCRIBE,
        OPEN_PROGRAM,
    ),
    needs=_("La forme du programme de mentorat."),
    clears=_("Par une correction de la forme, ou par une personne qui écarte le point avec un motif."),
    clearing=(Clearing.CORRECTION, Clearing.PERSON),
)

PROGRAM_STRUCTURE = Guideline(
    code="program-structure",
    subject="program",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Program,),
    title=_("Structure du programme à compléter"),
    checks=_("La fréquence, la durée et la forme des rencontres que le programme s’est données."),
    headline=TO_SPECIFY,
    observed=_("Parmi la fréquence, la durée et la forme des rencontres, éléments à préciser\u00a0: %(count)s."),
    measure="program_facts",
    column="structure_missing",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.ABOVE,
            0,
            _("éléments à préciser\u00a0: plus de %(bound)s"),
            "structure_missing",
            at_zero=_("au moins un élément manque parmi la fréquence, la durée et la forme"),
            within=3,
        ),
    ),
    unit=_("éléments"),
    citation=Citation("2.2", "Structurer la relation"),
    explanation=_(
        "Pour structurer la relation, il faut définir la fréquence, la durée et la forme des rencontres, de préférence "
        "avant la première. Une structure claire et souple est associée à de meilleures relations."
    ),
    next_steps=(DESCRIBE, OPEN_PROGRAM),
    needs=_("Rien d’autre que le programme\u00a0: ce qui manque est lui-même un constat."),
    clears=_("Par les faits, quand la fréquence, la durée et la forme sont inscrites."),
    clearing=BY_WRITING,
)

PROGRAM_TYPE = Guideline(
    code="program-type",
    subject="program",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(Program,),
    title=_("Type et formes du programme à choisir"),
    checks=_("Un type principal parmi trois, et une forme ou plus parmi six, pour un programme de groupes."),
    headline=TO_SPECIFY,
    observed=_("Parmi le type principal et les formes du programme, éléments à préciser\u00a0: %(count)s."),
    measure="program_facts",
    column="type_missing",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.ABOVE,
            0,
            _("éléments à préciser\u00a0: plus de %(bound)s"),
            "type_missing",
            at_zero=_("le type ou les formes restent à choisir"),
            within=2,
        ),
    ),
    unit=_("éléments"),
    citation=INTERACTION,
    explanation=_(
        "La recension distingue trois types de programme\u00a0: le passage du primaire au secondaire, la communauté "
        "d’apprentissage et le climat, le travail scolaire. Ses six formes répondent à des besoins différents. Les "
        "nommer aide à choisir des activités qui leur sont associées."
    ),
    next_steps=(DESCRIBE, OPEN_PROGRAM),
    needs=_("Rien d’autre que le programme\u00a0: ce qui manque est lui-même un constat."),
    clears=_("Par les faits, quand le type et au moins une forme sont inscrits."),
    clearing=BY_WRITING,
)

PROGRAM_RESULTS = Guideline(
    code="program-results",
    subject="program",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(ExpectedResult, ProgramActivity),
    title=_("Résultats attendus et activités à relier"),
    checks=_(
        "Au moins un résultat attendu et une activité, et chaque activité reliée à un thème, à un format et à un "
        "résultat, pour un programme de groupes."
    ),
    headline=TO_SPECIFY,
    observed=_(
        "Parmi les résultats attendus, les activités et le lien entre eux, éléments à préciser\u00a0: %(count)s."
    ),
    measure="program_facts",
    column="results_missing",
    thresholds=(
        Threshold(
            Severity.WARNING,
            Breach.ABOVE,
            0,
            _("éléments à préciser\u00a0: plus de %(bound)s"),
            "results_missing",
            at_zero=_("un résultat, une activité ou un lien entre les deux reste à préciser"),
            within=3,
        ),
    ),
    unit=_("éléments"),
    citation=INTERACTION,
    explanation=_(
        "Des chercheuses et chercheurs proposent que les thèmes, les activités et les formats soient clairement "
        "définis selon les résultats attendus. Ce lien est associé à des contenus que tout le monde comprend."
    ),
    next_steps=(CONTENTS, OPEN_PROGRAM),
    needs=_("Rien d’autre que le programme\u00a0: ce qui manque est lui-même un constat."),
    clears=_("Par les faits, quand chaque activité est reliée à un résultat, à un thème et à un format."),
    clearing=BY_WRITING,
)

PROGRAM_ROLES = Guideline(
    code="program-roles",
    subject="program",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(ProgramRole, RoleAcknowledgement, GroupLead, Dyad),
    title=_("Rôles à écrire et à lire"),
    checks=_(
        "Le rôle et les limites du personnel-ressource (programme de groupes) ou des mentores et mentors (mentorat), "
        "et si chaque personne en fonction en a pris connaissance."
    ),
    headline=Sentence(
        ngettext_lazy(
            "%(count)s personne n’a pas encore pris connaissance de son rôle",
            "%(count)s personnes n’ont pas encore pris connaissance de leur rôle",
            "count",
        ),
        unknown=_("Rôle ou limites à écrire"),
    ),
    observed=Sentence(
        ngettext_lazy(
            "Le rôle est écrit; %(count)s personne en fonction n’en a pas encore pris connaissance.",
            "Le rôle est écrit; %(count)s personnes en fonction n’en ont pas encore pris connaissance.",
            "count",
        ),
        unknown=_(
            "Le rôle des personnes qui accompagnent les élèves, ou ses limites, ne sont pas écrits au programme."
        ),
    ),
    measure="program_facts",
    column="unacknowledged",
    thresholds=(
        Threshold(Severity.INFO, Breach.HOLDS, None, _("rôle ou limites à écrire"), "role_unwritten"),
        Threshold(
            Severity.INFO,
            Breach.ABOVE,
            0,
            _("personnes qui n’ont pas encore pris connaissance de leur rôle\u00a0: plus de %(bound)s"),
            "unacknowledged",
            at_zero=_("au moins une personne n’a pas encore pris connaissance de son rôle"),
        ),
    ),
    unit=_("personnes"),
    citation=Citation("1.1", "Des pratiques interdépendantes"),
    explanation=_(
        "Pour qu’un programme atteigne ses objectifs, tout le monde doit partager la même vision. Une représentation "
        "claire des rôles et des limites y est associée (§\u00a02.2)."
    ),
    next_steps=(
        NextStep(
            _("Écrire les rôles et leurs limites"),
            _("Puis demander à chaque personne de lire le sien et de dire qu’elle en a pris connaissance."),
            "pencil-square",
            "program_roles",
        ),
        OPEN_PROGRAM,
    ),
    needs=_("Rien d’autre que le programme\u00a0: un rôle absent est lui-même un constat."),
    clears=_("Par les faits, quand le rôle est écrit et que chaque personne en a pris connaissance."),
    clearing=(Clearing.FACTS,),
)

PROGRAM_CONTENTS_DRIFT = Guideline(
    code="program-contents-drift",
    subject="program",
    audience=Audience.USUAL,
    concern=Concern.PRACTICE,
    moved_by=(ProgramActivity, GroupMeeting),
    title=_("Contenus consignés hors de ceux déclarés"),
    checks=_(
        "Les rencontres de groupe tenues dans l’année scolaire, dont l’activité est consignée, et qui ne touchent "
        "aucun des contenus déclarés par le programme."
    ),
    headline=_("%(percent)s\u00a0%% des rencontres hors des contenus déclarés"),
    observed=_(
        "Depuis le début de l’année scolaire, %(percent)s\u00a0%% des rencontres tenues ne touchent aucun contenu "
        "déclaré."
    ),
    measure="program_log",
    column="elsewhere",
    thresholds=(
        Threshold(Severity.INFO, Breach.ABOVE, 50, _("plus de %(bound)s\u00a0%% des rencontres"), "elsewhere_up"),
    ),
    unit=_("% des rencontres"),
    citation=INTERACTION,
    explanation=_(
        "Des activités définies selon les résultats attendus sont associées à un programme cohérent. Un écart n’est "
        "pas une faute\u00a0: la structure gagne à rester souple, et le programme peut changer."
    ),
    next_steps=(CONTENTS, OPEN_PROGRAM),
    clears=_("Par les faits, quand les contenus déclarés et les rencontres se rejoignent."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=_("Des contenus déclarés, et assez de rencontres tenues dont l’activité est consignée (quatre, par défaut)."),
    lacking="drift_unknown",
    parameters=(Parameter("least", 4, _("Rencontres à partir desquelles on compte")),),
)

DATA_CONFIDENCE = Guideline(
    code="data-confidence",
    subject="program",
    audience=Audience.USUAL,
    concern=Concern.RECORD,
    moved_by=(GroupMeeting, DyadMeeting),
    title=_("Rencontres prévues à consigner"),
    checks=_(
        "La part des rencontres prévues dans l’année scolaire, des dyades et des groupes, qui sont consignées en sept "
        "jours ou moins. Elle dit combien se fier aux autres points de vigilance du programme."
    ),
    headline=_("%(percent)s\u00a0%% des rencontres prévues consignées à temps"),
    observed=_(
        "Depuis le début de l’année scolaire, %(percent)s\u00a0%% des rencontres prévues du programme ont été "
        "consignées à temps."
    ),
    measure="program_log",
    column="in_time",
    thresholds=(
        Threshold(Severity.INFO, Breach.BELOW, 80, _("moins de %(bound)s\u00a0%% consignées à temps"), "in_time"),
    ),
    unit=_("% des rencontres prévues"),
    citation=Citation("2.2", "Structurer la relation"),
    explanation=_(
        "Ce point porte sur les données, non sur les personnes\u00a0: quand peu de rencontres sont consignées, un "
        "silence peut n’être qu’un oubli. La recension ne fixe pas ce seuil."
    ),
    next_steps=(
        NextStep(
            _("Consigner ce qui attend"),
            _("Depuis «\u00a0Ma semaine\u00a0», une rencontre prévue se confirme d’un seul geste."),
            "clipboard-check",
        ),
        OPEN_PROGRAM,
    ),
    clears=_("Par les faits, quand les rencontres sont consignées à mesure; par le temps, à la nouvelle année."),
    clearing=(Clearing.FACTS, Clearing.TIME),
    needs=_("Au moins une rencontre prévue depuis plus de sept jours, dans l’année scolaire."),
    lacking="unplanned",
    parameters=(Parameter("days", 7, _("Jours pour consigner une rencontre prévue")),),
)
