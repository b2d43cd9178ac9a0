"""What people decided of findings leaves with a board, and holds where it arrives."""

from datetime import date
from pathlib import Path

import pytest

from exchange.bundle.importing import import_bundle
from exchange.tests.bundles import read, write
from exchange.tests.test_backfill import BEGUN, TODAY, history
from exchange.tests.test_bundle_export import export, taken_back
from guidelines.backfill import Refusal, backfill, days_left
from guidelines.decisions import Decision, decide
from guidelines.evaluation import evaluate_board
from guidelines.models import Flag, FlagEvent
from people.models import SchoolBoard, User

pytestmark = [pytest.mark.django_db, pytest.mark.on_postgresql, pytest.mark.usefixtures("long_after")]

DECIDED_ON = date(2025, 11, 10)
Kind = FlagEvent.Kind


def board() -> SchoolBoard:
    return SchoolBoard.objects.get(key="B1")


def gap() -> Flag:
    return Flag.objects.live().get(guideline="dyad-gap", dyad__key="D2")


def told() -> list[tuple[object, ...]]:
    return list(gap().events.order_by("on", "pk").values_list("kind", "on", "person__key", "reason_code", "reason"))


@pytest.fixture
def leaving(tmp_path: Path) -> Path:
    """A board's bundle; D2 is silent since 30 September, which somebody set aside on 10 November."""
    files = {name: text for name, text in history().items() if name != "dyad_meetings.csv"}
    held = history()["dyad_meetings.csv"].replace("D2-2025-11-18,D2,2025-11-18,held,in_person\n", "")
    with taken_back():
        import_bundle(path=write(tmp_path / "history.zip", {**files, "dyad_meetings.csv": held}))
        evaluate_board(board(), on=date(2025, 11, 6))
        decide_on_the_gap("Vu avec la famille")
        export(tmp_path / "leaving.zip", "B1")
    return tmp_path / "leaving.zip"


def decide_on_the_gap(reason: str, on: date = DECIDED_ON) -> None:
    person = User.objects.get_queryset().get(key="M")
    decide([gap().pk], Decision(Kind.DISMISSED, reason=reason, reason_code="known"), person=person, on=on)


def test_a_decision_holds_where_it_arrives_before_and_after_the_first_evaluation(leaving: Path) -> None:
    import_bundle(path=leaving)
    decision = ("dismissed", DECIDED_ON, "M", "known", "Vu avec la famille")
    assert told() == [("raised", date(2025, 11, 6), None, "", ""), decision]
    evaluate_board(board(), on=TODAY)
    assert (gap().state, gap().value) == ("dismissed", 6)
    assert told()[-1] == decision


def test_what_lasts_no_more_is_cleared_by_the_first_evaluation(leaving: Path) -> None:
    import_bundle(path=leaving)
    import_bundle(path=write(leaving.parent / "b.zip", {"dyad_meetings.csv": MET}))
    evaluate_board(board(), on=TODAY)
    assert not Flag.objects.live().filter(guideline="dyad-gap", dyad__key="D2").exists()


MET = "key,dyad,on,status,channel\nnew,D2,2025-11-25,held,in_person\n"


def test_a_finding_measured_here_takes_the_decision_and_keeps_its_measure(leaving: Path) -> None:
    import_bundle(path=leaving)
    Flag.objects.all().delete()
    evaluate_board(board(), on=TODAY)
    import_bundle(path=leaving)
    assert (gap().state, gap().raised_on, gap().value) == ("dismissed", TODAY, 6)
    counts = import_bundle(path=leaving)["finding_decisions.csv"]
    assert (counts.created, counts.updated) == (0, 0)


def test_another_reason_is_another_event(leaving: Path) -> None:
    import_bundle(path=leaving)
    files = read(leaving)["finding_decisions.csv"]
    [row] = [row for row in files if row["guideline"] == "dyad-gap"]
    row |= {"reason": "Vu de nouveau", "on": "2025-11-12"}
    text = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    assert (
        import_bundle(path=write(leaving.parent / "b.zip", {"finding_decisions.csv": text}))[
            "finding_decisions.csv"
        ].updated
        == 1
    )
    assert [reason for *_rest, reason in told()] == ["", "Vu avec la famille", "Vu de nouveau"]


def test_a_history_is_filled_in_around_the_decisions_that_came_with_it(leaving: Path) -> None:
    import_bundle(path=leaving)
    for _day in backfill(board(), on=days_left(board(), since=BEGUN, until=TODAY, today=TODAY)):
        pass
    assert (gap().state, gap().value) == ("dismissed", 6)
    assert [kind for kind, *_rest in told()] == ["raised", "dismissed"]
    assert Flag.objects.filter(raised_on__lt=DECIDED_ON).exclude(pk=gap().pk).exists()


def test_a_history_is_still_refused_once_findings_were_raised_in_use(leaving: Path) -> None:
    import_bundle(path=leaving)
    Flag.objects.filter(pk=gap().pk).update(state="open")
    with pytest.raises(Refusal, match="relevés à l’usage"):
        days_left(board(), since=BEGUN, until=TODAY, today=TODAY)
