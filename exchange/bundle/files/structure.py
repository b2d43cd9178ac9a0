"""What is stated once: foundations and approaches of people, and what a programme says of itself."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Max, Q

from exchange.bundle.checks import number_of_its_guideline
from exchange.bundle.declaration import BundleFile, Column, columns, rows_of
from exchange.bundle.types import Choice, Items, Reference, Whole
from guidelines.catalogue import CATALOGUE
from guidelines.models import GuidelineSetting, ProgramGuideline
from mentoring.models import MentorApproach, StyleSelfAssessment
from programs.models import ExpectedResult, Foundation, Program, ProgramActivity, ProgramRole, RoleAcknowledgement
from programs.models.programs import LOGGING_GRACE_DAYS

FOUNDATIONS = rows_of("person", "foundations.csv", Foundation, "topic stated_on statement", known_by="topic")
PROGRAM_LOGGING = BundleFile(
    "program_logging.csv",
    Program,
    (
        Column("program", Reference(120, "programs.csv"), "id", "key", required=True),
        *columns(Program, "logging_grace_days", logging_grace_days=Whole(0, 28)),
    ),
    identity=("id", "board_id"),
    handle="",
    kept=~Q(logging_grace_days=LOGGING_GRACE_DAYS),
)
"""A further file on programmes, whose own columns are fixed; only those that differ from the usual are in it."""
PROGRAM_ENDS = BundleFile(
    "program_ends.csv",
    Program,
    (Column("program", Reference(120, "programs.csv"), "id", "key", required=True), *columns(Program, "ends_on")),
    identity=("id", "board_id"),
    handle="",
    kept=Q(ends_on__isnull=False),
)
"""When a programme ended; only those that have."""
PROGRAM_SUPPORT_CALLS = BundleFile(
    "program_support_calls.csv",
    Program,
    (
        Column("program", Reference(120, "programs.csv"), "id", "key", required=True),
        *columns(
            Program,
            "support_calls_from support_call_weeks support_call_later_weeks support_call_parties",
            support_call_parties=Items(tuple(Program.Party.values)),
        ),
    ),
    identity=("id", "board_id"),
    handle="",
    kept=Q(support_calls_from__isnull=False),
)
"""The pace of those that follow support calls."""
PROGRAM_MINUTES = BundleFile(
    "program_minutes.csv",
    Program,
    (Column("program", Reference(120, "programs.csv"), "id", "key", required=True), *columns(Program, "minutes_from")),
    identity=("id", "board_id"),
    handle="",
    kept=Q(minutes_from__isnull=False),
)
"""Since when they ask their students and mentors a minute."""
PROGRAM_RESULTS = BundleFile("program_results.csv", ExpectedResult, columns(ExpectedResult, "key program text"))
PROGRAM_ACTIVITIES = BundleFile(
    "program_activities.csv", ProgramActivity, columns(ProgramActivity, "key program name content theme format result")
)
PROGRAM_ROLES = BundleFile(
    "program_roles.csv",
    ProgramRole,
    columns(ProgramRole, "key program actor role limits"),
    rules="program_roles",
)
ROLE_ACKNOWLEDGEMENTS = rows_of(
    "role", "role_acknowledgements.csv", RoleAcknowledgement, "person acknowledged_on", known_by="person_id"
)


def ticked(*markers: str) -> Callable[[Mapping[str, Any]], int]:
    """How many of these markers a row's list holds."""
    return lambda values: len({*markers} & {*values["markers"]})


STYLE_ASSESSMENTS = BundleFile(
    "style_assessments.csv",
    StyleSelfAssessment,
    columns(StyleSelfAssessment, "key mentor on markers", markers=Items(tuple(StyleSelfAssessment.Marker.values))),
    derived=(
        ("developmental", ticked(*StyleSelfAssessment.DEVELOPMENTAL)),
        ("prescriptive", ticked(*StyleSelfAssessment.PRESCRIPTIVE)),
    ),
    rules="style_assessments",
)
MENTOR_APPROACHES = BundleFile(
    "mentor_approaches.csv",
    MentorApproach,
    columns(MentorApproach, "key mentor on beliefs attitudes behaviours style"),
    rules="mentor_approaches",
)
# Of several settings of one number from one day on, the last one is in force: nothing is said by the others.
IN_FORCE = GuidelineSetting.objects.order_by().values("board", "program", "guideline", "name", "starts_on")
GUIDELINE_SETTINGS = BundleFile(
    "guideline_settings.csv",
    GuidelineSetting,
    columns(
        GuidelineSetting,
        "key board program guideline name value starts_on reason set_by",
        guideline=Choice(tuple(CATALOGUE)),
    ),
    kept=Q(pk__in=IN_FORCE.annotate(last=Max("pk")).values("last")),
    checks=(number_of_its_guideline,),
    rules="guideline_settings",
)
PROGRAM_GUIDELINES = BundleFile(
    "program_guidelines.csv",
    ProgramGuideline,
    columns(
        ProgramGuideline,
        "program guideline followed_from followed_until reason end_reason by ended_by",
        guideline=Choice(tuple(CATALOGUE)),
    ),
    identity=("program_id", "guideline", "followed_from"),
    board="program__board",
    handle="",
    further_ranges=(("followed_from", "followed_until"),),
)
