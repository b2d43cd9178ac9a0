"""What is kept of programmes, groups, what is logged there, and the work of resource teachers."""

from django.utils.translation import gettext_lazy as _

from people.privacy.keepings import (
    ADULT_DESTROYED,
    ADULT_EMPTIED,
    ADULT_STAYS,
    GROUP_WORDS,
    STUDENT_EMPTIED,
    STUDENT_STAYS,
    WITH_BOARD,
    by_night,
)
from people.privacy.tables import KeptTable, declare
from people.retention import UNDONE_KEPT

LOGGED = ("logged_by", "note_by")
GESTURES = by_night(
    UNDONE_KEPT, _("l’annulation"), _("Ce qui a été annulé peut être remis pendant ce temps, puis est détruit.")
)

declare(
    KeptTable("programs.SchoolYear", _("années scolaires"), WITH_BOARD),
    KeptTable("programs.Term", _("étapes"), WITH_BOARD),
    KeptTable("programs.SchoolDay", _("jours du calendrier"), WITH_BOARD),
    KeptTable("programs.Program", _("programmes"), WITH_BOARD),
    KeptTable("programs.ExpectedResult", _("résultats attendus"), WITH_BOARD),
    KeptTable("programs.ProgramActivity", _("activités des programmes"), WITH_BOARD),
    KeptTable("programs.ProgramRole", _("rôles écrits des programmes"), WITH_BOARD),
    KeptTable("programs.SupportGroup", _("groupes"), WITH_BOARD),
    KeptTable("programs.GroupTimetable", _("plages des groupes"), WITH_BOARD),
    KeptTable("programs.GroupLead", _("prises en charge de groupes"), ADULT_STAYS, adult=("person",)),
    KeptTable("programs.GroupSubstitute", _("remplacements dans les groupes"), ADULT_STAYS, adult=("person",)),
    KeptTable(
        "programs.GroupMember", _("élèves des groupes"), STUDENT_EMPTIED, student=("student",), texts=("reason",)
    ),
    KeptTable(
        "programs.GroupMeeting", _("rencontres de groupe"), GROUP_WORDS, by=(*LOGGED, "met_by"),
        texts=("note", "late_reason"), plain=("activities", "attendance"),
    ),
    KeptTable("programs.Attendance", _("présences"), STUDENT_STAYS, student=("student",)),
    KeptTable(
        "programs.StudentContact", _("contacts individuels"), STUDENT_EMPTIED, student=("student",), by=LOGGED,
        texts=("note",),
    ),
    KeptTable(
        "programs.FamilyContact", _("contacts avec la famille"), STUDENT_EMPTIED, student=("student",), by=LOGGED,
        texts=("note",),
    ),
    KeptTable(
        "programs.GroupReview", _("bilans du lien"), STUDENT_EMPTIED, student=("student",), by=LOGGED,
        texts=("note", "tie", "functions", "evolution"),
    ),
    KeptTable("programs.TeacherRelease", _("libérations de tâche"), ADULT_STAYS, adult=("person",)),
    KeptTable("programs.RoleAcknowledgement", _("lectures d’un rôle"), ADULT_STAYS, adult=("person",)),
    KeptTable(
        "programs.FunctionTime", _("temps du personnel-ressource"), ADULT_EMPTIED, adult=("person",), by=LOGGED,
        texts=("note",),
    ),
    KeptTable("programs.Foundation", _("fondements écrits"), ADULT_DESTROYED, adult=("person",)),
    KeptTable(
        "programs.Gesture", _("gestes annulés"), GESTURES, adult=("trained",), by=("person",),
        others=("gone", "changed"),
    ),
)  # fmt: skip
