from programs.models.calendar import SchoolDay, SchoolYear, Term
from programs.models.contacts import FamilyContact, GroupReview, StudentContact
from programs.models.gestures import Gesture
from programs.models.groups import GroupLead, GroupMember, GroupSubstitute, GroupTimetable, SupportGroup
from programs.models.meetings import Attendance, GroupMeeting, PresencesThen
from programs.models.programs import Program, TeacherRelease
from programs.models.records import LoggedRecord, MeetingRecord, Version
from programs.models.relations import Relation, RelationSlot, Substitute
from programs.models.structure import ExpectedResult, ProgramActivity, ProgramRole, RoleAcknowledgement
from programs.models.teachers import Foundation, FunctionTime

__all__ = [
    "Attendance",
    "ExpectedResult",
    "FamilyContact",
    "Foundation",
    "FunctionTime",
    "Gesture",
    "GroupLead",
    "GroupMeeting",
    "GroupMember",
    "GroupReview",
    "GroupSubstitute",
    "GroupTimetable",
    "LoggedRecord",
    "MeetingRecord",
    "PresencesThen",
    "Program",
    "ProgramActivity",
    "ProgramRole",
    "Relation",
    "RelationSlot",
    "RoleAcknowledgement",
    "SchoolDay",
    "SchoolYear",
    "StudentContact",
    "Substitute",
    "SupportGroup",
    "TeacherRelease",
    "Term",
    "Version",
]
