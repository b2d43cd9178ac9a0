"""backfill: an imported history evaluated on its own days, once, and never over a life that has begun."""

import json
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from exchange.tests.bundles import write
from guidelines import backfill
from guidelines.evaluation import evaluate_board, reevaluate
from guidelines.models import Evaluation, Flag, FlagEvent
from mentoring.models import Dyad
from people.models import Notification, SchoolBoard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("long_after")]

BEGUN, TODAY = date(2025, 9, 1), date(2025, 11, 27)  # a Monday, a Thursday
MONDAYS = [BEGUN + timedelta(weeks=n) for n in range(13)]


def history() -> dict[str, str]:
    """Two dyads of one board: one met every Tuesday, the other until 30 September and again on 18 November."""
    days = [BEGUN + timedelta(days=n) for n in range(120) if (BEGUN + timedelta(days=n)).weekday() < 5]
    tuesdays = [monday + timedelta(days=1) for monday in MONDAYS]
    held = [("D1", day) for day in tuesdays] + [("D2", day) for n, day in enumerate(tuesdays) if n < 5 or n == 11]
    return {
        "boards.csv": "key,name,kind\nB1,Rivière,css\nB2,Vide,css\n",
        "schools.csv": "key,board,name\nE,B1,École\n",
        "school_years.csv": "key,board,label,starts_on,ends_on\nY,B1,2025-2026,2025-08-25,2026-06-24\n",
        "school_days.csv": "school,date,kind\n" + "".join(f"E,{day},class\n" for day in days),
        "people.csv": "key,board,school,given_name,family_name,roles\nM,B1,E,Line,Roy,mentor\n",
        "students.csv": "key,school,given_name,family_name\nS1,E,Ève,Un\nS2,E,Léo,Deux\n",
        "programs.csv": "key,school,name,domain\nP,E,Mentorat,mentoring\n",
        "mentors.csv": "person,kind\nM,teacher\n",
        "trainings.csv": "person,kind,completed_on,minutes\nM,initial,2025-08-20,120\n",
        "dyads.csv": "key,program,mentor,student,starts_on,committed_until\n"
        "D1,P,M,S1,2025-09-01,2026-06-20\nD2,P,M,S2,2025-09-01,2026-06-20\n",
        "dyad_meetings.csv": "key,dyad,on,status,channel\n"
        + "".join(f"{dyad}-{day},{dyad},{day},held,in_person\n" for dyad, day in held),
    }


@pytest.fixture
def imported(tmp_path: Path) -> SchoolBoard:
    call_command("import_bundle", str(write(tmp_path / "history.zip", history())), stdout=StringIO(), skip_checks=True)
    return SchoolBoard.objects.get(key="B1")


def fill(since: date = BEGUN, until: date = TODAY, board: str = "B1", today: date = TODAY) -> list[str]:
    out = StringIO()
    with time_machine.travel(datetime.combine(today, time(17), UTC), tick=False):
        options = {"since": since.isoformat(), "until": until.isoformat(), "board": board}
        call_command("backfill", **options, stdout=out, skip_checks=True)
    return out.getvalue().splitlines()


def refused(words: str, **given: date | str) -> None:
    before = Evaluation.objects.count(), FlagEvent.objects.count()
    with pytest.raises(CommandError, match=words):
        fill(**given)  # type: ignore[arg-type]
    assert (Evaluation.objects.count(), FlagEvent.objects.count()) == before


def findings_on(day: date) -> list[tuple[object, ...]]:
    out = StringIO()
    call_command("evaluate", on=day.isoformat(), board="B1", dry_run=True, json=True, stdout=out, skip_checks=True)
    names = ("guideline", "severity", "value", "threshold", "confidence")
    return sorted(tuple(map(str, (json.loads(line)[name] for name in names))) for line in out.getvalue().splitlines())


def live() -> list[tuple[object, ...]]:
    rows = Flag.objects.live().values_list("guideline", "severity", "value", "threshold", "confidence")
    return sorted(tuple(map(str, row)) for row in rows)


def test_every_monday_and_the_last_day_are_evaluated_as_on_their_own_day(imported: SchoolBoard) -> None:
    said = fill()
    evaluated = Evaluation.objects.order_by("pk").values_list("on", "backfilled")
    assert list(evaluated) == [(day, True) for day in [*MONDAYS, TODAY]]
    assert len(said) == 14
    assert said[-1].startswith("B1 2025-11-27 (14/14)")
    assert live() == findings_on(TODAY)
    assert Notification.objects.count() == 0, "nobody is told of what is long past"
    # D2 was silent since 30 September: two missed weeks and their grace have passed on 27 October.
    gap = Flag.objects.get(guideline="dyad-gap")
    assert (gap.dyad.key, gap.raised_on, gap.cleared_on) == ("D2", date(2025, 10, 27), date(2025, 11, 24))
    events = [(event.kind, event.on, event.value) for event in gap.events.all()]
    assert events == [
        ("raised", date(2025, 10, 27), 2),
        ("severity", date(2025, 11, 3), 3),
        ("cleared", date(2025, 11, 24), 5),
    ]


