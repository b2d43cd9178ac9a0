"""The verbs of mentoring: what changes a dyad, its plan or its log."""

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
from mentoring.actions.planning import plan_ahead, plan_every_week, plan_meeting
from mentoring.actions.relations import (
    RematchNeedsReason,
    end_dyad,
    pause_dyad,
    resume_dyad,
    start_dyad,
)

__all__ = [
    "ChangedMeanwhile",
    "Entry",
    "RematchNeedsReason",
    "edit_meeting",
    "end_dyad",
    "hold_as_planned",
    "log_meeting",
    "mark_not_held",
    "pause_dyad",
    "plan_ahead",
    "plan_every_week",
    "plan_meeting",
    "resume_dyad",
    "start_dyad",
    "undo",
    "version_of",
]
