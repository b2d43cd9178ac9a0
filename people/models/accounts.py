"""How an account is entered for the first time: a link that serves once, for some days."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.users import User

INVITED_FOR = timedelta(days=7)
"""How long the link of an invitation serves."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        """Those of the people whom the person may list."""
        return self.filter(person__in=User.objects.visible_to(user))

    def open_at(self, at: datetime) -> Self:
        """Those whose link still serves: not used, not called off, not too old, of an open account."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at, person__is_active=True)


class Invitation(models.Model):
    """A link by which a person chooses a password. The link is signed, and is nowhere: the row says if it serves."""

    person = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(_("envoyée"))
    expires_at = models.DateTimeField(_("sert jusqu’au"))
    used_at = models.DateTimeField(_("utilisée"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("annulée"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="people_invitation_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.invited_at:%Y-%m-%d}"
