"""What time alone changes: plans are kept four weeks ahead."""

from datetime import date

from celery import shared_task

from mentoring.actions import plan_ahead
from people.models import SchoolBoard
from programs import actions as groups


@shared_task
def plan_all_boards() -> None:
    """Ask for the plan of each board, as of today in its zone."""
    for board in SchoolBoard.objects.all():
        plan_board.delay(board.pk, board.local_date().isoformat())


@shared_task
def plan_board(board_id: int, on: str) -> None:
    """Plan the meetings of a board's dyads and groups. Done twice, it changes nothing."""
    board = SchoolBoard.objects.get(pk=board_id)
    day = date.fromisoformat(on)
    plan_ahead(board=board, on=day)
    groups.plan_ahead(board=board, on=day)
