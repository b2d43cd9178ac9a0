"""Jobs of the night. They take ids and dates, and can run twice."""

from datetime import date, time
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone

from guidelines.evaluation import evaluate_board
from guidelines.models import Evaluation
from people.models import SchoolBoard

NIGHTLY_AT = time(5, 0)


@shared_task
def evaluate_due_boards() -> None:
    """Ring for each board whose day has come.

    1. Look at every board's own clock: only those past 5:00 are due.
    2. Leave those already evaluated for their day: this job runs every quarter hour.
    3. Send one task a board, so that workers share the province.
    """
    now = timezone.now()
    for board in SchoolBoard.objects.all():
        local = now.astimezone(ZoneInfo(board.time_zone))
        evaluated = Evaluation.objects.filter(board=board, on__gte=local.date()).exists()
        if local.time() >= NIGHTLY_AT and not evaluated:
            evaluate.delay(board.pk, local.date().isoformat())


@shared_task
def evaluate(board_id: int, on: str) -> None:
    """Evaluate one board for one day (ISO date); delivered twice, the second changes no finding."""
    evaluate_board(SchoolBoard.objects.get(pk=board_id), on=date.fromisoformat(on))