def test_a_middle_day_stands_as_evaluated_then(imported: SchoolBoard) -> None:
    fill(until=date(2025, 11, 5))
    assert live() == findings_on(date(2025, 11, 5))
    assert Flag.objects.live().filter(guideline="dyad-gap", severity="critical").exists()


def test_again_it_changes_nothing_and_further_it_goes_on(imported: SchoolBoard) -> None:
    fill(until=date(2025, 10, 13))
    before = list(Flag.objects.values()), list(FlagEvent.objects.values()), list(Evaluation.objects.values())
    assert fill(until=date(2025, 10, 13)) == ["B1\u00a0: déjà fait, rien n’est écrit"]
    assert before == (list(Flag.objects.values()), list(FlagEvent.objects.values()), list(Evaluation.objects.values()))
    fill()
    said = Flag.objects.order_by("raised_on", "pk").values_list("guideline", "raised_on", "severity", "cleared_on")
    in_two = list(said)
    Flag.objects.all().delete()
    Evaluation.objects.all().delete()
    fill()
    assert list(said.all()) == in_two


def test_cut_short_it_goes_on_after_the_last_day_written(
    imported: SchoolBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(board: SchoolBoard, *, on: date, backfilled: bool) -> object:
        if on > date(2025, 10, 6):
            raise KeyboardInterrupt
        return evaluate_board(board, on=on, backfilled=backfilled)

    monkeypatch.setattr(backfill, "evaluate_board", fails)
    with pytest.raises(KeyboardInterrupt):
        fill()
    monkeypatch.undo()
    assert fill()[0].startswith("B1 2025-10-13 (1/8)")


def test_a_live_evaluation_goes_on_with_the_same_findings(imported: SchoolBoard) -> None:
    fill(until=date(2025, 11, 6))
    gap = Flag.objects.live().get(guideline="dyad-gap")
    evaluate_board(imported, on=date(2025, 11, 12))
    gap.refresh_from_db()
    assert (gap.raised_on, gap.cleared_on) == (date(2025, 10, 27), None)
    evaluate_board(imported, on=TODAY)
    gap.refresh_from_db()
    assert (gap.raised_on, gap.cleared_on) == (date(2025, 10, 27), TODAY)


def test_it_is_refused_where_a_live_evaluation_exists(imported: SchoolBoard) -> None:
    evaluate_board(imported, on=date(2025, 11, 12))
    refused("B1\u00a0: des évaluations courantes existent depuis le 2025-11-12")
    fill(board="B2")


def test_nothing_of_any_board_is_written_when_one_is_refused(imported: SchoolBoard) -> None:
    evaluate_board(SchoolBoard.objects.get(key="B2"), on=date(2025, 11, 12))
    refused("B2\u00a0: des évaluations courantes", board="")


def test_it_is_refused_where_a_saved_meeting_has_raised_a_finding(imported: SchoolBoard) -> None:
    reevaluate(Dyad.objects.get(key="D2"), on=TODAY)
    assert Flag.objects.exists()
    refused("relevés à l’usage")


def test_a_live_evaluation_that_comes_meanwhile_stops_it(
    imported: SchoolBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(board: SchoolBoard, *, on: date, backfilled: bool) -> object:
        if on == date(2025, 10, 6):
            evaluate_board(board, on=TODAY)
        return evaluate_board(board, on=on, backfilled=backfilled)

    monkeypatch.setattr(backfill, "evaluate_board", overtaken)
    with pytest.raises(CommandError, match="plus récente que le 2025-10-06"):
        fill()


def test_what_it_can_not_do_is_said(imported: SchoolBoard) -> None:
    refused("n’est pas encore passé", until=TODAY + timedelta(days=1))
    refused("précède", since=TODAY, until=BEGUN)
    refused("Aucun organisme", board="rien")
    fill(since=date(2025, 10, 1))
    refused("déjà rempli à partir du 2025-10-06", since=BEGUN)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31", "hier"])
def test_a_day_out_of_reach_has_a_sentence(imported: SchoolBoard, text: str) -> None:
    for command, options in (("evaluate", {"on": text}), ("backfill", {"since": text, "until": text})):
        with pytest.raises(CommandError, match=r"hors de portée|n’est pas une date"):
            call_command(command, **options, skip_checks=True)


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_bounds_themselves_can_be_evaluated(imported: SchoolBoard, day: str) -> None:
    call_command("evaluate", on=day, dry_run=True, stdout=StringIO(), skip_checks=True)
