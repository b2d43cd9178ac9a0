"""Matches proposed for a whole programme, with what people decided of each, published or not."""

from exchange.bundle.declaration import BundleFile, Column, columns
from exchange.bundle.types import Day, Reference
from mentoring.models import MatchingRound, Proposal

ROUNDS = BundleFile(
    "matching_rounds.csv",
    MatchingRound,
    columns(
        MatchingRound,
        "key program proposed_on proposed_by starts_on committed_until published_on published_by "
        "mentor_words student_words family_words",
    ),
    further_ranges=(("starts_on", "committed_until"),),
    rules="matching_rounds",
)
PROPOSALS = BundleFile(
    "match_proposals.csv",
    Proposal,
    columns(
        Proposal,
        "round student referred_on mentor choice rematch_reason unverified_reason untrained_reason dyad",
        student=Column("student", Reference(120, "students.csv"), lookup="referral__student__key", required=True),
        referred_on=Column("referred_on", Day(), lookup="referral__referred_on", required=True),
    ),
    identity=("round_id", "referral_id"),
    named_by=("round", "student", "referred_on"),
    board="round__board",
    handle="",
    rules="match_proposals",
)
"""A referral has no key: it is the student's, to the programme of the round, of that day."""
