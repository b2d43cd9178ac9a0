"""Jobs of the imports. The row is the record: a ring says which one to look at, and may come twice or never."""

from contextlib import suppress

from celery import shared_task
from django.db.models import Q
from django.utils import timezone, translation
from kombu.exceptions import OperationalError

from exchange.imports import job
from exchange.models import ImportFile, ImportRun
from people import wall
from people.retention import IMPORT_FILE_KEPT, IMPORT_SILENT, IMPORT_UNUSED_KEPT

State = ImportRun.State


@shared_task
def look_at(run_id: int) -> None:
    """Do what a run waits for: be read, or be applied. Delivered twice, it is done once."""
    run = ImportRun.objects.select_related("board").filter(pk=run_id).first()
    if run is None:
        return
    with wall.of_board(run.board_id), translation.override("en" if run.board.language == "en" else "fr-ca"):
        if run.state == State.UPLOADED:
            job.read(run.pk, on=run.board.local_date())
        else:
            job.apply(run.pk, on=run.board.local_date(), now=timezone.now())


@shared_task
def ring_imports() -> None:
    """Ring again for what waits: the broker may have lost a ring, or a worker may have been killed at work."""
    before = timezone.now() - IMPORT_SILENT
    waiting = Q(state__in=[State.UPLOADED, State.QUEUED]) | Q(state=State.APPLYING, beat_at__lt=before)
    for pk in ImportRun.objects.filter(waiting).values_list("pk", flat=True):
        ring(pk)


@shared_task
def forget_imports() -> None:
    """Destroy the files and the lines whose time is over: of what was applied, and of what nobody came back to."""
    now = timezone.now()
    old = Q(run__applied_at__lt=now - IMPORT_FILE_KEPT) | Q(
        run__applied_at__isnull=True, run__uploaded_at__lt=now - IMPORT_UNUSED_KEPT
    )
    files = ImportFile.objects.filter(old)
    runs = list(files.values_list("run", flat=True))
    for model in (ImportRun._meta.get_field("rows").related_model, ImportRun._meta.get_field("traces").related_model):
        model._base_manager.filter(run__in=runs).delete()
    ImportRun.objects.filter(pk__in=runs, state__in=[State.READ, State.REVIEWED]).update(state=State.FAILED)
    files.delete()


def ring(run_id: int) -> None:
    """Say « look » to a worker; without a broker the row waits for ``ring_imports``."""
    with suppress(OperationalError):
        look_at.apply_async((run_id,), retry=False)
