"""What is kept of findings, of what people decide of them, and of team meetings."""

from django.utils.translation import gettext_lazy as _

from people.privacy.keepings import STUDENT_EMPTIED, STUDENT_STAYS, WITH_BOARD
from people.privacy.tables import Clock, Fate, Keeping, KeptTable, declare
from people.retention import PEOPLE_KEPT

OF_MEETINGS = Keeping(
    Clock.OWN,
    Fate.EMPTIED,
    PEOPLE_KEPT,
    _("la rencontre d’équipe"),
    _("Une équipe parle d’élèves\u00a0: ses mots partent, la rencontre reste comptée."),
    on="on",
    rule="students",
)

declare(
    KeptTable(
        "guidelines.Flag", _("points de vigilance"), STUDENT_STAYS, student=("dyad__student",),
        adult=("mentor__person", "teacher"), by=("taken_by",),
    ),
    KeptTable(
        "guidelines.FlagEvent", _("décisions sur un point de vigilance"), STUDENT_EMPTIED,
        student=("flag__dyad__student",), adult=("flag__mentor__person", "flag__teacher"), by=("person",),
        texts=("reason",), plain=("before",),
    ),
    KeptTable(
        "guidelines.EndingReview", _("fins revues"), STUDENT_EMPTIED, student=("dyad__student",), by=("by",),
        texts=("what_happened", "learnt"),
    ),
    KeptTable("guidelines.TeamMeeting", _("rencontres d’équipe"), OF_MEETINGS, texts=("present",)),
    KeptTable(
        "guidelines.AgendaItem", _("décisions d’équipe"), STUDENT_EMPTIED,
        student=("dyad__student", "student"), by=("who",), texts=("known", "decision"),
    ),
    KeptTable("guidelines.Evaluation", _("évaluations"), WITH_BOARD),
    KeptTable("guidelines.ProgramGuideline", _("balises suivies"), WITH_BOARD, by=("by", "ended_by")),
    KeptTable("guidelines.GuidelineSetting", _("valeurs des balises"), WITH_BOARD, by=("set_by",)),
)  # fmt: skip
