"""Next steps that several guidelines share."""

from django.utils.translation import gettext_lazy as _

from guidelines.catalogue.entry import NextStep

LOG_FORGOTTEN = NextStep(
    _("Consigner une rencontre oubliée"),
    _("Si la rencontre a eu lieu, la consigner règle le point de vigilance."),
    "clipboard-check",
    "dyad_log",
)
PLAN_MEETING = NextStep(
    _("Planifier une rencontre"),
    _("Convenez du prochain moment avec l’élève et la mentore ou le mentor."),
    "calendar-plus",
    "dyad_plan",
)
OPEN_DYAD = NextStep(
    _("Voir la dyade"),
    _("Les semaines, les rencontres et l’entente sur une page."),
    "link-45deg",
    "dyad",
)
OPEN_GROUP = NextStep(
    _("Voir le groupe"),
    _("Les membres, les présences et les adultes qui l’accompagnent."),
    "people",
    "group",
)
WRITE_COMMITMENT = NextStep(
    _("Inscrire la fin de l’engagement"),
    _("Au moins jusqu’à la fin de l’année scolaire, si la mentore ou le mentor le peut."),
    "calendar-check",
    "dyad_commitment",
)
PAUSE = NextStep(
    _("Inscrire une pause"),
    _("Stage, maladie ou voyage\u00a0: les semaines de pause ne comptent pas."),
    "hourglass-split",
    "dyad_pause",
)
SAY_MORE = NextStep(
    _("Préciser ce qui a été fait"),
    _("Le mode, l’activité et qui l’a choisie se disent en une ligne, au moment de consigner."),
    "clipboard-check",
    "dyad_log",
)
REVIEW = NextStep(
    _("Faire le bilan de la relation"),
    _("Une rencontre entre responsable et mentore ou mentor, pour soutenir et, au besoin, redéfinir la relation."),
    "chat-dots",
    "dyad_review",
)
OPEN_MENTOR = NextStep(
    _("Voir la page de la mentore ou du mentor"),
    _("Ses dyades, ses formations et son approche sur une page."),
    "person",
    "mentor",
)
