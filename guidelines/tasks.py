"""Jobs of the clock. They take ids and dates, and can run twice."""

from contextlib import suppress
from datetime import date, time
from zoneinfo import ZoneInfo

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from guidelines.evaluation import evaluate_board
from guidelines.future import Silenced, how_to_go_on
from guidelines.mailing import letter_at, queue_round
from guidelines.models import Evaluation
from people import outbox, wall
from people.models import Mailing, Message, SchoolBoard

NIGHTLY_AT = time(5, 0)
MONDAY, DIGEST_AT = 0, time(7, 0)


@shared_task
def evaluate_due_boards() -> None:
    """Ring for each board whose day has come.

    1. Look at every board's own clock: only those past 5:00 are due.
    2. Leave those already evaluated for their day, and that day alone: this job runs every quarter hour.
    3. Send one task a board, so that workers share the province.
    """
    now = timezone.now()
    for board in SchoolBoard.objects.all():
        local = now.astimezone(ZoneInfo(board.time_zone))
        evaluated = Evaluation.objects.filter(board=board, on=local.date()).exists()
        if local.time() >= NIGHTLY_AT and not evaluated:
            evaluate.delay(board.pk, local.date().isoformat())


@shared_task
def evaluate(board_id: int, on: str) -> None:
    """Evaluate one board for one day (ISO date); delivered twice, the second changes no finding.

    It fails, and is rung for again, while the day is to come or an evaluation of a day to come silences the board.
    """
    with wall.of_board(board_id):
        board = SchoolBoard.objects.get(pk=board_id)
        run = evaluate_board(board, on=date.fromisoformat(on))
        if run.silenced_by is not None:
            raise Silenced(how_to_go_on(board, run.silenced_by))


@shared_task
def send_due_digests() -> None:
    """Ring for each board where it is Monday, past 7:00.

    1. Look at every board's own clock.
    2. Leave those whose round is made: this job runs every quarter hour.
    3. Leave those that the night has not evaluated yet: their turn comes when it has.
    """
    now = timezone.now()
    for board in SchoolBoard.objects.all():
        local = now.astimezone(ZoneInfo(board.time_zone))
        if local.weekday() != MONDAY or local.time() < DIGEST_AT:
            continue
        made = Mailing.objects.filter(board=board, kind=Message.Kind.DIGEST, on=local.date()).exists()
        if not made and Evaluation.objects.filter(board=board, on=local.date()).exists():
            send_digests.delay(board.pk, local.date().isoformat())


@shared_task
def send_digests(board_id: int, on: str) -> None:
    """Record the digests of a board for a day (ISO date), then ring for each; delivered twice, it does so once."""
    with wall.of_board(board_id):
        messages = queue_round(SchoolBoard.objects.get(pk=board_id), on=date.fromisoformat(on))
    for message in messages:
        ring(message)


@shared_task
def deliver(message_id: int) -> None:
    """Send a recorded message; delivered twice, it leaves once."""
    now = timezone.now()
    board_id = Message.objects.filter(pk=message_id).values_list("board", flat=True).first()
    if board_id is not None:
        with wall.of_board(board_id):
            outbox.deliver(message_id, letter_of=lambda message: letter_at(message, now), now=now)


@shared_task
def tend_outbox() -> None:
    """Ring again for what is queued, and give up what fell silent."""
    for message in outbox.tend(now=timezone.now()):
        ring(message)


def ring(message_id: int) -> None:
    """Say « look » to a worker; without a broker the row waits for ``tend_outbox``."""
    with suppress(OperationalError):
        deliver.apply_async((message_id,), retry=False)
