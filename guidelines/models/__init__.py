from guidelines.models.endings import EndingReview
from guidelines.models.evaluations import Evaluation
from guidelines.models.flags import Flag, FlagEvent, Subject
from guidelines.models.followed import ProgramGuideline
from guidelines.models.rights import SUBJECTS
from guidelines.models.settings import GuidelineSetting
from guidelines.models.team import AgendaItem, TeamMeeting
from guidelines.severity import Severity

__all__ = [
    "SUBJECTS",
    "AgendaItem",
    "EndingReview",
    "Evaluation",
    "Flag",
    "FlagEvent",
    "GuidelineSetting",
    "ProgramGuideline",
    "Severity",
    "Subject",
    "TeamMeeting",
]
