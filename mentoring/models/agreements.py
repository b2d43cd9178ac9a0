"""What mentor and student agree to, until when, and who signed it (§3.3)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentoring.models.dyads import Dyad


class Party(models.TextChoices):
    """Who signs. The agreement stands once the first two have."""

    STUDENT = "student", _("Élève")
    MENTOR = "mentor", _("Mentore ou mentor")
    PARENT = "parent", _("Parent")
    LEAD = "lead", _("Responsable de programme")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def signed(self) -> Self:
        return self.filter(signed_on__isnull=False)

    def drafts(self) -> Self:
        """Filled, perhaps printed, and not signed by both."""
        return self.filter(signed_on__isnull=True)


class Agreement(models.Model):
    """``signed_on`` is the day from which it stands: when student and mentor had both signed; without it, a draft."""

    WORDS = ("objectives", "tasks", "times", "limits", "confidentiality")

    dyad = models.ForeignKey(Dyad, models.CASCADE, related_name="agreements")
    signed_on = models.DateField(_("signée le"), null=True, blank=True)
    objectives = models.JSONField(_("objectifs"), default=list, blank=True)
    tasks = models.JSONField(_("tâches"), default=list, blank=True)
    times = models.TextField(_("quand et où"), max_length=1000, blank=True)
    limits = models.TextField(_("limites"), max_length=2000, blank=True)
    confidentiality = models.TextField(_("confidentialité"), max_length=3000, blank=True)
    student_on = models.DateField(_("signature de l’élève"), null=True, blank=True)
    mentor_on = models.DateField(_("signature de la mentore ou du mentor"), null=True, blank=True)
    parent_on = models.DateField(_("signature du parent"), null=True, blank=True)
    lead_on = models.DateField(_("signature de la personne responsable"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["signed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dyad"], condition=Q(signed_on__isnull=True), name="mentoring_agreement_one_draft"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dyad_id} {self.signed_on}"

    def day_of(self, party: str) -> date | None:
        """When somebody signed; where only « signée le » is said, student and mentor did by that day."""
        day: date | None = getattr(self, f"{party}_on")
        return day or (self.signed_on if party in (Party.STUDENT, Party.MENTOR) else None)
