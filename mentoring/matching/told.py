"""A round told to the person who decides: for each student who, why, who else, and what is asked before publishing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.matching.gates import GATES, PLACES, Gate, closed
from mentoring.matching.pool import Offer, Pool, Waiting, pool
from mentoring.matching.reasons import Reason, lightness, reasons, weight
from mentoring.models import Dyad, MatchingRound, Proposal
from people.apart import tell_apart
from people.models import User

OTHERS = 2
"""How many other mentors are named beside the one proposed."""


@dataclass(frozen=True)
class Candidate:
    """A mentor for one student: what speaks for the match, what it would pass by, how many others they would keep."""

    waiting: Waiting
    offer: Offer
    load: int
    gates: Sequence[Gate]
    worth: int
    earlier: Dyad | None
    """The earlier end that asks a reason for this match."""

    @cached_property
    def reasons(self) -> Sequence[Reason]:
        """Read of the few who are shown: a round weighs each student against each mentor."""
        return reasons(self.waiting, self.offer, load=self.load)

    @property
    def exceptions(self) -> list[str]:
        """The fields in which a person says why, where they pass a gate that leaves them that."""
        return [gate.exception for gate in self.gates if gate.exception]


@dataclass(frozen=True)
class Other:
    candidate: Candidate
    separates: str


@dataclass(frozen=True)
class Told:
    """One proposal. ``waiting`` is None once the student waits no more: a dyad, or the referral was closed."""

    proposal: Proposal
    waiting: Waiting | None
    chosen: Candidate | None = None
    others: Sequence[Other] = ()
    why_none: Sequence[str] = ()

    @property
    def asks(self) -> list[str]:
        """The fields that a person must fill before it can be published."""
        if self.chosen is None:
            return []
        asked = [*self.chosen.exceptions, *(["rematch_reason"] if self.chosen.earlier else [])]
        return [name for name in asked if not getattr(self.proposal, name).strip()]

    @property
    def stops(self) -> list[Gate]:
        """The gates that closed since it was proposed: the machine passes none, a person may."""
        if self.chosen is None or self.proposal.is_kept:
            return []
        return list(self.chosen.gates)

    @property
    def is_left_out(self) -> bool:
        return self.proposal.choice == Proposal.Choice.LEFT_OUT

    @property
    def is_ready(self) -> bool:
        return self.chosen is not None and self.waiting is not None and not self.asks and not self.stops


@dataclass(frozen=True)
class ToldRound:
    round: MatchingRound
    pool: Pool
    given: Counter[int]
    """By mentor, how many students the round gives them."""
    rows: Sequence[Told]

    @cached_property
    def matched(self) -> list[Told]:
        """Those with a mentor, even where one of the two can't be matched any more."""
        return [row for row in self.rows if row.proposal.mentor_id is not None]

    @cached_property
    def unmatched(self) -> list[Told]:
        return [row for row in self.rows if row.proposal.mentor_id is None and not row.is_left_out]

    @cached_property
    def left_out(self) -> list[Told]:
        return [row for row in self.rows if row.is_left_out]

    @cached_property
    def to_complete(self) -> list[Told]:
        return [row for row in self.matched if not row.is_ready]

    def candidates(self, waiting: Waiting, *, besides: int | None = None) -> list[Candidate]:
        """Every mentor for a student, the best first; ``besides`` is the mentor whose place is this student's."""
        found = [
            candidate(self.pool, waiting, offer, self.given[offer.mentor.pk] - (offer.mentor.pk == besides))
            for offer in self.pool.offers
        ]
        return sorted(found, key=lambda one: (bool(one.gates), -one.worth))


def tell(round: MatchingRound, user: User, *, today: date) -> ToldRound:
    """The proposals of a round as they stand now: what changed since they were made is said. Nine queries."""
    whole = pool(round.program, user, on=round.starts_on, today=today)
    proposals = tell_apart(round.proposals.with_people().order_by("referral__referred_on", "referral_id"))
    given = Counter(row.mentor_id for row in proposals if row.mentor_id is not None)
    told = ToldRound(round, whole, given, [])
    waiting = {one.referral.pk: one for one in whole.waiting}
    return ToldRound(round, whole, given, [_told(told, row, waiting.get(row.referral_id)) for row in proposals])


def candidate(whole: Pool, waiting: Waiting, offer: Offer, given: int) -> Candidate:
    """``given`` counts the other students whom the round gives this mentor."""
    load = offer.load + given
    gates = closed(whole, waiting, offer, besides=(PLACES,))
    if load >= offer.places:
        gates = [gate for gate in GATES if gate in gates or gate is PLACES]
    worth = weight(waiting, offer) + lightness(load)
    return Candidate(waiting, offer, load, gates, worth, whole.asks_why(waiting, offer))


def _told(told: ToldRound, proposal: Proposal, waiting: Waiting | None) -> Told:
    if waiting is None:
        return Told(proposal, None)
    every = told.candidates(waiting, besides=proposal.mentor_id)
    if proposal.choice == Proposal.Choice.LEFT_OUT:
        return Told(proposal, waiting)
    chosen = next((one for one in every if one.offer.mentor.pk == proposal.mentor_id), None)
    if chosen is None:
        return Told(proposal, waiting, why_none=[] if proposal.mentor_id else why_none(every))
    others = [one for one in every if one is not chosen and set(one.gates) <= {PLACES}]
    best = sorted(others, key=lambda one: -one.worth)[:OTHERS]
    return Told(proposal, waiting, chosen, [Other(one, separates(chosen, one, proposal.is_kept)) for one in best])


def separates(chosen: Candidate, other: Candidate, is_kept: bool) -> str:
    """Why the other mentor is not the one proposed, in a sentence."""
    if PLACES in other.gates:
        return _("Ses places vont à d’autres élèves.")
    weights = {one.code: one.weight for one in other.reasons}
    lacks = [(one.weight - weights.get(one.code, 0), one.code) for one in chosen.reasons]
    most, code = max(lacks, default=(0, ""))
    if other.worth > chosen.worth:
        return _("Selon ce qui est noté, conviendrait mieux.") if is_kept else _("L’ensemble des élèves y perdrait.")
    if other.worth == chosen.worth or most <= 0:
        return _("Conviendrait autant.")
    return _lack(code, other, code in weights)


def _lack(code: str, other: Candidate, has_some: bool) -> str:
    if code == "interests":
        return _("Moins d’intérêts communs.") if has_some else _("Aucun intérêt commun noté.")
    if code == "times":
        return _("Moins de moments communs.") if has_some else _("Aucun moment commun noté.")
    if code == "language":
        return _("Ne parle pas l’autre langue de l’élève.")
    if code == "kind":
        return _("N’est pas la personne demandée.")
    words = ngettext("Accompagne déjà %(count)d élève.", "Accompagne déjà %(count)d élèves.", other.load)
    return words % {"count": other.load}


def why_none(every: Sequence[Candidate]) -> list[str]:
    """For whom no mentor is proposed, what stops it: those who would suit and are full, else the gates, by number."""
    full = [one for one in every if set(one.gates) <= {PLACES}]
    if full:
        words = ngettext(
            "%(count)d personne conviendrait, mais n’a plus de place.",
            "%(count)d personnes conviendraient, mais n’ont plus de place.",
            len(full),
        )
        return [words % {"count": len(full)}]
    if not every:
        return [_("Aucune mentore ni aucun mentor n’est inscrit à l’école.")]
    counts = Counter(gate for one in every for gate in one.gates)
    return [f"{gate.many}\u00a0: {counts[gate]}" for gate in GATES if counts[gate]]
