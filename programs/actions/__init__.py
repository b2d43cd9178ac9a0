"""The verbs of programs: what changes a group, its members, its leads and its plan. The log has its own (``log``).

Each one is atomic, refuses with a ``ValidationError`` whose sentence says what to do (keyed by the form's field where
there is one), sends ``group_changed`` inside its transaction, and keeps changes of structure in the audit.
"""

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
    log_function_week,
    remove_release,
    set_release,
    state_foundations,
)
from programs.actions.timetables import end_slot, put_slot

__all__ = [
    "acknowledge_role",
    "add_member",
    "change_lead",
    "change_program",
    "correct_end",
    "correct_lead_end",
    "declare_activity",
    "end_lead",
    "end_membership",
    "end_slot",
    "end_substitute",
    "log_function_week",
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
]
