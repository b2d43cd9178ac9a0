"""Somebody's screens shown to whoever helps them: asked for with a reason, accepted, for half an hour."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models.organisations import SchoolBoard
from people.models.users import User

LASTS = timedelta(minutes=30)
"""From the acceptance, whatever is looked at meanwhile."""
WAITS = timedelta(days=1)
"""What nobody answered is no longer asked."""


class LookQuerySet(models.QuerySet["Look"]):
    def visible_to(self, user: User) -> Self:
        """Those of one's own screens, and those that one asked for."""
        return self.filter(Q(person=user.pk) | Q(asked_by=user.pk))

    def shown_by(self, user: User) -> Self:
        """Those of one's own screens, which one accepts or refuses."""
        return self.filter(person=user.pk)

    def asked_for_by(self, user: User) -> Self:
        return self.filter(asked_by=user.pk)

    def waiting(self, at: datetime) -> Self:
        """Neither accepted nor refused, and not too old."""
        return self.filter(accepted_at=None, ended_at=None, asked_at__gt=at - WAITS)

    def accepted(self) -> Self:
        """And not ended by anybody; over or not, by the clock."""
        return self.filter(accepted_at__isnull=False, ended_at=None)

    def open(self, at: datetime) -> Self:
        """Accepted, and not over."""
        return self.accepted().filter(until__gt=at)


class Look(models.Model):
    """One request. ``until`` is set by the acceptance; ``ended_at`` by a refusal, or by either of them before then."""

    board = models.ForeignKey(SchoolBoard, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="looks", verbose_name=_("personne"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("demandé par"))
    reason = models.CharField(_("motif"), max_length=300)
    asked_at = models.DateTimeField(_("demandé"))
    accepted_at = models.DateTimeField(_("accepté"), null=True, blank=True)
    until = models.DateTimeField(_("jusqu’à"), null=True, blank=True)
    ended_at = models.DateTimeField(_("fin"), null=True, blank=True)

    is_asked_now = False
    is_shown_now = False
    """Of the rows of a page: what ``is_waiting`` and ``is_open`` say when it is shown."""

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(accepted_at__isnull=False, ended_at=None),
                name="people_look_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} {self.person_id} {self.asked_at:%Y-%m-%d}"

    def is_waiting(self, at: datetime) -> bool:
        return self.accepted_at is None and self.ended_at is None and self.asked_at > at - WAITS

    def is_open(self, at: datetime) -> bool:
        return self.until is not None and self.ended_at is None and self.until > at
