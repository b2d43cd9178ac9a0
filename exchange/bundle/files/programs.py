"""Programmes, released time, support groups and all that they meet for."""

from django.db.models import Q

from exchange.bundle.checks import cadence_has_days, one_day_of_the_week_or_cycle
from exchange.bundle.declaration import BundleFile, column, columns, rows_of, undecided
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
        "cadence_unit cadence_days meetings_per_unit minutes agreement_by_parent agreement_confidentiality",
        forms=Items(tuple(Program.Form.values)),
    ),
    checks=(cadence_has_days,),
)
RELEASES = rows_of(
    "person", "releases.csv", TeacherRelease, "school_year percent base", known_by="school_year_id percent base"
)
GROUPS = BundleFile("groups.csv", SupportGroup, columns(SupportGroup, "key program name starts_on ends_on"))
GROUP_LEADS = rows_of(
    "group", "group_leads.csv", GroupLead, "person starts_on ends_on reason", known_by="person_id starts_on"
)
GROUP_SUBSTITUTES = rows_of(
    "group", "group_substitutes.csv", GroupSubstitute, "person starts_on ends_on", known_by="person_id starts_on"
)
GROUP_MEMBERS = rows_of(
    "group",
    "group_members.csv",
    GroupMember,
    "student starts_on ends_on reason",
    known_by="student_id starts_on",
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
    kept=Q(deleted_at__isnull=True),
    rules="meetings",
)
ATTENDANCE = rows_of(
    "meeting",
    "attendance.csv",
    Attendance,
    "student status",
    known_by="student_id",
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
        checks=(one_day_of_the_week_or_cycle,),
        given=owner,
    )
    for owner, model in (("group", GroupTimetable), ("dyad", DyadTimetable))
)
