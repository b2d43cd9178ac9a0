"""What is kept of dyads, of who mentors, of the waiting list, and of outcomes."""

from django.utils.translation import gettext_lazy as _

from people.privacy.keepings import (
    ADULT_DESTROYED,
    ADULT_EMPTIED,
    ADULT_STAYS,
    STUDENT_DESTROYED,
    STUDENT_EMPTIED,
    WITH_BOARD,
    by_night,
)
from people.privacy.tables import KeptTable, declare
from people.retention import OUTCOMES_KEPT, TALKS_KEPT

LOGGED = ("logged_by", "note_by")
OF_DYAD = ("dyad__student",)
OUTCOMES = by_night(
    OUTCOMES_KEPT, _("l’inscription"), _("Ils ne sont gardés que par consentement; son retrait les détruit.")
)
TALKS = by_night(TALKS_KEPT, _("l’échange"), _("Que l’élève a demandé à parler n’a plus à être su."))

declare(
    KeptTable(
        "mentoring.Mentor", _("personnes mentores"), ADULT_EMPTIED, adult=("person",),
        texts=("birth_date", "interests", "other_interests", "languages", "other_languages", "times"),
    ),
    KeptTable("mentoring.Training", _("formations"), ADULT_STAYS, adult=("person",)),
    KeptTable("mentoring.StyleSelfAssessment", _("regards sur son style"), ADULT_DESTROYED, adult=("mentor__person",)),
    KeptTable("mentoring.MentorApproach", _("approches écrites"), ADULT_DESTROYED, adult=("mentor__person",)),
    KeptTable(
        "mentoring.Dyad", _("dyades"), STUDENT_EMPTIED, student=("student",), adult=("mentor__person",),
        texts=("end_reason",),
    ),
    KeptTable("mentoring.Pause", _("pauses"), STUDENT_EMPTIED, student=OF_DYAD, texts=("reason",)),
    KeptTable("mentoring.DyadTimetable", _("plages des dyades"), STUDENT_EMPTIED, student=OF_DYAD, texts=("place",)),
    KeptTable(
        "mentoring.DyadSubstitute", _("remplacements dans les dyades"), ADULT_STAYS,
        student=OF_DYAD, adult=("person",),
    ),
    KeptTable(
        "mentoring.Agreement", _("ententes"), STUDENT_EMPTIED, student=OF_DYAD,
        texts=("objectives", "tasks", "times", "limits", "confidentiality"),
    ),
    KeptTable(
        "mentoring.DyadMeeting", _("rencontres de dyade"), STUDENT_EMPTIED, student=OF_DYAD, by=(*LOGGED, "met_by"),
        texts=("note", "late_reason", "activity_kind", "problem_kind"),
    ),
    KeptTable(
        "mentoring.FollowUp", _("routines de la semaine"), STUDENT_EMPTIED,
        student=OF_DYAD, by=LOGGED, texts=("note",),
    ),
    KeptTable(
        "mentoring.TeacherLiaison", _("échanges avec le personnel enseignant"), STUDENT_EMPTIED, student=OF_DYAD,
        by=LOGGED, texts=("note", "subject"),
    ),
    KeptTable(
        "mentoring.DifficultEvent", _("événements difficiles"), STUDENT_EMPTIED, student=OF_DYAD, by=LOGGED,
        texts=("note", "support"),
    ),
    KeptTable(
        "mentoring.RelationshipReview", _("bilans de la relation"), STUDENT_EMPTIED, student=OF_DYAD, by=LOGGED,
        texts=("note", "agreed"),
    ),
    KeptTable(
        "mentoring.SupportCall", _("appels de soutien"), STUDENT_EMPTIED,
        student=OF_DYAD, by=LOGGED, texts=("note",),
    ),
    KeptTable(
        "mentoring.Doubt", _("doutes"), STUDENT_EMPTIED, student=OF_DYAD, by=("raised_by", "heard_by"),
        texts=("words", "answer"),
    ),
    KeptTable(
        "mentoring.Parting", _("suites d’une fin et lettres"), STUDENT_EMPTIED, student=OF_DYAD, by=("words_by",),
        texts=("next_words", "student_words", "mentor_words", "student_letter", "family_letter", "mentor_letter"),
    ),
    KeptTable(
        "mentoring.Referral", _("demandes de mentorat"), STUDENT_EMPTIED, student=("student",), by=("referred_by",),
        texts=("interests", "other_interests", "languages", "other_languages", "times", "needs"),
    ),
    KeptTable(
        "mentoring.MatchingRound", _("propositions de jumelages"), WITH_BOARD, by=("proposed_by", "published_by")
    ),
    KeptTable(
        "mentoring.Proposal", _("jumelages proposés"), STUDENT_EMPTIED, student=("referral__student",),
        adult=("mentor__person",), texts=("rematch_reason", "unverified_reason", "untrained_reason"),
    ),
    KeptTable("mentoring.Outcome", _("assiduité et résultats"), OUTCOMES, student=("student",), by=("entered_by",)),
    KeptTable(
        "mentoring.TalkRequest", _("demandes de parler à un adulte"), TALKS,
        student=("student",), adult=("adult",),
    ),
    KeptTable("mentoring.Minute", _("liens de la minute"), STUDENT_DESTROYED, student=OF_DYAD, secret=("code",)),
    KeptTable("mentoring.MinuteItem", _("questions de la minute"), WITH_BOARD),
    KeptTable("mentoring.MinuteTally", _("comptes de la minute"), WITH_BOARD),
)  # fmt: skip
