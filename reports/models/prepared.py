"""A report that somebody asked for: the row is the record, its task only looks at it (``reports.tasks``)."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.access import Access
from people.retention import REPORT_SILENT
from programs.fixed_periods import Named, Period
from reports.models.schedules import ReportSchedule
from reports.models.wished import Wished, WishedQuerySet


class Report(Wished):
    """What was asked, of which period and scope, in which format; how far it is; the file that it gave.

    Its life: queued, claimed by one ``UPDATE`` (the lock), then done, failed or cancelled; a file that is done expires.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("en attente")
        WORKING = "working", _("en préparation")
        DONE = "done", _("prêt")
        FAILED = "failed", _("non préparé")
        CANCELLED = "cancelled", _("annulé")
        EXPIRED = "expired", _("expiré")

    UNDER_WAY = (State.QUEUED, State.WORKING)

    entry_uuid = models.UUIDField(unique=True)
    period_key = models.CharField(max_length=40, blank=True)
    """Of a fixed period (``programs.fixed_periods``); empty for days that were typed."""
    period_name = models.CharField(_("période"), max_length=120)
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=State, default=State.QUEUED)
    error = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    """How many rows are expected; None while nobody knows."""
    claim = models.UUIDField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    """When a worker last said that it is at work: past a while, another takes over."""
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(_("demandé"))
    read_at = models.DateTimeField(_("données lues"), null=True, blank=True)
    finished_at = models.DateTimeField(_("prêt depuis"), null=True, blank=True)
    expires_at = models.DateTimeField(_("gardé jusqu’au"), null=True, blank=True)
    size = models.BigIntegerField(default=0)
    checksum = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    grants = models.JSONField(default=list, blank=True)
    """What the person's roles opened when it was made: who has lost one of them has lost the file."""
    kept = models.BooleanField(default=False)
    """Stays on the page until its person removes it; the others go by themselves (``people.retention``)."""
    again_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="remade")
    schedule = models.ForeignKey(ReportSchedule, models.SET_NULL, null=True, blank=True, related_name="reports")

    objects = WishedQuerySet["Report"].as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("rapport préparé")
        verbose_name_plural = _("rapports préparés")
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "since", "until"],
                condition=models.Q(schedule__isnull=False),
                name="reports_report_once_a_period",
            )
        ]
        indexes = [
            models.Index(fields=["state", "beat_at"], name="reports_report_state_beat"),
            models.Index(fields=["person", "-asked_at"], name="reports_report_person"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def named(self) -> Named:
        return Named(self.period_name, Period(self.since, self.until))

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY

    @property
    def is_due_again(self) -> bool:
        """Whether a press queues this very row again: it has no file that would be lost."""
        return self.state in (self.State.FAILED, self.State.CANCELLED, self.State.EXPIRED)

    def is_open_to(self, access: Access, *, at: datetime) -> bool:
        """Whether its file may still be read: its time is not over, every role that it was made with is held."""
        is_there = self.state == self.State.DONE and self.expires_at is not None and at < self.expires_at
        return is_there and {tuple(one) for one in self.grants} <= {*grants_of(access)}


Granted = tuple[str, int, int | None, int | None]


def grants_of(access: Access) -> list[Granted]:
    """What roles open, as a row keeps it."""
    return [(str(one.role), one.board_id, one.school_id, one.program_id) for one in access.grants]


class ReportPart(models.Model):
    """A piece of the file: in the database, where every process finds it; none is more than a megabyte."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = _("fichiers de rapports")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reports_part_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


def silent_before(now: datetime) -> datetime:
    """A worker that gave no sign since then has died."""
    return now - REPORT_SILENT
