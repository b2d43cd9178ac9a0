"""The sessions that a person has open, and those that ended lately: on what, since when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.users import User


class OpenedSessionQuerySet(models.QuerySet["OpenedSession"]):
    def visible_to(self, user: User) -> Self:
        """One's own: nobody else lists or ends them."""
        return self.filter(person=user.pk)

    def before(self, at: datetime) -> Self:
        """Those in which nothing was asked since."""
        return self.filter(seen_at__lt=at)


class OpenedSession(models.Model):
    """One sign-in. The session itself is Django's row of that key: without it, or refused by the account, it is over.

    ``mark`` is carried by the session, whose key changes with the password. Of the browser's long signature, and of
    the address on the network, nothing is kept but what ``device`` says (``people.devices``).
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="opened_sessions")
    mark = models.UUIDField(unique=True)
    session_key = models.CharField(max_length=40, db_index=True)
    device = models.CharField(_("appareil"), max_length=40)
    begun_at = models.DateTimeField(_("début"))
    seen_at = models.DateTimeField(_("vue"))
    """To within a minute: every request does not write it."""
    ended_at = models.DateTimeField(_("fin"), null=True, blank=True)
    """When its person ended it; None when it ended by itself, or has not."""

    objects = OpenedSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.device}"
