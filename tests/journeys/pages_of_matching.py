"""The pages of who waits for a mentor, and of who is matched."""

from collections.abc import Iterator

from accompagnement.demo.cast import Cast
from mentoring.actions.matching import propose
from mentoring.matching.letters import READERS
from mentoring.models import MatchingRound, Referral


def pupil(cast: Cast) -> int:
    """To be referred: of Nadia's group, and waits for nobody yet."""
    return cast.tremplin.members.all()[1].student_id


def of_matching(cast: Cast) -> list[str]:
    """Who waits, who can take one more; a student who is referred, the sheet to fill by hand."""
    said = {
        "student_id": cast.tremplin.members.all()[0].student_id,
        "program": cast.mentoring,
        "referred_by": cast.nadia,
    }
    waits, _new = Referral.objects.get_or_create(**said, defaults={"referred_on": cast.on})
    made = propose(program=cast.mentoring, person=cast.julie, on=cast.on)
    proposal = made.proposals.get(referral=waits)
    return [
        f"/jumelages/{made.pk}/", f"/jumelages/{made.pk}/publier/", f"/propositions/{proposal.pk}/",
        f"/jumelages/{published(cast)}/", *(f"/jumelages/{published(cast)}/lettres/{to}/" for to in READERS),
        "/jumelages/", "/jumelages/mentors/", "/jumelages/orienter/", f"/jumelages/orienter/{pupil(cast)}/",
        "/jumelages/fiche/", f"/orientations/{waits.pk}/", f"/orientations/{waits.pk}/modifier/",
        f"/mentors/{cast.marc_mentor.pk}/disponibilites/",
    ]  # fmt: skip


def published(cast: Cast) -> int:
    """A round that made the dyad of Inès and Marc-Olivier."""
    by = {"proposed_by": cast.julie, "published_by": cast.julie, "proposed_on": cast.on, "starts_on": cast.on}
    said = {"board": cast.board, "program": cast.mentoring, "published_on": cast.on}
    made, new = MatchingRound.objects.get_or_create(**said, defaults=by | {"student_words": "Bienvenue."})
    if new:
        dyad = cast.ines_marc
        waited = dyad.student.referrals.create(program=cast.mentoring, referred_on=dyad.starts_on)
        made.proposals.create(referral=waited, mentor=dyad.mentor, dyad=dyad)
    return made.pk


def of_referring(cast: Cast) -> list[str]:
    """What a teacher sees of it."""
    return ["/jumelages/", "/jumelages/orienter/", f"/jumelages/orienter/{pupil(cast)}/"]


def forms_of_matching(cast: Cast) -> Iterator[str]:
    yield f"/jumelages/orienter/{pupil(cast)}/"
