from mentoring.models.agreements import Agreement
from mentoring.models.approach import MentorApproach, StyleSelfAssessment
from mentoring.models.calls import Doubt, SupportCall
from mentoring.models.dyads import Dyad, DyadSubstitute, DyadTimetable, Pause
from mentoring.models.followup import DifficultEvent, FollowUp, RelationshipReview, TeacherLiaison
from mentoring.models.meetings import DyadMeeting
from mentoring.models.mentors import Mentor, Training
from mentoring.models.minutes import Minute, MinuteItem, MinuteTally, TalkRequest
from mentoring.models.outcomes import Outcome
from mentoring.models.partings import Parting
from mentoring.models.referrals import Referral
from mentoring.models.rounds import MatchingRound, Proposal

__all__ = [
    "Agreement",
    "DifficultEvent",
    "Doubt",
    "Dyad",
    "DyadMeeting",
    "DyadSubstitute",
    "DyadTimetable",
    "FollowUp",
    "MatchingRound",
    "Mentor",
    "MentorApproach",
    "Minute",
    "MinuteItem",
    "MinuteTally",
    "Outcome",
    "Parting",
    "Pause",
    "Proposal",
    "Referral",
    "RelationshipReview",
    "StyleSelfAssessment",
    "SupportCall",
    "TalkRequest",
    "TeacherLiaison",
    "Training",
]
