"""Mentors, the students who wait, dyads and all that they meet for."""

from django.db.models import Q

from exchange.bundle.checks import no_small_count
from exchange.bundle.declaration import BundleFile, column, columns, named, rows_of, undecided
from exchange.bundle.files.records import LOGGED, SINCE
from exchange.bundle.types import Choice, Items, Whole
from guidelines.models import EndingReview
from mentoring.minutes.items import OURS
from mentoring.models import (
    Agreement,
    Doubt,
    Dyad,
    DyadMeeting,
    DyadSubstitute,
    Mentor,
    MinuteItem,
    MinuteTally,
    Outcome,
    Parting,
    Pause,
    Referral,
    TalkRequest,
    Training,
)
from mentoring.models.minutes import Level
from mentoring.models.wishes import TIMES, Interest, Language

WISHES = "interests other_interests languages other_languages times"
LISTS = {
    "interests": Items(tuple(Interest.values)),
    "languages": Items(tuple(Language.values)),
    "times": Items(TIMES),
}
MENTORS = BundleFile(
    "mentors.csv",
    Mentor,
    columns(Mentor, f"person kind birth_date places {WISHES}", **LISTS),
    identity=("person_id",),
    board="person__board",
    handle="person__key",
)
TRAININGS = rows_of(
    "person", "trainings.csv", Training, "kind completed_on minutes title", known_by="kind completed_on minutes title"
)
REFERRALS = BundleFile(
    "referrals.csv",
    Referral,
    columns(Referral, f"student program referred_on closed_on needs referred_by wished_kind {WISHES}", **LISTS),
    identity=("student_id", "program_id", "referred_on"),
    board="program__board",
    handle="",
    further_ranges=(("referred_on", "closed_on"),),
)
DYADS = BundleFile(
    "dyads.csv",
    Dyad,
    columns(
        Dyad,
        "key program mentor student starts_on committed_until ended_on end_reason ended_by planned_handover "
        "closure_talk end_code closure_talk_on",
        ended_on=named("ended_on", column(Dyad, "ends_on")),
    ),
    further_ranges=(("starts_on", "committed_until"),),
    tied=("student", "mentor"),
)
ENDING_REVIEWS = rows_of(
    "dyad", "ending_reviews.csv", EndingReview, "what_happened learnt by on", known_by="", rules="ending_reviews"
)
PARTINGS = rows_of(
    "dyad",
    "partings.csv",
    Parting,
    "next_step next_words student_words mentor_words words_level words_by words_on "
    "student_letter family_letter mentor_letter",
    known_by="",
)
DOUBTS = BundleFile(
    "doubts.csv",
    Doubt,
    columns(Doubt, "key dyad raised_on raised_by words heard_on heard_by answer"),
    further_ranges=(("raised_on", "heard_on"),),
)
MINUTE_ITEMS = BundleFile(
    "minute_items.csv",
    MinuteItem,
    columns(
        MinuteItem,
        "key board code audience french english ends_on",
        code=Choice(tuple(item.code for item in OURS)),
    ),
    rules="minute_items",
)
MINUTE_TALLIES = BundleFile(
    "minute_tallies.csv",
    MinuteTally,
    columns(
        MinuteTally,
        "key board program month audience item answers middle level_1 level_2 level_3 level_4",
        answers=column(MinuteTally, "answers", required=True),
        middle=column(MinuteTally, "middle", required=True, type=Whole(min(Level.values), max(Level.values))),
    ),
    derived=(("is_closed", lambda _values: True),),
    checks=(no_small_count,),
    kept=Q(is_closed=True),
    rules="minute_tallies",
)
"""What may be told of the months that are over, as the pages say it: there is nothing else to write."""
TALK_REQUESTS = BundleFile(
    "talk_requests.csv",
    TalkRequest,
    columns(TalkRequest, "key student program adult asked_on heard_on"),
    further_ranges=(("asked_on", "heard_on"),),
)
PAUSES = rows_of("dyad", "pauses.csv", Pause, "starts_on ends_on reason", known_by="starts_on")
AGREEMENTS = rows_of(
    "dyad",
    "agreements.csv",
    Agreement,
    "signed_on objectives tasks times limits confidentiality student_on mentor_on parent_on lead_on",
    known_by="signed_on",
)
DYAD_SUBSTITUTES = rows_of(
    "dyad", "dyad_substitutes.csv", DyadSubstitute, "person starts_on ends_on", known_by="person_id starts_on"
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
    kept=Q(deleted_at__isnull=True),
    rules="meetings",
)
OUTCOMES = rows_of(
    "student",
    "outcomes.csv",
    Outcome,
    "school_year term days_absent lates result entered_by entered_on",
    known_by="school_year_id term",
    rules="outcomes",
)
