"""What speaks for a match, in words, each with its weight: proposals add the weights, people read the words.

The weights are ours: the review asks for shared interests and time together (§3.2), it weighs nothing (decision 0033).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.matching.pool import Offer, Waiting
from mentoring.models.wishes import Language

INTEREST, MOST_INTERESTS = 4, 3
TIME, MOST_TIMES = 2, 3
LANGUAGE = 6
KIND = 5
LIGHT = (3, 2, 1)
"""For a mentor's first, second and third dyad: proposals spread before they pile up."""
MOST_WEEKS = 12
"""A week of waiting weighs one, up to so many: the same whoever the mentor, it says who comes first."""


@dataclass(frozen=True)
class Reason:
    code: str
    weight: int
    words: str


@dataclass(frozen=True)
class Likeness:
    """What a student who waits and a mentor share."""

    interests: tuple[str, ...]
    times: tuple[str, ...]
    languages: tuple[str, ...]
    is_kind: bool

    @property
    def weight(self) -> int:
        shared = INTEREST * min(len(self.interests), MOST_INTERESTS) + TIME * min(len(self.times), MOST_TIMES)
        return shared + LANGUAGE * bool(self.languages) + KIND * self.is_kind


def likeness(waiting: Waiting, offer: Offer) -> Likeness:
    spoken = (code for code in waiting.languages if code in offer.languages and code != Language.FRENCH)
    return Likeness(
        tuple(code for code in waiting.interests if code in offer.interests),
        tuple(code for code in waiting.times if code in offer.times),
        tuple(spoken),
        bool(waiting.referral.wished_kind) and waiting.referral.wished_kind == offer.mentor.kind,
    )


def lightness(load: int) -> int:
    """What a mentor's next dyad weighs, by how many they keep."""
    return LIGHT[load] if load < len(LIGHT) else 0


def patience(waiting: Waiting) -> int:
    return min(waiting.weeks, MOST_WEEKS)


def weight(waiting: Waiting, offer: Offer) -> int:
    """What speaks for a match, but for how many dyads the mentor keeps, which changes with each that is proposed."""
    return likeness(waiting, offer).weight + patience(waiting)


def reasons(waiting: Waiting, offer: Offer, *, load: int) -> list[Reason]:
    """The same, told; ``load`` counts the mentor's other dyads, those of the proposals too. The heaviest first."""
    like = likeness(waiting, offer)
    interests = [waiting.interests[code] for code in like.interests]
    times = [waiting.times[code] for code in like.times]
    languages = ", ".join(waiting.languages[code] for code in like.languages)
    found = [
        Reason(
            "interests",
            INTEREST * min(len(interests), MOST_INTERESTS),
            ngettext("Un intérêt commun\u00a0: %(what)s", "Des intérêts communs\u00a0: %(what)s", len(interests))
            % {"what": ", ".join(interests)},
        ),
        Reason(
            "times",
            TIME * min(len(times), MOST_TIMES),
            ngettext("Un moment commun\u00a0: %(what)s", "Des moments communs\u00a0: %(what)s", len(times))
            % {"what": ", ".join(times[:MOST_TIMES])},
        ),
        Reason(
            "language",
            LANGUAGE * bool(like.languages),
            _("Parlent aussi\u00a0: %(what)s") % {"what": languages},
        ),
        Reason(
            "kind",
            KIND * like.is_kind,
            _("La personne demandée\u00a0: %(kind)s") % {"kind": offer.mentor.get_kind_display()},
        ),
        Reason("load", lightness(load), _load_in_words(load)),
    ]
    return sorted((one for one in found if one.weight), key=lambda one: -one.weight)


def _load_in_words(load: int) -> str:
    if load == 0:
        return _("N’accompagne encore personne")
    words = ngettext("Accompagne déjà %(count)d élève", "Accompagne déjà %(count)d élèves", load)
    return words % {"count": load}
