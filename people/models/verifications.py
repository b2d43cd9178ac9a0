"""That somebody was verified before meeting minors: which check, when, by whom, until when. Never what it found."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.base import range_ordered
from people.models.users import User


class VerificationQuerySet(models.QuerySet["Verification"]):
    def visible_to(self, user: User) -> Self:
        """Those of the people whom the person may list."""
        return self.filter(person__in=User.objects.visible_to(user))

    def valid_on(self, on: date) -> Self:
        """Made by a day, and still valid then."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), verified_on__lte=on)


class Verification(models.Model):
    """``valid_until`` is the first day that no longer counts."""

    class Kind(models.TextChoices):
        JUDICIAL = "judicial", _("antécédents judiciaires")
        REFERENCES = "references", _("références")
        IDENTITY = "identity", _("identité")

    person = models.ForeignKey(User, models.CASCADE, related_name="verifications")
    kind = models.CharField(_("vérification"), max_length=10, choices=Kind)
    verified_on = models.DateField(_("faite le"))
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("par")
    )

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-verified_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "verified_on"], name="people_verification_once_a_day"),
            range_ordered("people_verification_range_ordered", "verified_on", "valid_until"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.verified_on}"
