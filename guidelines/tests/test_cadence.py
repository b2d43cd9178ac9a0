"""One log, three cadences, three verdicts: what counts as « four weeks » is the programme's own."""

from datetime import date

import pytest

from guidelines.tests.stage import Stage

pytestmark = pytest.mark.django_db

MEETINGS = (date(2026, 9, 22), date(2026, 10, 8), date(2026, 10, 15), date(2026, 11, 3))
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        # Last four weeks that can be assessed: 19 and 26 October missed, 2 November met, 9 November missed.
        # That of 16 November may still be logged.
        pytest.param(None, ("critical", 3, 3), id="weeks"),
        # Cycles of nine class days from 31 August: 24 September–6 October missed, 7–19 October met,
        # 20–30 October missed, 2–12 November met. The next runs until 25 November.
        pytest.param(9, ("warning", 2, 2), id="cycles of 9"),
        # Cycles of ten: 14–25 September, 28 September–9 October, 12–23 October, 26 October–6 November, all met.
        # That of 9–20 November may still be logged.
        pytest.param(10, None, id="cycles of 10"),
    ],
)
def test_the_same_log_under_three_cadences(days: int | None, verdict: tuple[str, int, int] | None) -> None:
    stage = Stage()
    stage.program.cadence_unit, stage.program.cadence_days = ("cycle", days) if days else ("week", None)
    stage.program.save()
    stage.meet(stage.dyad(date(2026, 8, 31)), *MEETINGS)

    assert stage.finding("dyad-frequency", FRIDAY) == verdict
