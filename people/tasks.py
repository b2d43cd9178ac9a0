"""What the night does of itself with what has been kept long enough."""

from datetime import date

from celery import shared_task

from people.actions.nights import tend_night
from people.models import RetentionPlan, SchoolBoard


@shared_task
def destroy_by_night() -> None:
    """Ask each board that decided so, as of today in its zone."""
    for board in SchoolBoard.objects.filter(pk__in=RetentionPlan.objects.exclude(nightly_from=None).values("board")):
        destroy_by_night_of.delay(board.pk, board.local_date().isoformat())


@shared_task
def destroy_by_night_of(board_id: int, on: str) -> None:
    """Destroy what was announced, as of today at most. Done twice, it finds nothing."""
    board = SchoolBoard.objects.get(pk=board_id)
    tend_night(board=board, on=board.until_today(date.fromisoformat(on)))
