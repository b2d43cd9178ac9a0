"""Relations that ended early: a case to review, closed by one review, never an alarm that nothing can clear."""

from collections.abc import Iterable

from guidelines.catalogue.duration import DYAD_DURATION_SHORT
from guidelines.models import EndingReview, Flag, FlagEvent
from guidelines.models.endings import EndingReviewQuerySet
from guidelines.models.flags import FlagQuerySet
from people.models import User

ENDED = (DYAD_DURATION_SHORT.code,)
"""The guidelines that tell of an ending."""


def to_review(user: User) -> FlagQuerySet:
    """The early endings that nobody has reviewed nor set aside, where the person may; the latest ending first."""
    found = Flag.objects.decidable_by(user).to_complete(user.local_date()).filter(guideline__in=ENDED)
    return found.order_by("-dyad__ends_on", "pk")


def reviewed(user: User) -> EndingReviewQuerySet:
    """The reviews that the person may read, the latest first."""
    return EndingReview.objects.visible_to(user)


def keep_closed(opened: Iterable[Flag]) -> list[Flag]:
    """Of findings that an evaluation opens, those whose ending was reviewed already: closed again, for good.

    One query when there are any.
    """
    ended = [flag for flag in opened if flag.guideline in ENDED and flag.state == Flag.State.OPEN]
    if not ended:
        return []
    known = EndingReview.objects.filter(dyad__in=[flag.dyad_id for flag in ended]).values_list("dyad", flat=True)
    done = set(known)
    closed = [flag for flag in ended if flag.dyad_id in done]
    for flag in closed:
        flag.state, flag.until, flag.taken_by_id = Flag.State.DISMISSED, None, None
    return closed


def close_reviewed(dyads: Iterable[int]) -> None:
    """Close the findings that are open on relations whose review has just come by a file. Three queries at most."""
    open_ones = Flag.objects.live().filter(state=Flag.State.OPEN, guideline__in=ENDED, dyad__in=list(dyads))
    flags = list(open_ones.select_related("dyad__ending_review"))
    for flag in flags:
        flag.state = Flag.State.DISMISSED
    Flag.objects.bulk_update(flags, ["state"])
    FlagEvent.objects.bulk_create(
        FlagEvent(
            flag=flag,
            kind=FlagEvent.Kind.DISMISSED,
            on=max(flag.raised_on, flag.dyad.ending_review.on),
            severity=flag.severity,
            value=flag.value,
        )
        for flag in flags
        if flag.dyad is not None
    )
