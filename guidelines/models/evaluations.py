"""One row per run of the evaluation of a board."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import SchoolBoard


class Evaluation(models.Model):
    """A run that wrote: ``on`` is the day looked at, the counts are of rows of ``Flag``.

    ``backfilled``: of an imported history, looked at afterwards as if on that day.
    """

    board = models.ForeignKey(SchoolBoard, models.PROTECT, related_name="evaluations")
    on = models.DateField(_("date évaluée"))
    at = models.DateTimeField(_("moment"), auto_now_add=True)
    raised = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    catalogue_version = models.PositiveIntegerField()
    backfilled = models.BooleanField(default=False)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["board", "-on"], name="guidelines_evaluation_last")]

    def __str__(self) -> str:
        return f"{self.board_id} {self.on}"
