"""How often a support group meets, on the school's own calendar, and for how long."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guidelines.catalogue.entry import Audience, Breach, Citation, Clearing, Guideline, NextStep, Threshold
from guidelines.catalogue.groups import OVER_TIME
from guidelines.catalogue.sentence import Sentence
from guidelines.catalogue.steps import OPEN_GROUP
from guidelines.concerns import Concern
from guidelines.severity import Severity
from programs.models import GroupMeeting, GroupTimetable, SchoolDay

TIME = Citation("2.2", "Gérer le temps")
LOG = NextStep(
    _("Consigner une rencontre oubliée"),
    _("Si la rencontre a eu lieu, la consigner règle le point de vigilance."),
    "clipboard-check",
    "group_log",
)
PLAN = NextStep(
    _("Revoir la fréquence prévue"),
    _("Le programme choisit sa fréquence; elle peut changer."),
    "calendar-check",
    "program_edit",
)

GROUP_FREQUENCY = Guideline(
    code="group-frequency",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(GroupMeeting, GroupTimetable, SchoolDay),
    title=_("Rencontres de groupe prévues et non tenues"),
    checks=_(
        "La part des rencontres prévues qui ont été tenues, dans les quatre dernières semaines de classe évaluables. "
        "Une rencontre annulée parce que l’école était fermée ne compte pas."
    ),
    headline=_("%(percent)s\u00a0%% des rencontres prévues sont tenues"),
    observed=_(
        "Dans les quatre dernières semaines de classe évaluables, %(percent)s\u00a0%% des rencontres prévues sont "
        "consignées comme tenues."
    ),
    measure="open_group_weeks",
    column="percent_held",
    unlogged="unlogged_of_last_4",
    thresholds=(
        Threshold(
            Severity.CRITICAL,
            Breach.BELOW,
            50,
            _("moins de %(bound)s\u00a0%% des rencontres prévues"),
            "percent_held",
        ),
        Threshold(
            Severity.WARNING,
            Breach.BELOW,
            75,
            _("moins de %(bound)s\u00a0%% des rencontres prévues"),
            "percent_held",
        ),
    ),
    unit=_("% des rencontres prévues"),
    citation=TIME,
    explanation=_(
        "La fréquence est celle que le programme se donne\u00a0: la recension n’en fixe aucune. Des rencontres qui ont "
        "lieu comme prévu sont associées à la stabilité du lien avec le groupe."
    ),
    next_steps=(LOG, PLAN, OPEN_GROUP),
    clears=_("Par les faits, quand les rencontres prévues sont tenues, ou consignées."),
    clearing=(Clearing.FACTS, Clearing.TIME, Clearing.CORRECTION),
    needs=_("Au moins une rencontre prévue dans les quatre dernières semaines de classe évaluables."),
    lacking="nothing_planned",
    cause="group-rhythm",
)

GROUP_GAP = Guideline(
    code="group-gap",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.RHYTHM,
    moved_by=(GroupMeeting, GroupTimetable, SchoolDay),
    title=_("Plusieurs semaines de suite sans rencontre du groupe"),
    checks=_("Les semaines de classe manquées de suite, à la fin des semaines évaluables du groupe."),
    headline=Sentence(_("%(count)s semaines de suite sans rencontre du groupe consignée"), in_letters=True),
    observed=Sentence(
        _(
            "Aucune rencontre du groupe n’est consignée dans les dernières semaines de classe\u00a0: %(count)s de suite."
        ),
        in_letters=True,
    ),
    measure="open_group_weeks",
    column="gap",
    unlogged="unlogged_in_gap",
    thresholds=(
        Threshold(Severity.CRITICAL, Breach.AT_LEAST, 4, _("%(bound)s semaines de suite ou plus"), "gap"),
        Threshold(Severity.WARNING, Breach.AT_LEAST, 2, _("%(bound)s semaines de suite ou plus"), "gap"),
    ),
    unit=_("semaines"),
    citation=OVER_TIME,
    explanation=_(
        "La stabilité du lien entre la personne-ressource et ses élèves est associée à la réussite des programmes. "
        "Plusieurs semaines sans rencontre demandent de renouer."
    ),
    next_steps=(LOG, PLAN, OPEN_GROUP),
    needs=_("Les jours de classe de l’école, et les rencontres du groupe, prévues ou tenues."),
    clears=_("Par les faits, quand une rencontre tenue met fin à la suite."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    cause="group-rhythm",
)

GROUP_MEETING_LENGTH = Guideline(
    code="group-meeting-length",
    subject="group",
    audience=Audience.USUAL,
    concern=Concern.SETUP,
    moved_by=(GroupMeeting, GroupTimetable, SchoolDay),
    title=_("Durée des rencontres de groupe hors de l’usage"),
    checks=_(
        "Les minutes par jour selon l’horaire du groupe, sinon selon le programme, sinon selon les rencontres tenues "
        "des huit dernières semaines de classe évaluables."
    ),
    headline=ngettext_lazy(
        "Rencontres de %(count)s minute par jour", "Rencontres de %(count)s minutes par jour", "count"
    ),
    observed=ngettext_lazy(
        "Le groupe se réunit %(count)s minute par jour, selon son horaire, son programme ou son journal.",
        "Le groupe se réunit %(count)s minutes par jour, selon son horaire, son programme ou son journal.",
        "count",
    ),
    measure="meeting_lengths",
    column="minutes",
    thresholds=(
        Threshold(Severity.INFO, Breach.BELOW, 10, _("moins de %(bound)s minutes par jour"), "shortest", "floor"),
        Threshold(Severity.INFO, Breach.ABOVE, 60, _("plus de %(bound)s minutes par jour"), "longest", "ceiling"),
    ),
    unit=_("minutes"),
    citation=TIME,
    explanation=_(
        "Les programmes recensés prévoient de 10 minutes à une heure par jour. C’est une description\u00a0: une durée "
        "plus longue est associée à plus de préparation et à plus de ressources de l’école."
    ),
    next_steps=(
        NextStep(
            _("Revoir la durée des rencontres"),
            _("Dans la structure du programme, ou à l’horaire du groupe."),
            "hourglass-split",
            "program_edit",
        ),
        OPEN_GROUP,
    ),
    clears=_("Par les faits, quand la durée change, ou par une correction de l’horaire."),
    clearing=(Clearing.FACTS, Clearing.CORRECTION),
    needs=_("Une durée à l’horaire, au programme ou aux rencontres tenues."),
    lacking="unknown",
)
