"""The verbs of mentoring: what changes a dyad or its plan, and what is recorded of a mentor. See ``programs.log``."""

from mentoring.actions.agreements import commit_dyad, sign_agreement
from mentoring.actions.mentors import add_training, assess_style, correct_mentor, state_approach
from mentoring.actions.planning import plan_every_week, plan_meeting
from mentoring.actions.relations import (
    RematchNeedsReason,
    call_off_pause,
    end_dyad,
    pause_dyad,
    resume_dyad,
    start_dyad,
)
from mentoring.actions.support import support_event
from mentoring.actions.together import log_together, repeat_last, undo_together

__all__ = [
    "RematchNeedsReason",
    "add_training",
    "assess_style",
    "call_off_pause",
    "commit_dyad",
    "correct_mentor",
    "end_dyad",
    "log_together",
    "pause_dyad",
    "plan_every_week",
    "plan_meeting",
    "repeat_last",
    "resume_dyad",
    "sign_agreement",
    "start_dyad",
    "state_approach",
    "support_event",
    "undo_together",
]
