"""Which pages of a group or of a record are kept in the journal as openings."""

from django.db.models import Model

from people.privacy.pages import Arguments, declare, leave_out, name_several
from programs.log.kinds import KINDS


def table_of_kind(arguments: Arguments) -> type[Model]:
    """The table of a record, from the word of its address: the page is there only when the word is one."""
    model: type[Model] = KINDS[arguments["kind"]].model
    return model


name_several("programs.SupportGroup", "members__student")
name_several("programs.GroupMeeting", "group__members__student")
declare(
    "programs.SupportGroup",
    "group group_edit group_end group_log group_member_add group_lead group_contact group_family group_review"
    " group_substitute group_timetable",
)
declare("programs.GroupMeeting", "group_meeting_not_held group_meeting_edit")
declare("programs.GroupMember", "group_member_edit group_member_end")
declare(table_of_kind, "record_edit record_history")
leave_out("Of an adult, their groups and their time, no student.", "teacher teacher_release group_lead_edit")
leave_out(
    "Of a programme: what it is, counts of people, no name of a student.",
    "program program_edit program_end program_contents program_activity_new program_activity_edit program_calls"
    " program_roles",
)
