"""Mentors, the students who wait, dyads and all that they meet for."""

from django.db.models import Q

from exchange.bundle.declaration import BundleFile, column, columns, named, undecided
from exchange.bundle.files.records import LOGGED, SINCE
from mentoring.models import Agreement, Dyad, DyadMeeting, DyadSubstitute, Mentor, Pause, Referral, Training

MENTORS = BundleFile(
    "mentors.csv",
    Mentor,
    columns(Mentor, "person kind birth_date"),
    identity=("person_id",),
    board="person__board",
    handle="person__key",
)
TRAININGS = BundleFile(
    "trainings.csv",
    Training,
    columns(Training, "person kind completed_on minutes title"),
    identity=("person_id", "kind", "completed_on", "minutes", "title"),
    board="person__board",
    handle="",
)
REFERRALS = BundleFile(
    "referrals.csv",
    Referral,
    columns(Referral, "student program referred_on closed_on needs"),
    identity=("student_id", "program_id", "referred_on"),
    board="program__board",
    handle="",
    ranges=(("referred_on", "closed_on"),),
)
DYADS = BundleFile(
    "dyads.csv",
    Dyad,
    columns(
        Dyad,
        "key program mentor student starts_on committed_until ended_on end_reason ended_by planned_handover "
        "closure_talk",
        ended_on=named("ended_on", column(Dyad, "ends_on")),
    ),
    identity=("board_id", "key"),
    ranges=(("starts_on", "ends_on"), ("starts_on", "committed_until")),
)
PAUSES = BundleFile(
    "pauses.csv",
    Pause,
    columns(Pause, "dyad starts_on ends_on reason"),
    identity=("dyad_id", "starts_on"),
    board="dyad__board",
    handle="",
    ranges=(("starts_on", "ends_on"),),
)
AGREEMENTS = BundleFile(
    "agreements.csv",
    Agreement,
    columns(Agreement, "dyad signed_on objectives tasks"),
    identity=("dyad_id", "signed_on"),
    board="dyad__board",
    handle="",
)
DYAD_SUBSTITUTES = BundleFile(
    "dyad_substitutes.csv",
    DyadSubstitute,
    columns(DyadSubstitute, "dyad person starts_on ends_on"),
    identity=("dyad_id", "person_id", "starts_on"),
    board="dyad__board",
    handle="",
    ranges=(("starts_on", "ends_on"),),
)
DYAD_MEETINGS = BundleFile(
    "dyad_meetings.csv",
    DyadMeeting,
    columns(
        DyadMeeting,
        "key dyad on status reason minutes channel setting activity structured chosen_by topic activity_kind "
        f"problem_kind starts_at planned {LOGGED} late_reason met_by {SINCE}",
        planned=undecided(column(DyadMeeting, "planned")),
    ),
    identity=("board_id", "key"),
    kept=Q(deleted_at__isnull=True),
    rules="meetings",
)
