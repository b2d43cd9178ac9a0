"""What a proposal never passes by: each gate says whether it holds, and why not. What nobody said closes none."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.matching.pool import Offer, Pool, Waiting
from mentoring.models import Mentor


@dataclass(frozen=True)
class Gate:
    """``exception`` names the reason by which a person may pass it, where the law or the review leaves them one."""

    code: str
    holds: Callable[[Pool, Waiting, Offer], bool]
    why_not: str | Promise
    many: str | Promise
    """Said of several mentors, before their number."""
    exception: str = ""


def _is_older(waiting: Waiting, offer: Offer) -> bool:
    born: date | None = waiting.referral.student.birth_date
    mentor = offer.mentor
    if mentor.kind != Mentor.Kind.OLDER_PEER or born is None or mentor.birth_date is None:
        return True
    return mentor.birth_date < born


def _meet(one: Collection[str], other: Collection[str]) -> bool:
    return not one or not other or not set(one).isdisjoint(other)


VERIFIED = Gate(
    "verified",
    lambda pool, waiting, offer: offer.ready.may_be_matched,
    _("Ses antécédents judiciaires ne sont pas vérifiés au premier jour."),
    _("antécédents à vérifier"),
    exception="unverified_reason",
)
TRAINED = Gate(
    "trained",
    lambda pool, waiting, offer: offer.ready.is_trained,
    _("Sa formation de base reste à compléter."),
    _("formation à compléter"),
    exception="untrained_reason",
)
PLACES = Gate(
    "places",
    lambda pool, waiting, offer: offer.free > 0,
    _("Cette personne n’a plus de place libre."),
    _("plus de place libre"),
)
SCHOOL = Gate(
    "school",
    lambda pool, waiting, offer: pool.program.school_id in offer.schools,
    _("Cette personne n’accompagne pas à l’école du programme."),
    _("autre école"),
)
TIMES = Gate(
    "times",
    lambda pool, waiting, offer: _meet(waiting.times, offer.times),
    _("Aucun moment commun dans la semaine."),
    _("aucun moment commun"),
)
LANGUAGE = Gate(
    "language",
    lambda pool, waiting, offer: _meet(waiting.languages, offer.languages),
    _("Aucune langue commune."),
    _("aucune langue commune"),
)
AGE = Gate(
    "age",
    lambda pool, waiting, offer: _is_older(waiting, offer),
    _("Ce pair n’est pas plus âgé que l’élève."),
    _("pair qui n’est pas plus âgé"),
)
GATES = (VERIFIED, TRAINED, PLACES, SCHOOL, TIMES, LANGUAGE, AGE)


def closed(pool: Pool, waiting: Waiting, offer: Offer, *, besides: Collection[Gate] = ()) -> list[Gate]:
    """The gates that a match would pass by, in order; none where it may be proposed."""
    return [gate for gate in GATES if gate not in besides and not gate.holds(pool, waiting, offer)]
