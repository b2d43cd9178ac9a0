"""The review of an ending: what happened, and what is learnt from it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.models import Dyad
from people.models import User
from programs.models.programs import in_charge


class EndingReviewQuerySet(models.QuerySet["EndingReview"]):
    def visible_to(self, user: User) -> Self:
        """For those who answer for the programme: it speaks of people, and they decide what is made of it."""
        return self.filter(in_charge(user.access, "dyad__program__"))


class EndingReview(models.Model):
    """One person's look back at a relation that has ended: one a dyad, corrected rather than written twice."""

    dyad = models.OneToOneField(Dyad, models.CASCADE, related_name="ending_review")
    what_happened = models.TextField(_("ce qui s’est passé"), max_length=2000)
    learnt = models.TextField(_("ce que nous en retenons"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revue par"))
    on = models.DateField(_("date"))
    saved_at = models.DateTimeField(auto_now=True)

    objects = EndingReviewQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.on}"
