"""What is stated once: foundations and approaches of people, and what a programme says of itself."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Max, Q

from exchange.bundle.checks import number_of_its_guideline
from exchange.bundle.declaration import BundleFile, Column, columns
from exchange.bundle.types import Choice, Items, Reference, Whole
from guidelines.catalogue import CATALOGUE
from guidelines.models import GuidelineSetting
from mentoring.models import MentorApproach, StyleSelfAssessment
from programs.models import ExpectedResult, Foundation, Program, ProgramActivity, ProgramRole, RoleAcknowledgement
from programs.models.programs import LOGGING_GRACE_DAYS

FOUNDATIONS = BundleFile(
    "foundations.csv",
    Foundation,
    columns(Foundation, "person topic stated_on statement"),
    identity=("person_id", "topic"),
    board="person__board",
    handle="",
)
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
PROGRAM_RESULTS = BundleFile(
    "program_results.csv",
    ExpectedResult,
    columns(ExpectedResult, "key program text"),
    identity=("board_id", "key"),
)
PROGRAM_ACTIVITIES = BundleFile(
    "program_activities.csv",
    ProgramActivity,
    columns(ProgramActivity, "key program name content theme format result"),
    identity=("board_id", "key"),
)
PROGRAM_ROLES = BundleFile(
    "program_roles.csv",
    ProgramRole,
    columns(ProgramRole, "key program actor role limits"),
    identity=("board_id", "key"),
    rules="program_roles",
)
ROLE_ACKNOWLEDGEMENTS = BundleFile(
    "role_acknowledgements.csv",
    RoleAcknowledgement,
    columns(RoleAcknowledgement, "role person acknowledged_on"),
    identity=("role_id", "person_id"),
    board="role__board",
    handle="",
)


def ticked(*markers: str) -> Callable[[Mapping[str, Any]], int]:
    """How many of these markers a row's list holds."""
    return lambda values: len({*markers} & {*values["markers"]})


STYLE_ASSESSMENTS = BundleFile(
    "style_assessments.csv",
    StyleSelfAssessment,
    columns(StyleSelfAssessment, "key mentor on markers", markers=Items(tuple(StyleSelfAssessment.Marker.values))),
    identity=("board_id", "key"),
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
    identity=("board_id", "key"),
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
    identity=("board_id", "key"),
    kept=Q(pk__in=IN_FORCE.annotate(last=Max("pk")).values("last")),
    checks=(number_of_its_guideline,),
)
