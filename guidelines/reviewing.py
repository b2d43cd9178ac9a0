"""Reviewing an ending: what happened, by whom it ended, what is learnt; one review closes the case."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guidelines.actions import dismiss
from guidelines.audit_verbs import ENDING_REVIEWED
from guidelines.endings import ENDED
from guidelines.models import EndingReview, Flag
from mentoring.models import Dyad
from people import audit
from people.models import User
from programs.actions.held import locked


@dataclass(frozen=True)
class Said:
    """What a review says; who wished the end and its code are the relation's own, completed here."""

    what_happened: str
    learnt: str
    ended_by: str
    end_code: str


class ReviewedMeanwhile(Exception):
    """Someone else has reviewed the ending since the form was opened."""

    def __init__(self, theirs: EndingReview) -> None:
        super().__init__("reviewed")
        self.theirs = theirs


@transaction.atomic
def review_ending(*, dyad: Dyad, person: User, on: date, said: Said, saved_at: datetime | None) -> EndingReview:
    """Write the review of an ended relation, or correct it as it stood at ``saved_at``: the case is closed.

    The same words sent twice are one review. ``ReviewedMeanwhile`` when it says something else since.
    """
    current = locked(dyad)
    review = EndingReview.objects.filter(dyad=current).select_related("by").first()
    if review is None or _said_by(review, current) != said:
        if review is not None and review.saved_at != saved_at:
            raise ReviewedMeanwhile(review)
        review = _write(review or EndingReview(dyad=current), current, person, on, said)
        audit.record(board=current.board, person=person, verb=ENDING_REVIEWED, subject=review)
    reason = _("La fin de la relation a été revue.")
    for flag in Flag.objects.live().filter(dyad=current, guideline__in=ENDED):
        if flag.state != Flag.State.DISMISSED or flag.until is not None:
            dismiss(flag=flag, person=person, on=on, reason=reason, review_on=None)
    return review


def _said_by(review: EndingReview, dyad: Dyad) -> Said:
    return Said(review.what_happened, review.learnt, dyad.ended_by, dyad.end_code)


def _write(review: EndingReview, dyad: Dyad, person: User, on: date, said: Said) -> EndingReview:
    review.what_happened, review.learnt, review.by, review.on = said.what_happened, said.learnt, person, on
    review.save()
    if (dyad.ended_by, dyad.end_code) != (said.ended_by, said.end_code):
        dyad.ended_by, dyad.end_code = said.ended_by, said.end_code
        dyad.save()
    return review


def initial(dyad: Dyad, review: EndingReview | None) -> dict[str, str]:
    """What the form begins with: the review as it stands or, before any, the words of the ending."""
    if review is not None:
        return asdict(_said_by(review, dyad))
    return asdict(Said(dyad.end_reason, "", dyad.ended_by, dyad.end_code))
