"""Jobs of the house itself."""

from celery import shared_task
from django.utils import timezone

from accompagnement.models import Pulse


@shared_task
def beat_worker() -> None:
    """Write down that the clock, the broker and a worker are there."""
    Pulse.beat(Pulse.Of.WORKER, at=timezone.now())
