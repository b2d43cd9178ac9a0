"""The end of a month: what may be told of it is kept, and all the rest is destroyed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from mentoring.minutes.codes import month_of
from mentoring.models import Minute, MinuteTally, TalkRequest
from mentoring.models.minutes import LEVELS
from people.models import SchoolBoard
from people.retention import TALKS_KEPT
from people.suppression import FEWEST
from people.telling import told_parts


@transaction.atomic
def close_months(*, board: SchoolBoard, on: date) -> None:
    """Close every month that was over on a day. Done twice, it finds nothing.

    Fewer than five people: destroyed. A board's own line adds up the programmes that are told, and has no levels, for
    they would give back those that a programme hides.
    """
    first = month_of(on)
    Minute.objects.filter(dyad__board=board, month__lt=first).delete()
    TalkRequest.objects.filter(board=board, heard_on__lt=on - TALKS_KEPT).delete()
    over = MinuteTally.objects.select_for_update(of=("self",)).filter(board=board, month__lt=first, is_closed=False)
    together: dict[tuple[date, str, str], list[int]] = defaultdict(lambda: [0] * len(LEVELS))
    for tally in over:
        counts = [getattr(tally, column) or 0 for column in LEVELS]
        if sum(counts) < FEWEST:
            tally.delete()
            continue
        whole = together[tally.month, tally.audience, tally.item]
        whole[:] = map(sum, zip(whole, counts, strict=True))
        close(tally, counts, told_levels(counts))
    for (month, audience, item), counts in together.items():
        if not MinuteTally.objects.filter(board=board, program__isnull=True, month=month, item=item).exists():
            close(MinuteTally(board=board, month=month, audience=audience, item=item), counts, [None] * len(LEVELS))


def close(tally: MinuteTally, counts: Sequence[int], shown: Sequence[int | None]) -> None:
    for column, count in zip(LEVELS, shown, strict=True):
        setattr(tally, column, count)
    tally.answers, tally.middle, tally.is_closed = sum(counts), middle(counts), True
    tally.save()


def told_levels(counts: Sequence[int]) -> list[int | None]:
    """How many answered each level, None where it is not told.

    By the house's rule of small counts, and stricter: an empty level is hidden with the small ones, and nothing is told
    when all gave the same answer, for then each one's answer would be known.
    """
    shown, total = told_parts(counts)
    if None not in shown:
        return shown if sum(map(bool, counts)) > 1 else [None] * len(counts)
    return [count or None for count in shown] if total is not None else [None] * len(counts)


def middle(counts: Sequence[int]) -> int:
    """The level that at least half of the answers reach from below, from 1: the lower of two in the middle."""
    total, below = sum(counts), 0
    for level, count in enumerate(counts, 1):
        below += count
        if 2 * below >= total:
            return level
    return len(counts)
