"""What the tenant rows of every app share: a key per board, and half-open ranges."""

import uuid
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


def new_key() -> str:
    """A stable text key for a row that was born here rather than imported."""
    return uuid.uuid4().hex


def active_on(on: date, *, prefix: str = "", start: str = "starts_on", end: str = "ends_on") -> Q:
    """The rows whose half-open range ``[start, end)`` holds ``on``; an empty bound is open."""
    starts, ends = f"{prefix}{start}", f"{prefix}{end}"
    return (Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": on})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": on})
    )


def overlapping(since: date, until: date, *, prefix: str = "") -> Q:
    """The rows whose half-open range has a day in common with ``[since, until)``; an empty end is open.

    A range that ends where it begins has no day: what was put an end to before it began.
    """
    starts, ends = f"{prefix}starts_on", f"{prefix}ends_on"
    lasts = Q(**{f"{ends}__gt": since}) & Q(**{f"{ends}__gt": F(starts)})
    return Q(**{f"{starts}__lt": until}) & (Q(**{f"{ends}__isnull": True}) | lasts)


def range_ordered(name: str, start: str = "starts_on", end: str = "ends_on") -> models.CheckConstraint:
    """The database's own refusal of a range that is upside down."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        violation_error_message=_("La fin précède le début."),
    )


class RangeQuerySet(models.QuerySet[M]):
    def active_on(self, on: date) -> Self:
        """Rows whose range holds ``on``."""
        return self.filter(active_on(on))


class KeyedModel(models.Model):
    """A row of one board, known outside by ``key`` (the exchange bundle's), unique in that board."""

    board = models.ForeignKey("people.SchoolBoard", models.PROTECT, related_name="+", verbose_name=_("organisme"))
    key = models.CharField(_("clé"), max_length=120, default=new_key)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["board", "key"], name="%(app_label)s_%(class)s_key_in_board")]
