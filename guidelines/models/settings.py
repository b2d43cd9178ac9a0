"""Bounds that a board or a programme sets for itself, from a day on, with a reason (the review gives the defaults)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.models import SchoolBoard, User
from people.models.base import KeyedModel
from programs.models import Program


class GuidelineSettingQuerySet(models.QuerySet["GuidelineSetting"]):
    def visible_to(self, user: User) -> Self:
        """The settings of the person's boards: everyone may read what they are assessed on."""
        return self.filter(board__in=SchoolBoard.objects.visible_to(user))


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
    set_at = models.DateTimeField(auto_now_add=True)

    objects = GuidelineSettingQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.guideline} {self.name} {self.starts_on}"


def may_set(user: User, program: Program | None) -> bool:
    """Whether the person may change the numbers of a programme, or of the board when none is given. One query."""
    if program is None:
        return user.access.holds(Role.BOARD_ADMIN)
    if user.access.holds(Role.BOARD_ADMIN) and program.board_id in user.access.board_ids():
        return True
    return Program.objects.led_by(user).filter(pk=program.pk).exists()
