"""What groups and resource teachers log: one module a kind of record, which tells it whole."""

from programs.log.kinds import register
from programs.records.contacts import FamilyContactKind, StudentContactKind
from programs.records.function_time import FunctionTimeKind
from programs.records.group_meeting import GroupMeetingKind
from programs.records.group_review import GroupReviewKind


def declare() -> None:
    register(GroupMeetingKind(), StudentContactKind(), FamilyContactKind(), GroupReviewKind(), FunctionTimeKind())
