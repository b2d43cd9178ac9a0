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
