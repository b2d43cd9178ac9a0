"""A report that prepares itself when a period ends."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from reports.models.wished import Wished, WishedQuerySet


class ReportSchedule(Wished):
    """What to prepare for a person each time that a fixed period ends; it goes with their right to it."""

    class Every(models.TextChoices):
        """The values begin the keys of ``programs.fixed_periods``."""

        TERM = "etape", _("à la fin de chaque étape")
        MONTH = "mois", _("à la fin de chaque mois")
        SEMESTER = "semestre", _("à la fin de chaque semestre")
        YEAR = "annee", _("à la fin de chaque année scolaire")

    every = models.CharField(_("quand"), max_length=8, choices=Every)
    begins_on = models.DateField()
    """Periods that end after that day are prepared."""

    objects = WishedQuerySet["ReportSchedule"].as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("rapports prévus")
        constraints = [
            models.UniqueConstraint(
                "person", "kind", "audience", "format", "every", Coalesce("school", 0), Coalesce("program", 0),
                name="reports_schedule_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk} {self.every}"
