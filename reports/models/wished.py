"""What a report asked for and a report that prepares itself have in common: which one, for whom, of what, in what."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.models import School, SchoolBoard, User
from programs.models import Program
from reports.audiences import audiences_of
from reports.tables import Text

if TYPE_CHECKING:
    from reports.formats import Format
    from reports.registry import Edition, ReportKind

M = TypeVar("M", bound=models.Model)


class WishedQuerySet(models.QuerySet[M]):
    def visible_to(self, user: User) -> Self:
        """One's own, of the audiences that one still is of."""
        return self.filter(person=user.pk, audience__in=[one.name for one in audiences_of(user)])


class Wished(models.Model):
    """A report of the registry (``kind``), for one of its person's audiences, of all that they answer for or less."""

    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="%(class)ss")
    kind = models.CharField(_("rapport"), max_length=40)
    audience = models.CharField(max_length=12)
    format = models.CharField(_("format"), max_length=12)
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    program = models.ForeignKey(Program, models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10)

    class Meta:
        abstract = True

    @property
    def declared(self) -> "ReportKind | None":
        """What it is a report of; None for one that is declared no more."""
        from reports.registry import REPORTS

        return REPORTS.get(self.kind)

    @property
    def edition(self) -> "Edition | None":
        kind = self.declared
        return next((one for one in kind.editions if one.audience.name == self.audience), None) if kind else None

    @property
    def in_format(self) -> "Format | None":
        from reports.formats import FORMATS

        return FORMATS.get(self.format)

    @property
    def title(self) -> Text:
        return capfirst(str(self.declared.title)) if self.declared else _("Rapport")

    @property
    def narrowed(self) -> str:
        """The scope in words; empty for all that the person answers for."""
        if self.program:
            return f"{self.program.school}, {self.program}"
        return str(self.school or "")
