"""A day to come: nothing is written as of it, what bears one is said, and a command takes back what it did."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from guidelines import tasks
from guidelines.actions import dismiss, take_in_charge
from guidelines.backfill import backfill, days_left
from guidelines.evaluation import evaluate_board, reevaluate
from guidelines.future import NotYet, Silenced
from guidelines.mailing import queue_round
from guidelines.models import Evaluation, Flag, FlagEvent
from guidelines.tests.boards import board_of
from guidelines.tests.boards.stored import Store
from guidelines.tests.stage import Stage, week
from mentoring.models import Dyad, DyadMeeting
from mentoring.tasks import forget_undone_of, plan_board
from people.access import Role
from people.models import AuditEntry, Mailing, Membership, Message, Notification, SchoolBoard, User

pytestmark = pytest.mark.django_db
TODAY, AHEAD = week(6, 3), date(2027, 3, 1)  # a Wednesday of October, a Monday of March
Row = tuple[object, ...]


def clock(day: date, hour: int = 12) -> time_machine.travel:
    return time_machine.travel(datetime.combine(day, time(hour), tzinfo=ZoneInfo("America/Toronto")))


@pytest.fixture
def stage(db: None) -> Stage:
    return Stage()


@pytest.fixture
def silent(stage: Stage) -> Dyad:
    dyad = stage.dyad(week(1))
    stage.meet(dyad, week(1))
    return dyad


def command(name: str, **options: object) -> str:
    out = StringIO()
    call_command(name, **options, stdout=out, skip_checks=True)
    return out.getvalue()


def written() -> list[list[Row]]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Flag, FlagEvent, Evaluation)]


def told() -> tuple[list[Row], list[Row]]:
    """Every finding and its history, by keys: ids are other ones in each run."""
    names = ["guideline", "dyad__key", "mentor__person__key", "group__key", "teacher__key", "program__key"]
    said = ["severity", "value", "threshold", "confidence", "cause", "state"]
    flags = Flag.objects.values_list(*names, *said, "raised_on", "cleared_on", "until", "taken_by")
    of_flag = [f"flag__{name}" for name in names]
    events = FlagEvent.objects.order_by("pk").values_list(*of_flag, "kind", "on", "person", "severity", "value")
    return sorted(flags, key=repr), sorted(events, key=lambda row: repr(row[: len(names)]))


def wrong_night(board: SchoolBoard, day: date = AHEAD) -> None:
    """A night when the server's clock was ahead."""
    with clock(day):
        tasks.evaluate(board.pk, day.isoformat())


def test_a_day_to_come_is_refused_by_each_boards_own_clock(stage: Stage, silent: Dyad) -> None:
    SchoolBoard.objects.create(key="A", name="A", time_zone="Pacific/Auckland")
    tomorrow = TODAY + timedelta(days=1)
    with clock(TODAY, 20):  # in Auckland, tomorrow has come
        before = written()
        with pytest.raises(CommandError, match=r"^B.: le 2026-10-15 n’est pas encore arrivé.*le 2026-10-14\.\nRien"):
            command("evaluate", on=tomorrow.isoformat())
        assert "rien n’est écrit" in command("evaluate", on=AHEAD.isoformat(), dry_run=True)
        assert before == written()
        command("evaluate", on=tomorrow.isoformat(), board="A")
        command("evaluate", on=TODAY.isoformat(), board="B")
    assert set(Evaluation.objects.values_list("board__key", "on")) == {("A", tomorrow), ("B", TODAY)}


def test_nothing_else_is_written_as_of_a_day_to_come(stage: Stage, silent: Dyad) -> None:
    with clock(TODAY):
        with pytest.raises(NotYet):
            tasks.evaluate(stage.board.pk, AHEAD.isoformat())
        with pytest.raises(NotYet):
            list(backfill(stage.board, on=[AHEAD]))
        with pytest.raises(NotYet):
            queue_round(stage.board, on=AHEAD)
        assert written() == [[], [], []]
        assert not Mailing.objects.exists()
        # Where the person is it may already be tomorrow: what they save is looked at as of the board's today.
        reevaluate(silent, on=TODAY + timedelta(days=1))
    assert set(FlagEvent.objects.values_list("on", flat=True)) == {TODAY}


