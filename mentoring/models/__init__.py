from mentoring.models.dyads import Agreement, Dyad, DyadTimetable, Pause
from mentoring.models.meetings import DyadMeeting
from mentoring.models.mentors import Mentor, Referral, Training

__all__ = ["Agreement", "Dyad", "DyadMeeting", "DyadTimetable", "Mentor", "Pause", "Referral", "Training"]
