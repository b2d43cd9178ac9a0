"""The memory of who did what, and why: rows are added, never changed."""

from typing import Any, NoReturn, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.audit_registry import find
from people.models.organisations import SchoolBoard
from people.models.users import User


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(user.access.within(Role.PRIVACY_OFFICER, Role.BOARD_ADMIN, board="board"))

    def update(self, **kwargs: object) -> NoReturn:
        raise TypeError("The audit is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("The audit is append-only.")


class AuditEntry(models.Model):
    """One deed: ids only, no name and no note."""

    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("moment"), auto_now_add=True)
    verb = models.CharField(_("geste"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True, blank=True)
    reason = models.TextField(_("motif"), blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["board", "-at"], name="people_audit_board_at"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="people_audit_subject_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The audit is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("The audit is append-only.")

    @property
    def sentence(self) -> str:
        """Who did what, in the reader's language; the bare verb when it is declared no more. Reads ``person``."""
        verb = find(self.verb)
        if verb is None:
            return self.verb
        return str(verb.sentence) % {"person": self.person or gettext("Le système")}
