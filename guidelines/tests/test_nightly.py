"""The night's job, by a real worker on a real Redis; and by the clock of each board."""

import subprocess
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from guidelines import tasks
from guidelines.evaluation import evaluate_board
from guidelines.models import Evaluation, Flag, FlagEvent
from guidelines.tests.stage import Stage
from people.models import SchoolBoard
from tests.patience import until

ON = date(2021, 12, 6)  # the worker has the machine's own clock: a day that has come on any machine


@pytest.mark.on_postgresql
def test_a_real_worker_evaluates_and_a_second_delivery_changes_nothing(
    celery_worker_process: "subprocess.Popen[bytes]",
) -> None:
    def evaluations(many: int) -> bool:
        assert celery_worker_process.poll() is None, "the worker has stopped"
        return Evaluation.objects.filter(board=stage.board, on=ON).count() == many

    stage = Stage()
    dyad = stage.dyad(date(2021, 9, 7))
    tasks.evaluate.delay(stage.board.pk, ON.isoformat())
    until(lambda: evaluations(1))
    assert Flag.objects.live().filter(dyad=dyad, guideline="dyad-agreement").exists()
    before = list(Flag.objects.values()), list(FlagEvent.objects.values())
    tasks.evaluate.delay(stage.board.pk, ON.isoformat())
    until(lambda: evaluations(2))
    assert before == (list(Flag.objects.values()), list(FlagEvent.objects.values()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [(4, 59, []), (5, 0, ["ile"]), (6, 0, ["est", "ile"]), (23, 0, ["est", "ile"])],
)
def test_each_board_is_due_at_five_by_its_own_clock(
    monkeypatch: pytest.MonkeyPatch, hour: int, minute: int, due: list[str]
) -> None:
    SchoolBoard.objects.create(key="est", name="Est", time_zone="America/Toronto")
    SchoolBoard.objects.create(key="ile", name="Îles", time_zone="America/Halifax")
    done = SchoolBoard.objects.create(key="fait", name="Fait", time_zone="America/Halifax")
    rung: list[tuple[str, str]] = []
    monkeypatch.setattr(tasks.evaluate, "delay", lambda pk, on: rung.append((SchoolBoard.objects.get(pk=pk).key, on)))
    # The night when clocks fall back an hour: Halifax is an hour ahead of Toronto.
    with time_machine.travel(datetime(2026, 11, 1, hour, minute, tzinfo=ZoneInfo("America/Halifax")), tick=False):
        evaluate_board(done, on=date(2026, 11, 1))
        tasks.evaluate_due_boards()
    assert sorted(rung) == [(key, "2026-11-01") for key in due]
