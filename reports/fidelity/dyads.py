"""The sheet of a dyad: what the review retains at the end of its chapter on mentoring (§3.3), in four parts."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.citations import BEHAVIOURS, TRAINING
from guidelines.catalogue.contents import (
    DYAD_HOMEWORK_HEAVY,
    DYAD_INDIVIDUAL_SHARE,
    DYAD_REMOTE_SHARE,
    DYAD_SHARED_ACTIVITY,
    DYAD_STUDENT_CHOICE,
)
from guidelines.catalogue.duration import DYAD_DURATION_PLANNED, DYAD_DURATION_SHORT
from guidelines.catalogue.mentors import MENTOR_APPROACH, MENTOR_STYLE, MENTOR_TRAINING
from guidelines.catalogue.rhythm import DYAD_REGULARITY, DYAD_WEEKLY_MINUTES
from guidelines.catalogue.silence import DYAD_FIRST_MEETING, DYAD_FREQUENCY, DYAD_GAP, DYAD_NO_CONTACT
from guidelines.catalogue.support import (
    DYAD_AGREEMENT,
    DYAD_REVIEW,
    DYAD_SUPPORT_AFTER_EVENT,
    DYAD_SYSTEMATIC_FOLLOWUP,
    DYAD_TEACHER_LIAISON,
)
from reports.fidelity.items import Criterion, Item, Unrecorded

CLOSED = _("La relation n’est pas en cours ce jour-là.")
NO_TERM_OF_IT = _("La dyade n’a pas été en cours assez longtemps pendant la dernière étape terminée.")
NOT_MENTORING = _("La personne n’a pas de dyade en cours ce jour-là, ou son compte est fermé.")

STRUCTURE = Criterion(
    _("Structure"),
    (
        Item(
            asks=_("Un engagement d’une durée suffisante est inscrit, jusqu’à la fin de l’année scolaire."),
            guideline=DYAD_DURATION_PLANNED,
            met=ngettext_lazy(
                "L’engagement inscrit dure %(count)s mois.", "L’engagement inscrit dure %(count)s mois.", "count"
            ),
            absent=CLOSED,
        ),
        Item(
            asks=_("La première rencontre a lieu peu après le jumelage."),
            guideline=DYAD_FIRST_MEETING,
            met=_("Une première rencontre est consignée."),
            absent=CLOSED,
            waiting=_("La première rencontre n’est pas encore consignée; le délai court encore."),
        ),
        Item(
            asks=_("Une rencontre a lieu chaque semaine."),
            guideline=DYAD_FREQUENCY,
            met=ngettext_lazy(
                "%(count)s semaine de classe manquée parmi les dernières.",
                "%(count)s semaines de classe manquées parmi les dernières.",
                "count",
            ),
            at_zero=_("Aucune semaine de classe manquée parmi les dernières."),
            absent=CLOSED,
        ),
        Item(
            asks=_("Les rencontres se suivent, sans long silence."),
            guideline=DYAD_GAP,
            met=ngettext_lazy(
                "%(count)s semaine de classe sans rencontre, à la fin de la suite.",
                "%(count)s semaines de classe sans rencontre, à la fin de la suite.",
                "count",
            ),
            at_zero=_("La dernière semaine évaluable compte une rencontre."),
            absent=CLOSED,
        ),
        Item(
            asks=_("Le rythme tient depuis le début, pendant plusieurs mois."),
            guideline=DYAD_REGULARITY,
            met=_("Une rencontre est consignée dans %(percent)s\u00a0%% des semaines de classe évaluables."),
            absent=_("La relation est trop récente, ou terminée depuis une autre année scolaire."),
        ),
        Item(
            asks=_("Entre les rencontres, le contact est gardé, par quelque moyen que ce soit."),
            guideline=DYAD_NO_CONTACT,
            unless=("contacted", _("Aucune rencontre ni aucun contact n’est encore consigné.")),
            met=ngettext_lazy(
                "%(count)s jour de classe depuis la dernière rencontre ou le dernier contact.",
                "%(count)s jours de classe depuis la dernière rencontre ou le dernier contact.",
                "count",
            ),
            at_zero=_("Aucun jour de classe n’est passé depuis la dernière rencontre ou le dernier contact."),
            absent=CLOSED,
        ),
        Item(
            asks=_("La relation dure assez longtemps avant de prendre fin."),
            guideline=DYAD_DURATION_SHORT,
            met=ngettext_lazy(
                "La relation a duré %(count)s mois, à compter de la première rencontre tenue.",
                "La relation a duré %(count)s mois, à compter de la première rencontre tenue.",
                "count",
            ),
            absent=_(
                "Une relation en cours n’est jamais «\u00a0trop courte\u00a0»; celle d’une autre année ne se juge plus."
            ),
        ),
    ),
)

INTERACTION = Criterion(
    _("Contenus et mode d’interaction"),
    (
        Item(
            asks=_("Les rencontres sont surtout individuelles."),
            guideline=DYAD_INDIVIDUAL_SHARE,
            absent=CLOSED,
        ),
        Item(
            asks=_("Les rencontres ont lieu surtout en personne."),
            guideline=DYAD_REMOTE_SHARE,
            absent=CLOSED,
        ),
        Item(
            asks=_("Chaque semaine donne assez de temps ensemble."),
            guideline=DYAD_WEEKLY_MINUTES,
            met=ngettext_lazy(
                "Dans les dernières semaines évaluables, les rencontres durent en tout %(count)s minute par semaine.",
                "Dans les dernières semaines évaluables, les rencontres durent en tout %(count)s minutes par semaine.",
                "count",
            ),
            absent=CLOSED,
        ),
        Item(
            asks=_("Une place importante revient aux activités structurées, faites ensemble."),
            guideline=DYAD_SHARED_ACTIVITY,
            absent=CLOSED,
        ),
        Item(
            asks=_("L’élève choisit les activités, ou les choisit avec la mentore ou le mentor."),
            guideline=DYAD_STUDENT_CHOICE,
            absent=CLOSED,
        ),
        Item(
            asks=_("Les travaux scolaires laissent de la place à autre chose."),
            guideline=DYAD_HOMEWORK_HEAVY,
            absent=CLOSED,
        ),
    ),
)

APPROACH = Criterion(
    _("Approche centrée sur l’élève, sensible et soutenante"),
    (
        Item(
            asks=_("La mentore ou le mentor a énoncé ses croyances, ses attitudes, ses comportements et son style."),
            guideline=MENTOR_APPROACH,
            absent=NOT_MENTORING,
        ),
        Item(
            asks=_("Le style, selon l’autoévaluation, est flexible et centré sur les besoins de l’élève."),
            guideline=MENTOR_STYLE,
            met=_("La dernière autoévaluation ne compte pas plus de repères prescriptifs que de développementaux."),
            absent=NOT_MENTORING,
        ),
        Item(
            asks=_("Un soutien est offert à l’élève après un événement difficile."),
            guideline=DYAD_SUPPORT_AFTER_EVENT,
            met=_("Un soutien est consigné pour chaque événement difficile."),
            absent=CLOSED,
            unless=("events", _("Aucun événement difficile n’est consigné.")),
            waiting=_("Un événement difficile est consigné depuis peu, sans soutien encore; le délai court."),
        ),
        Item(
            asks=_("La mentore ou le mentor échange avec le personnel enseignant de l’élève."),
            guideline=DYAD_TEACHER_LIAISON,
            absent=CLOSED,
            unknown=NO_TERM_OF_IT,
        ),
        Item(
            asks=_("Les retards, la discipline et les résultats sont suivis avec l’élève."),
            guideline=DYAD_SYSTEMATIC_FOLLOWUP,
            at_zero=_("Les trois sujets de suivi ont été revus avec l’élève dans la dernière étape terminée."),
            absent=CLOSED,
            unknown=NO_TERM_OF_IT,
        ),
        Unrecorded(
            _("L’écoute, l’empathie et le respect des idées de l’élève se sentent dans les rencontres."), BEHAVIOURS
        ),
    ),
)

AGREEMENT = Criterion(
    _("Ententes claires, soutien et encadrement"),
    (
        Item(
            asks=_("Une entente signée dit au moins un objectif et une tâche."),
            guideline=DYAD_AGREEMENT,
            met=_("Une entente signée, avec au moins un objectif et une tâche, est inscrite."),
            absent=CLOSED,
            waiting=_("L’entente n’est pas encore signée; le délai court encore."),
        ),
        Item(
            asks=_("La mentore ou le mentor a suivi une formation initiale assez longue."),
            guideline=MENTOR_TRAINING,
            met=_("%(minutes)s minutes de formation initiale sont inscrites."),
            absent=NOT_MENTORING,
        ),
        Item(
            asks=_("Responsable et mentore ou mentor se rencontrent au sujet de la relation."),
            guideline=DYAD_REVIEW,
            met=_("Le bilan attendu est consigné."),
            absent=CLOSED,
            unless=("review_asked", _("La relation est trop récente pour un premier bilan.")),
        ),
        Unrecorded(_("Chaque personne sait à qui parler quand quelque chose ne va pas."), TRAINING),
    ),
)

DYAD_SHEET = (STRUCTURE, INTERACTION, APPROACH, AGREEMENT)
