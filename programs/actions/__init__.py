"""The verbs of programs: every write of a group, its members, its leads and its meetings goes through one of them.

Each one is atomic, refuses with a ``ValidationError`` whose sentence says what to do (keyed by the form's field where
there is one), sends ``group_changed`` inside its transaction, and keeps changes of structure in the audit.
"""

from programs.actions.meetings import (
    Conflict,
    edit_group_meeting,
    hold_group_as_planned,
    log_group_meeting,
    mark_not_held,
    undo,
)
from programs.actions.members import add_member, correct_end, end_membership
from programs.actions.planning import plan_ahead
from programs.actions.structure import change_lead, start_group

__all__ = [
    "Conflict",
    "add_member",
    "change_lead",
    "correct_end",
    "edit_group_meeting",
    "end_membership",
    "hold_group_as_planned",
    "log_group_meeting",
    "mark_not_held",
    "plan_ahead",
    "start_group",
    "undo",
]
