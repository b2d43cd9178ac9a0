"""The school's own calendar: years, terms, and one row per day that the school counts."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import School, SchoolBoard
from people.models.base import KeyedModel, RangeQuerySet, range_ordered

if TYPE_CHECKING:
    from people.models import User


class SchoolYearQuerySet(RangeQuerySet["SchoolYear"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(board__in=user.access.board_ids())

    def of(self, board: SchoolBoard, on: date) -> "SchoolYear | None":
        """The school year of a day: the latest of the board that began on or before it, summer included."""
        return self.filter(board=board, starts_on__lte=on).order_by("-starts_on").first()


class SchoolYear(KeyedModel):
    label = models.CharField(_("année"), max_length=60)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))

    objects = SchoolYearQuerySet.as_manager()

    class Meta(KeyedModel.Meta):
        ordering = ["starts_on"]
        constraints = [*KeyedModel.Meta.constraints, range_ordered("programs_schoolyear_range_ordered")]

    def __str__(self) -> str:
        return self.label


class Term(models.Model):
    """A part of the year that ends with a report card (étape)."""

    school_year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="terms")
    name = models.CharField(_("étape"), max_length=60)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))

    objects = RangeQuerySet["Term"].as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [range_ordered("programs_term_range_ordered")]

    def __str__(self) -> str:
        return self.name


class SchoolDayQuerySet(models.QuerySet["SchoolDay"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(school__in=School.objects.visible_to(user))

    def class_days(self) -> Self:
        return self.filter(kind=SchoolDay.Kind.CLASS)


class SchoolDay(models.Model):
    """What a school does on a date; a date without a row has no class."""

    class Kind(models.TextChoices):
        CLASS = "class", _("jour de classe")
        PEDAGOGICAL = "pedagogical", _("journée pédagogique")
        HOLIDAY = "holiday", _("congé")

    school = models.ForeignKey(School, models.CASCADE, related_name="days")
    date = models.DateField(_("date"))
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)

    objects = SchoolDayQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["school", "date"], name="programs_schoolday_one_per_date")]
        indexes = [
            models.Index(fields=["school", "date"], condition=Q(kind="class"), name="programs_schoolday_class"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"
