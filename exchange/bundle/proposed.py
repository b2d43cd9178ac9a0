"""Which referral a proposed match is of: the student's, to the programme of its round, of the day that it says."""

from django.utils.translation import gettext as _

from exchange.bundle.base_rules import Rules
from exchange.bundle.drafts import Draft
from exchange.bundle.index import CHUNK
from exchange.reading import Problem
from exchange.scratch import batches
from mentoring.models import MatchingRound, Referral


class ProposalRules(Rules):
    """Every proposal has its referral, of this bundle or of the database. Two queries a batch."""

    def resolved(self, drafts: list[Draft]) -> list[Problem]:
        if self.state.problems:  # nothing is written, and so the referrals of the bundle can't be found
            for draft in drafts:
                draft.values["referral_id"] = (draft.extra["student"], draft.extra["referred_on"])
            return []
        rounds = {draft.values["round_id"] for draft in drafts}
        programs = dict(MatchingRound.objects.filter(pk__in=rounds).values_list("pk", "program"))
        known = self._known({draft.extra["student"] for draft in drafts})
        lost = []
        for draft in drafts:
            place = (draft.extra["student"], programs[draft.values["round_id"]], draft.extra["referred_on"])
            draft.values["referral_id"] = known.get(place)
            draft.faulty = place not in known
            lost += [draft] if draft.faulty else []
        words = _("aucune demande de cette personne à ce programme n’est de ce jour\u00a0: voyez referrals.csv.")
        return [Problem("match_proposals.csv", draft.row, "referred_on", words) for draft in lost]

    @staticmethod
    def _known(students: set[int]) -> dict[tuple[object, ...], int]:
        found: dict[tuple[object, ...], int] = {}
        for some in batches(students, CHUNK):
            rows = Referral.objects.filter(student__in=some).order_by("-pk")
            found.update(
                ((s, p, on), pk) for pk, s, p, on in rows.values_list("pk", "student", "program", "referred_on")
            )
        return found
