"""Jobs of the reports. The row is the record: a ring says which one to look at, and may come twice or never."""

from contextlib import suppress
from datetime import time
from zoneinfo import ZoneInfo

from celery import shared_task
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from people.models import SchoolBoard
from people.retention import REPORT_KEPT
from reports import job
from reports.models import Report, ReportPart
from reports.models.prepared import silent_before
from reports.schedules import prepare_due

State = Report.State
SCHEDULES_AT = time(6, 0)
"""After the night's evaluation."""


@shared_task
def make_report(report_id: int) -> None:
    """Prepare a report that waits; delivered twice, it is prepared once."""
    job.make(report_id, now=timezone.now())


@shared_task
def ring_reports() -> None:
    """Ring again for what waits: the broker may have lost a ring, or a worker may have been killed at work."""
    waiting = Q(state=State.QUEUED) | Q(state=State.WORKING, beat_at__lt=silent_before(timezone.now()))
    for pk in Report.objects.filter(waiting).order_by("pk").values_list("pk", flat=True):
        ring(pk)


@shared_task
def forget_reports() -> None:
    """Destroy the files whose time is over, whose rows say so; and the rows that nobody keeps, once they are old."""
    now = timezone.now()
    with transaction.atomic():
        over = Report.objects.filter(state=State.DONE, expires_at__lte=now)
        pks = list(over.select_for_update().values_list("pk", flat=True))
        ReportPart.objects.filter(report__in=pks)._raw_delete(using="default")
        Report.objects.filter(pk__in=pks).update(state=State.EXPIRED)
    old = Report.objects.filter(kept=False, asked_at__lt=now - REPORT_KEPT)
    old.exclude(state__in=Report.UNDER_WAY).delete()


@shared_task
def prepare_scheduled() -> None:
    """Ask for what prepares itself, in each board where the day has come; run again, it asks for nothing more."""
    now = timezone.now()
    for board in SchoolBoard.objects.all():
        local = now.astimezone(ZoneInfo(board.time_zone))
        if local.time() >= SCHEDULES_AT:
            for pk in prepare_due(board, on=local.date(), at=now):
                ring(pk)


def ring(report_id: int) -> None:
    """Say « look » to a worker; without a broker the row waits for ``ring_reports``."""
    with suppress(OperationalError):
        make_report.apply_async((report_id,), retry=False)
