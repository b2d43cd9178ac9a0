from programs.models.calendar import SchoolDay, SchoolYear, Term
from programs.models.groups import GroupLead, GroupMember, GroupTimetable, SupportGroup
from programs.models.meetings import Attendance, GroupMeeting
from programs.models.programs import Program, TeacherRelease
from programs.models.records import MeetingRecord

__all__ = [
    "Attendance",
    "GroupLead",
    "GroupMeeting",
    "GroupMember",
    "GroupTimetable",
    "MeetingRecord",
    "Program",
    "SchoolDay",
    "SchoolYear",
    "SupportGroup",
    "TeacherRelease",
    "Term",
]
