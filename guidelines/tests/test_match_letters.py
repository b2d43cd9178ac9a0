"""The letter of a match leaves by the same door as the others."""

from django.utils import timezone

from accompagnement.demo.cast import Cast
from guidelines.mailing import letter_at
from mentoring.models import MatchingRound, Referral
from people.models import Message


def test_a_mentor_is_told_of_a_match_until_it_is_taken_back(cast: Cast) -> None:
    dyad, by = cast.ines_marc, {"proposed_by": cast.julie, "published_by": cast.julie}
    days = {"proposed_on": cast.on, "starts_on": cast.on, "published_on": cast.on}
    made = MatchingRound.objects.create(board=cast.board, program=dyad.program, **by, **days)
    referral = Referral.objects.create(student=dyad.student, program=dyad.program, referred_on=cast.on)
    proposal = made.proposals.create(referral=referral, mentor=dyad.mentor, dyad=dyad)
    kind, to = Message.Kind.MATCH, {"person": cast.marc, "board": cast.board}
    message = Message.objects.create(**to, kind=kind, on=cast.on, target=made.pk, asked_by=cast.julie)
    letter = letter_at(message, timezone.now())
    assert letter is not None
    assert dyad.student.discreet_name in letter.text
    assert letter.reply_to == cast.julie.email
    proposal.dyad = None
    proposal.save()
    assert letter_at(message, timezone.now()) is None
