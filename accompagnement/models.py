"""Signs of life of what runs beside the pages."""

from datetime import datetime

from django.db import models


class Pulse(models.Model):
    """When something was last known to be well: read by ``operations.metrics``, and of nobody."""

    class Of(models.TextChoices):
        WORKER = "worker"
        """A worker took a job that the clock sent."""
        BACKUP = "backup"
        """A backup was written, read back and, where a command says where to, sent away."""

    of = models.CharField(max_length=10, choices=Of, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.of

    @classmethod
    def beat(cls, of: Of, *, at: datetime) -> None:
        cls.objects.update_or_create(of=of, defaults={"at": at})
