"""Boards and schools: who owns every other row."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.access import Role
from people.models.base import KeyedModel, new_key
from people.models.names import Named, NamedQuerySet, NameKey

if TYPE_CHECKING:
    from people.models.users import User


ASKED_AT_FIRST = "program_lead|board_admin"
"""A second factor is asked of leads and administrators, until a board says otherwise."""


class SchoolBoardQuerySet(NamedQuerySet["SchoolBoard"]):
    def visible_to(self, user: "User") -> Self:
        """The boards in which the person holds a role today."""
        return self.filter(pk__in=user.access.board_ids())


class SchoolBoard(Named):
    """A school service centre, a school board or a private organisation: the tenant."""

    class Kind(models.TextChoices):
        CSS = "css", _("centre de services scolaire")
        COMMISSION = "commission_scolaire", _("commission scolaire")
        PRIVATE = "private", _("établissement privé")

    class Language(models.TextChoices):
        FRENCH = "fr", _("français")
        ENGLISH = "en", _("anglais")

    key = models.CharField(_("clé"), max_length=120, unique=True, default=new_key)
    name = models.CharField(_("nom"), max_length=200)
    name_key = NameKey(of=("name",))
    kind = models.CharField(_("nature"), max_length=20, choices=Kind, default=Kind.CSS)
    language = models.CharField(_("langue"), max_length=2, choices=Language, default=Language.FRENCH)
    time_zone = models.CharField(_("fuseau horaire"), max_length=60, default="America/Toronto")

    second_factor_roles = models.CharField(
        _("second facteur demandé"), max_length=200, blank=True, default=ASKED_AT_FIRST, db_default=ASKED_AT_FIRST
    )
    """Codes of roles, joined by ``|``: see ``asks_second_factor_of``."""

    objects = SchoolBoardQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def asks_second_factor_of(self) -> list[Role]:
        """The roles of which a second factor is asked, in the order of the roles."""
        return [role for role in Role if role in self.second_factor_roles.split("|")]

    def ask_second_factor_of(self, roles: Iterable[Role]) -> None:
        self.second_factor_roles = "|".join(role for role in Role if role in set(roles))

    def local_date(self, at: datetime | None = None) -> date:
        """The calendar day in the board's zone, now or at an instant."""
        return timezone.localdate(at, timezone=ZoneInfo(self.time_zone))

    def day_of(self, at: datetime) -> date:
        """The calendar day of an instant, in the board's zone."""
        return at.astimezone(ZoneInfo(self.time_zone)).date()

    def began(self, day: date) -> datetime:
        """The first moment of a day, where the board is."""
        return datetime.combine(day, time.min, ZoneInfo(self.time_zone))

    def until_today(self, day: date) -> date:
        """The day, or the board's own today when that day is still to come there."""
        return min(day, self.local_date())


class SchoolQuerySet(NamedQuerySet["School"]):
    def visible_to(self, user: "User") -> Self:
        """The schools within any of the person's roles: a board's role opens all of its schools."""
        held = user.access.within(board="board", school="pk", program="programs__pk")
        return self.filter(held | Q(pk=user.school_id)).distinct()

    def managed_by(self, user: "User") -> Self:
        """The schools whose calendar and people one answers for: a manager's own, an administrator's all."""
        access = user.access
        return self.filter(
            access.within(Role.SCHOOL_MANAGER, board="board", school="pk")
            | access.within(Role.BOARD_ADMIN, board="board")
        )


class School(Named, KeyedModel):
    name = models.CharField(_("nom"), max_length=200)
    name_key = NameKey(of=("name",))

    objects = SchoolQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        base_manager_name = "objects"
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name
