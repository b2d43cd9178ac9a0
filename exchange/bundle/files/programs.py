"""Programmes, released time, support groups and all that they meet for."""

from django.db.models import Q

from exchange.bundle.checks import cadence_has_days, one_day_of_the_week_or_cycle
from exchange.bundle.declaration import BundleFile, column, columns, undecided
from exchange.bundle.files.records import LOGGED, SINCE
from exchange.bundle.types import Items, Whole
from mentoring.models import DyadTimetable
from programs.models import (
    Attendance,
    GroupLead,
    GroupMeeting,
    GroupMember,
    GroupSubstitute,
    GroupTimetable,
    Program,
    SupportGroup,
    TeacherRelease,
)

PROGRAMS = BundleFile(
    "programs.csv",
    Program,
    columns(
        Program,
        "key school name domain forms intervention mentoring_form population whole_class school_wide prevents_dropout "
        "cadence_unit cadence_days meetings_per_unit minutes",
        forms=Items(tuple(Program.Form.values)),
    ),
    identity=("board_id", "key"),
    checks=(cadence_has_days,),
)
RELEASES = BundleFile(
    "releases.csv",
    TeacherRelease,
    columns(TeacherRelease, "person school_year percent base"),
    identity=("person_id", "school_year_id", "percent", "base"),
    board="person__board",
    handle="",
)
GROUPS = BundleFile(
    "groups.csv",
    SupportGroup,
    columns(SupportGroup, "key program name starts_on ends_on"),
    identity=("board_id", "key"),
    ranges=(("starts_on", "ends_on"),),
)
GROUP_LEADS = BundleFile(
    "group_leads.csv",
    GroupLead,
    columns(GroupLead, "group person starts_on ends_on reason"),
    identity=("group_id", "person_id", "starts_on"),
    board="group__board",
    handle="",
    ranges=(("starts_on", "ends_on"),),
)
GROUP_SUBSTITUTES = BundleFile(
    "group_substitutes.csv",
    GroupSubstitute,
    columns(GroupSubstitute, "group person starts_on ends_on"),
    identity=("group_id", "person_id", "starts_on"),
    board="group__board",
    handle="",
    ranges=(("starts_on", "ends_on"),),
)
GROUP_MEMBERS = BundleFile(
    "group_members.csv",
    GroupMember,
    columns(GroupMember, "group student starts_on ends_on reason"),
    identity=("group_id", "student_id", "starts_on"),
    board="group__board",
    handle="",
    ranges=(("starts_on", "ends_on"),),
    rules="group_members",
)
GROUP_MEETINGS = BundleFile(
    "group_meetings.csv",
    GroupMeeting,
    columns(
        GroupMeeting,
        f"key group on status reason starts_at minutes slot activities planned {LOGGED} late_reason met_by {SINCE}",
        planned=undecided(column(GroupMeeting, "planned")),
    ),
    identity=("board_id", "key"),
    kept=Q(deleted_at__isnull=True),
    rules="meetings",
)
ATTENDANCE = BundleFile(
    "attendance.csv",
    Attendance,
    columns(Attendance, "meeting student status"),
    identity=("meeting_id", "student_id"),
    board="meeting__board",
    handle="",
    kept=Q(meeting__deleted_at__isnull=True),
)
TIMETABLES = tuple(
    BundleFile(
        "timetables.csv",
        model,
        columns(
            model,
            f"{owner} weekday cycle_day starts_at minutes place starts_on ends_on",
            weekday=Whole(1, 7),
            cycle_day=Whole(1, 10),
        ),
        identity=(f"{owner}_id", "weekday", "cycle_day", "starts_at", "minutes", "starts_on"),
        board=f"{owner}__board",
        handle="",
        ranges=(("starts_on", "ends_on"),),
        checks=(one_day_of_the_week_or_cycle,),
        given=owner,
    )
    for owner, model in (("group", GroupTimetable), ("dyad", DyadTimetable))
)
