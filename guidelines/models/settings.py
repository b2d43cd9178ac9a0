"""Bounds that a board or a programme sets for itself, from a day on, with a reason (the review gives the defaults)."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.models import SchoolBoard, User
from people.models.base import KeyedModel
from programs.models import Program
from programs.models.programs import in_charge


class GuidelineSettingQuerySet(models.QuerySet["GuidelineSetting"]):
    def visible_to(self, user: User) -> Self:
        """The settings of the person's boards: everyone may read what they are assessed on."""
        return self.filter(board__in=SchoolBoard.objects.visible_to(user))

    def settable_by(self, user: User) -> Self:
        """Those of the places whose numbers the person may change."""
        return self.filter(models.Q(program__in=_run_by(user)) | user.access.within(Role.BOARD_ADMIN, board="board"))


class GuidelineSetting(KeyedModel):
    """One number of one guideline, from ``starts_on`` on; empty ``value``: back to what is next nearest.

    ``name`` is a bound's or a parameter's (``Guideline.settable``). Rows are added, never changed: past findings keep
    the bound of their day.
    """

    program = models.ForeignKey(
        Program, models.CASCADE, null=True, blank=True, related_name="settings", verbose_name=_("programme")
    )
    guideline = models.CharField(_("balise"), max_length=40)
    name = models.CharField(_("valeur"), max_length=40)
    value = models.PositiveIntegerField(_("nouvelle valeur"), null=True, blank=True)
    starts_on = models.DateField(_("à partir du"))
    reason = models.CharField(_("motif"), max_length=300)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    """The same for all that one press set."""

    objects = GuidelineSettingQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.guideline} {self.name} {self.starts_on}"

    def set_together(self) -> "models.QuerySet[GuidelineSetting]":
        """Those that one press set, this one too."""
        same = {name: getattr(self, name) for name in ("board_id", "program_id", "guideline", "starts_on", "set_at")}
        return GuidelineSetting.objects.filter(**same)


DOMAINS: dict[str, list[str]] = {
    "dyad": [Program.Domain.MENTORING],
    "group": [Program.Domain.GROUP],
    "program": Program.Domain.values,
}
"""Of which programmes the own numbers count, by what a guideline speaks of; mentors and teachers follow the board's."""


def programs_to_set(user: User, subject: str) -> "models.QuerySet[Program]":
    """The programmes of the person's own board whose numbers they may change: a lead's, a manager's school's, an
    administrator's.
    """
    return _run_by(user).filter(domain__in=DOMAINS.get(subject, []))


def may_set(user: User, subject: str) -> bool:
    """Whether the person may change numbers somewhere: of the board, or of a programme. At most one query."""
    return user.board is not None and (user.access.holds(Role.BOARD_ADMIN) or programs_to_set(user, subject).exists())


def may_follow(user: User, program: Program) -> bool:
    """Whether the person chooses what a programme follows: those who change its numbers. One query."""
    return _run_by(user).filter(pk=program.pk).exists()


def _run_by(user: User) -> "models.QuerySet[Program]":
    everywhere = user.access.within(Role.BOARD_ADMIN, board="board")
    return Program.objects.filter(in_charge(user.access) | everywhere, board=user.board_id)
