"""The verbs of mentoring: what changes a dyad, its plan or its log, and what is recorded of a mentor."""

from mentoring.actions.agreements import commit_dyad, sign_agreement
from mentoring.actions.entries import (
    ChangedMeanwhile,
    Entry,
    edit_meeting,
    hold_as_planned,
    log_meeting,
    mark_not_held,
    undo,
    version_of,
)
from mentoring.actions.followup import (
    Fact,
    log_event,
    log_liaison,
    log_review,
    log_routine,
    support_event,
    take_back,
)
from mentoring.actions.mentors import add_training, assess_style, correct_mentor, state_approach
from mentoring.actions.planning import plan_ahead, plan_every_week, plan_meeting
from mentoring.actions.relations import (
    RematchNeedsReason,
    call_off_pause,
    end_dyad,
    pause_dyad,
    resume_dyad,
    start_dyad,
)
from mentoring.actions.timetables import end_dyad_slot, put_dyad_slot
from mentoring.actions.together import log_together, repeat_last, undo_together

__all__ = [
    "ChangedMeanwhile",
    "Entry",
    "Fact",
    "RematchNeedsReason",
    "add_training",
    "assess_style",
    "call_off_pause",
    "commit_dyad",
    "correct_mentor",
    "edit_meeting",
    "end_dyad",
    "end_dyad_slot",
    "hold_as_planned",
    "log_event",
    "log_liaison",
    "log_meeting",
    "log_review",
    "log_routine",
    "log_together",
    "mark_not_held",
    "pause_dyad",
    "plan_ahead",
    "plan_every_week",
    "plan_meeting",
    "put_dyad_slot",
    "repeat_last",
    "resume_dyad",
    "sign_agreement",
    "start_dyad",
    "state_approach",
    "support_event",
    "take_back",
    "undo",
    "undo_together",
    "version_of",
]
