"""What time alone changes: plans are kept four weeks ahead; what was undone is forgotten in time."""

from datetime import date

from celery import shared_task
from django.utils import timezone

from mentoring.actions.outcomes import forget_outcomes
from mentoring.minutes.closing import close_months
from people import wall
from people.actions.drafts import purge_drafts
from people.actions.sessions import purge_sessions
from people.models import SchoolBoard
from people.retention import DRAFTS_KEPT, SESSIONS_KEPT
from programs.actions.planning import plan_ahead
from programs.gestures.verbs import forget as forget_gestures
from programs.log.kinds import KINDS
from programs.log.restoring import forget


@shared_task
def plan_all_boards() -> None:
    """Ask for the plan of each board, as of today in its zone; put away forms that nobody took up, and old sessions."""
    now = timezone.now()
    purge_drafts(before=now - DRAFTS_KEPT)
    purge_sessions(before=now - SESSIONS_KEPT, at=now)
    for board in SchoolBoard.objects.all():
        plan_board.delay(board.pk, board.local_date().isoformat())


@shared_task
def forget_undone() -> None:
    """Ask each board to destroy what was undone there too long ago to be put back, as of today in its zone."""
    for board in SchoolBoard.objects.all():
        forget_undone_of.delay(board.pk, board.local_date().isoformat())


@shared_task
def forget_undone_of(board_id: int, on: str) -> None:
    """Destroy what was undone too long ago to be put back, as of today at most, and close the minutes of past months.

    Done twice, it finds nothing.
    """
    with wall.of_board(board_id):
        board = SchoolBoard.objects.get(pk=board_id)
        day = board.until_today(date.fromisoformat(on))
        forget(kinds=KINDS.values(), board=board, on=day)
        forget_gestures(board=board, on=day)
        close_months(board=board, on=day)
        forget_outcomes(board=board, on=day)


@shared_task
def plan_board(board_id: int, on: str) -> None:
    """Plan the meetings of a board's dyads and groups, as of today at most. Done twice, it changes nothing."""
    with wall.of_board(board_id):
        board = SchoolBoard.objects.get(pk=board_id)
        plan_ahead(board=board, on=board.until_today(date.fromisoformat(on)))
