"""Matches that are proposed for a whole programme at once: pending, until a person publishes them."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentoring.models.dyads import Dyad
from mentoring.models.mentors import Mentor
from mentoring.models.referrals import Referral
from people.models import User
from people.models.base import KeyedModel, range_ordered
from people.models.names import NamedPerson
from programs.models import Program
from programs.models.programs import in_charge

LONGEST_LETTER = 4000


class RoundQuerySet(models.QuerySet["MatchingRound"]):
    def visible_to(self, user: User) -> Self:
        """Those of the programmes that one answers for."""
        return self.filter(in_charge(user.access, "program__"))

    def pending(self) -> Self:
        return self.filter(published_on__isnull=True)


class MatchingRound(KeyedModel):
    """The proposals of a programme; one that pends at most. ``committed_until`` is the first day that does not count.

    Nothing is decided by it: a published round has made dyads, which live on without it.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="rounds", verbose_name=_("programme"))
    proposed_on = models.DateField(_("proposée le"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("début des relations"))
    committed_until = models.DateField(_("fin de l’engagement"), null=True, blank=True)
    published_on = models.DateField(_("publiée le"), null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    mentor_words = models.TextField(_("lettre à la personne mentore"), blank=True)
    student_words = models.TextField(_("lettre à l’élève"), blank=True)
    family_words = models.TextField(_("lettre à la famille"), blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            *KeyedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["program"], condition=Q(published_on__isnull=True), name="mentoring_round_one_pending"
            ),
            range_ordered("mentoring_round_commitment_ordered", "starts_on", "committed_until"),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.proposed_on}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(in_charge(user.access, "round__program__"))

    def with_people(self) -> Self:
        return self.select_related("referral__student", "referral__program", "mentor__person", "round__program__board")


class Proposal(models.Model):
    """Of a student who waits: the mentor proposed or chosen, None for nobody; ``dyad`` once it is published."""

    class Choice(models.TextChoices):
        PROPOSED = "proposed", _("proposé")
        CHOSEN = "chosen", _("choisi par une personne")
        LEFT_OUT = "left_out", _("laissé de côté")

    round = models.ForeignKey(MatchingRound, models.CASCADE, related_name="proposals")
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="proposals")
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, blank=True, related_name="proposals")
    choice = models.CharField(max_length=8, choices=Choice, default=Choice.PROPOSED)
    rematch_reason = models.CharField(_("motif du nouveau jumelage"), max_length=1000, blank=True)
    unverified_reason = models.CharField(_("motif avant la vérification"), max_length=300, blank=True)
    untrained_reason = models.CharField(_("motif avant la formation"), max_length=300, blank=True)
    dyad = models.ForeignKey(Dyad, models.SET_NULL, null=True, blank=True, related_name="proposals")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["referral__referred_on", "referral_id"]
        constraints = [models.UniqueConstraint(fields=["round", "referral"], name="mentoring_proposal_once_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.referral_id}"

    def named_people(self) -> Iterable[NamedPerson]:
        """Whom its line names (``people.apart``)."""
        return [self.referral.student, *([self.mentor.person] if self.mentor else [])]

    @property
    def is_kept(self) -> bool:
        """Whether running the proposals again leaves it as it is: a person decided."""
        return self.choice != self.Choice.PROPOSED
