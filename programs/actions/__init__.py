"""The verbs of programs: every write of a group, its members, its leads and its meetings goes through one of them.

Each one is atomic, refuses with a ``ValidationError`` whose sentence says what to do (keyed by the form's field where
there is one), sends ``group_changed`` inside its transaction, and keeps changes of structure in the audit.
"""

from programs.actions.conflicts import Conflict
from programs.actions.contacts import log_family_contacts, log_review, log_student_contacts, undo_entry
from programs.actions.meetings import (
    edit_group_meeting,
    hold_group_as_planned,
    log_group_meeting,
    mark_not_held,
    undo,
)
from programs.actions.members import add_member, correct_end, end_membership
from programs.actions.planning import plan_ahead
from programs.actions.programmes import (
    acknowledge_role,
    change_program,
    declare_activity,
    remove_activity,
    set_results,
    set_roles,
    start_program,
)
from programs.actions.structure import change_lead, correct_lead_end, end_lead, start_group
from programs.actions.substitutes import end_substitute, name_substitute
from programs.actions.teachers import (
    log_function_time,
    log_function_week,
    remove_release,
    set_release,
    state_foundations,
    undo_function_time,
    undo_function_week,
)
from programs.actions.timetables import end_slot, put_slot

__all__ = [
    "Conflict",
    "acknowledge_role",
    "add_member",
    "change_lead",
    "change_program",
    "correct_end",
    "correct_lead_end",
    "declare_activity",
    "edit_group_meeting",
    "end_lead",
    "end_membership",
    "end_slot",
    "end_substitute",
    "hold_group_as_planned",
    "log_family_contacts",
    "log_function_time",
    "log_function_week",
    "log_group_meeting",
    "log_review",
    "log_student_contacts",
    "mark_not_held",
    "name_substitute",
    "plan_ahead",
    "put_slot",
    "remove_activity",
    "remove_release",
    "set_release",
    "set_results",
    "set_roles",
    "start_group",
    "start_program",
    "state_foundations",
    "undo",
    "undo_entry",
    "undo_function_time",
    "undo_function_week",
]
