"""How several relations end at once: the same words for all, and one review for those that ended early."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guidelines.endings import ENDED
from guidelines.models import Flag
from guidelines.reviewing import Said, review_ending
from mentoring.models import Dyad
from people.models import User
from programs.gestures.memory import Changes


@dataclass(frozen=True)
class Farewell:
    """How those end that end; ``learnt``, when it is written, reviews the early ones too."""

    end_code: str
    ended_by: str
    reason: str
    closure_talk: str
    learnt: str = ""


NO_WORDS = Farewell("", "", "", "")
"""Where nothing ends."""


def review_early(dyads: Sequence[Dyad], said: Farewell, changes: Changes, *, person: User, on: date) -> None:
    """Close the case of each early ending of these with what was learnt, where something was.

    Inside the transaction of the endings, once their findings are raised.
    """
    if not said.learnt:
        return
    short = Flag.objects.live().filter(guideline__in=ENDED, dyad__in=dyads).select_related("dyad")
    found = [flag.dyad for flag in short if flag.dyad is not None]
    for dyad in found:
        words = Said(said.reason, said.learnt, dyad.ended_by, dyad.end_code)
        review = review_ending(dyad=dyad, person=person, on=on, said=words, saved_at=None)
        changes.made(review)