def test_what_silences_a_board_is_said_until_it_is_taken_back(
    stage: Stage, silent: Dyad, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong_night(stage.board)
    rung: list[tuple[int, str]] = []
    monkeypatch.setattr(tasks.evaluate, "delay", lambda *given: rung.append(given))
    with clock(TODAY):
        tasks.evaluate_due_boards()
        assert rung == [(stage.board.pk, TODAY.isoformat())]
        with pytest.raises(Silenced, match=r"2027-03-01.*take_back_evaluations --board B"):
            tasks.evaluate(*rung[0])
        with pytest.raises(CommandError, match="take_back_evaluations"):
            command("evaluate")
        caplog.clear()
        stage.meet(silent, TODAY)
        assert not reevaluate(silent, on=TODAY).written
        assert [record.levelno for record in caplog.records] == [logging.ERROR]
        command("evaluate", on=week(2).isoformat())  # a past day is computed as ever

        command("take_back_evaluations", board="B")
        tasks.evaluate(*rung[0])
        assert reevaluate(silent, on=TODAY).written


def test_the_pages_of_findings_say_that_they_are_no_longer_brought_up_to_date(
    stage: Stage, client_of: Callable[[User], Client]
) -> None:
    wrong_night(stage.board)
    lead, admin = reader(stage, "lead"), User.objects.create(board=stage.board, key="admin", password="!")
    Membership.objects.create(person=admin, role=Role.BOARD_ADMIN, board=stage.board, starts_on=week(1))
    with clock(TODAY):
        pages = [client_of(person).get("/vigilance/").content.decode() for person in (lead, admin)]
        assert all("ne se mettent plus à jour" in page and "lundi 1er mars 2027" in page for page in pages)
        command("take_back_evaluations")
        assert "ne se mettent plus à jour" not in client_of(lead).get("/vigilance/").content.decode()


def lived(stage: Stage, *, mend: Callable[[], object]) -> None:
    """Two nights, decisions, a finding that a meeting cleared; then what ``mend`` does on a later day."""
    person = stage.mentor.person
    dyads = [stage.dyad(week(1), key=f"D{n}", mentor=stage.new_mentor(f"M{n}", minutes=120)) for n in range(4)]
    for dyad in dyads:
        stage.meet(dyad, week(1))
    stage.group(14)
    with clock(week(4, 5)):
        evaluate_board(stage.board, on=week(4, 5))
        aside, charged, met, _alone = (Flag.objects.get(dyad=dyad, guideline="dyad-gap") for dyad in dyads)
        dismiss(flag=aside, person=person, on=week(4, 5), reason="Stage", review_on=week(12))
        take_in_charge(flag=charged, person=person, on=week(4, 5), until=week(12))
        stage.meet(dyads[2], week(4, 5))
        reevaluate(dyads[2], on=week(4, 5))
        met.refresh_from_db()
        assert met.state == "cleared"
    with clock(week(5, 5)):
        evaluate_board(stage.board, on=week(5, 5))
    mend()


def test_taken_back_findings_are_as_if_the_day_to_come_had_never_been_written(stage: Stage) -> None:
    def night() -> None:
        with clock(TODAY):
            evaluate_board(stage.board, on=TODAY)

    def slip() -> None:
        wrong_night(stage.board)
        wrong_night(stage.board, AHEAD + timedelta(days=30))
        kinds = set(FlagEvent.objects.filter(on__gt=TODAY).values_list("kind", flat=True))
        assert kinds >= {"raised", "severity", "reopened", "cleared"}
        with clock(TODAY):
            command("take_back_evaluations", board="B")

    with transaction.atomic():
        lived(stage, mend=night)
        clean = told()
        transaction.set_rollback(True)
    lived(stage, mend=slip)
    assert told() == clean
    assert not Evaluation.objects.filter(on__gt=TODAY).exists()
    entry = AuditEntry.objects.get(verb="evaluations.retracted")
    assert (entry.board, entry.subject_id, entry.reason) == (stage.board, stage.board.pk, "2027-03-01, 2027-03-31")


@pytest.mark.parametrize("seed", range(4))
def test_so_it_is_on_any_board(seed: int) -> None:
    days = [date(2023, 10, 16), date(2023, 11, 20), date(2023, 12, 4)]
    clean: tuple[list[Row], list[Row]] | None = None
    for wrong in ([], [date(2024, 1, 22), date(2024, 3, 4)]):
        with transaction.atomic():
            board = Store(board_of(seed), "B").board
            for day in days[:2]:
                with clock(day):
                    evaluate_board(board, on=day)
            for day in wrong:
                wrong_night(board, day)
            with clock(days[2]):
                (command("take_back_evaluations") if wrong else evaluate_board(board, on=days[2]))
            found = kept_for_sure(told())
            transaction.set_rollback(True)
        clean = clean or found
    assert found[0] == clean[0], sorted(set(found[0]) ^ set(clean[0]))
    assert found[1] == clean[1], sorted(set(found[1]) ^ set(clean[1]))
    assert found[1]


def kept_for_sure(rows: tuple[list[Row], list[Row]]) -> tuple[list[str], list[str]]:
    """A finding that had cleared, and that a day to come raised again, loses its last bound and confidence."""
    flags, events = rows
    said = [(*row[:8], row[8:10] if row[11] != Flag.State.CLEARED else "", *row[10:]) for row in flags]
    return sorted(map(repr, said)), sorted(map(repr, events))


def test_what_people_decided_on_a_day_to_come_stays(stage: Stage, silent: Dyad) -> None:
    person = stage.mentor.person
    with clock(week(2)):
        evaluate_board(stage.board, on=week(2))
    wrong_night(stage.board)
    gap = Flag.objects.get(dyad=silent, guideline="dyad-gap")
    with clock(AHEAD):
        take_in_charge(flag=gap, person=person, on=AHEAD)
    with clock(TODAY):
        command("take_back_evaluations")
    gap.refresh_from_db()
    assert (gap.state, gap.taken_by, gap.raised_on, gap.severity) == ("taken", person, TODAY, "critical")
    assert [(event.kind, event.on) for event in gap.events.all()] == [("raised", TODAY), ("taken", TODAY)]
    assert not FlagEvent.objects.filter(on__gt=TODAY).exists()


def test_without_a_day_evaluated_before_the_history_can_still_be_filled_in(stage: Stage, silent: Dyad) -> None:
    wrong_night(stage.board)
    with clock(TODAY):
        command("take_back_evaluations")
        assert written() == [[], [], []]
        assert days_left(stage.board, since=week(1), until=TODAY, today=TODAY)


def test_a_dry_run_says_it_and_writes_nothing(stage: Stage, silent: Dyad) -> None:
    wrong_night(stage.board)
    SchoolBoard.objects.create(key="C", name="C")
    before = written()
    with clock(TODAY):
        said = command("take_back_evaluations", dry_run=True).splitlines()
    assert said[0].startswith("B, le 2026-10-14\u00a0: évaluations reprises 1 (2027-03-01)")
    assert said[0].endswith("rien n’est écrit")
    assert said[1] == "C\u00a0: rien ne porte une date après le 2026-10-14"
    assert before == written()
    assert not AuditEntry.objects.filter(verb="evaluations.retracted").exists()


def reader(stage: Stage, key: str) -> User:
    """A programme's lead, whom the digest reaches."""
    person = User.objects.create(board=stage.board, key=key, email=f"{key}@b.example", password="!")
    Membership.objects.create(
        person=person, role=Role.PROGRAM_LEAD, board=stage.board, school=stage.school, starts_on=week(1)
    )
    return person


def test_a_digest_of_a_day_to_come_neither_counts_twice_nor_keeps_the_days_own_from_leaving(
    stage: Stage, silent: Dyad
) -> None:
    sent_to, dropped_for = reader(stage, "sent"), reader(stage, "dropped")
    with clock(week(2)):
        evaluate_board(stage.board, on=week(2))
    wrong_night(stage.board)
    with clock(AHEAD):
        assert len(queue_round(stage.board, on=AHEAD)) == 2
        Message.objects.filter(person=sent_to).update(state=Message.State.SENT)
        Message.objects.filter(person=dropped_for).update(state=Message.State.DROPPED)
        asked = {"board": stage.board, "kind": Message.Kind.REMINDER, "on": AHEAD, "asked_by": sent_to}
        Message.objects.create(person=stage.mentor.person, **asked)
    assert Notification.objects.filter(on=AHEAD).exists()
    with clock(TODAY):
        command("take_back_evaluations")
    yesterday = TODAY - timedelta(days=1)
    kept = Message.objects.order_by("kind").values_list("kind", "on", "state")
    assert list(kept) == [("digest", yesterday, "sent"), ("reminder", yesterday, "queued")]
    assert Message.objects.reminders().of_the_week(TODAY).exists(), "one a week holds by the true day"
    assert not Notification.objects.filter(on__gt=TODAY).exists()
    with clock(AHEAD):
        assert len(queue_round(stage.board, on=AHEAD)) == 2


def test_a_round_waits_for_the_evaluation_of_its_own_day(
    stage: Stage, silent: Dyad, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[tuple[int, str]] = []
    monkeypatch.setattr(tasks.send_digests, "delay", lambda *given: rung.append(given))
    wrong_night(stage.board)
    with clock(week(6)):
        tasks.send_due_digests()
        assert rung == []
        command("take_back_evaluations")
        evaluate_board(stage.board, on=week(6))
        tasks.send_due_digests()
    assert rung == [(stage.board.pk, week(6).isoformat())]


def test_a_plan_goes_four_weeks_ahead_of_today_and_no_further(stage: Stage, silent: Dyad) -> None:
    silent.timetables.create(weekday=1, minutes=30)
    with clock(TODAY):
        plan_board(stage.board.pk, AHEAD.isoformat())
    planned = DyadMeeting.objects.filter(status="planned").order_by("on")
    in_time = list(planned)
    assert [meeting.on for meeting in in_time] == [week(n) for n in (7, 8, 9, 10)]
    with clock(AHEAD):
        plan_board(stage.board.pk, AHEAD.isoformat())
        DyadMeeting.objects.create(board=stage.board, dyad=silent, on=AHEAD + timedelta(days=1), status="planned")
    wrong_night(stage.board)
    with clock(TODAY):
        command("take_back_evaluations")
    assert list(planned.all())[:-1] == in_time, "a meeting that a person planned stays"
    assert list(planned.all())[-1].timetable is None


def test_what_was_undone_keeps_its_thirty_days(stage: Stage, silent: Dyad) -> None:
    with clock(TODAY):
        DyadMeeting.objects.filter(dyad=silent).update(deleted_at=timezone.now())
        forget_undone_of(stage.board.pk, AHEAD.isoformat())
        assert DyadMeeting.objects.filter(dyad=silent).exists()


def test_the_demonstration_does_not_stand_on_a_day_to_come(db: None) -> None:
    with clock(TODAY), pytest.raises(CommandError, match="2027-03-01"):
        command("demo", on=AHEAD)
    assert not SchoolBoard.objects.exists()
