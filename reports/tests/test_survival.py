"""The curve against numbers worked out by hand."""

from datetime import date
from math import exp, log, sqrt

import pytest

from reports.charts import survival_svg
from reports.lengths import FIGURE, landmarks
from reports.survival import Length, Survival, kaplan_meier, months_long

# Seven relationships: ended at 1, 3, 3 and 6 months; still open at 3, 4 and 8.
LENGTHS = [
    Length(1, True),
    Length(3, True),
    Length(3, True),
    Length(3, False),
    Length(4, False),
    Length(6, True),
    Length(8, False),
]


def test_the_curve_of_seven_relationships() -> None:
    survival = kaplan_meier(LENGTHS)

    assert [(point.months, point.at_risk, point.ended) for point in survival.points] == [
        (0, 7, 0),
        (1, 7, 1),
        (3, 6, 2),
        (6, 2, 1),
    ]
    assert [point.share for point in survival.points] == pytest.approx([1, 6 / 7, 6 / 7 * 4 / 6, 6 / 7 * 4 / 6 * 1 / 2])
    assert (survival.beyond(3), survival.ended_by(3)) == (3, 3)
    assert survival.at(5.9).share == pytest.approx(4 / 7)
    assert survival.at(6).share == pytest.approx(2 / 7)


def test_the_band_is_greenwoods() -> None:
    point = kaplan_meier(LENGTHS).at(3)
    variance = 1 / (7 * 6) + 2 / (6 * 4)
    spread = 1.96 * sqrt(variance) / abs(log(4 / 7))

    assert point.low == pytest.approx((4 / 7) ** exp(spread), abs=1e-4)
    assert point.high == pytest.approx((4 / 7) ** exp(-spread), abs=1e-4)
    assert 0 < point.low < point.share < point.high < 1


def test_open_relationships_alone_never_make_the_curve_fall() -> None:
    survival = kaplan_meier([Length(months, False) for months in range(1, 12)])

    assert [point.share for point in survival.points] == [1]


def lines_of(survival: Survival) -> list[list[object]]:
    return list(FIGURE.table(landmarks(survival)).lines)


def test_past_the_longest_relationship_followed_the_share_is_not_known() -> None:
    young = kaplan_meier([Length(1, True), Length(2, False), Length(4, False)])
    assert young.known_until == 4
    assert lines_of(young)[1:] == [[3, "67", "5 à 95", 1, 1], [6, "–", "–", 0, 1], [10, "–", "–", 0, 1]]
    assert "10 mois" in survival_svg(young, "")
    assert survival_svg(young, "").count("67\u00a0%") == 1

    over = kaplan_meier([Length(1, True), Length(2, True)])
    assert [share for _months, share, *_others in lines_of(over)[1:]] == ["0", "0", "0"]


def test_when_everything_ended_the_curve_reaches_zero() -> None:
    assert kaplan_meier([Length(2, True), Length(2, True)]).at(2).share == 0


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 9, 14), date(2026, 12, 14), 3.0),
        (date(2026, 1, 31), date(2026, 2, 28), 1.0),
        (date(2026, 9, 14), date(2026, 9, 14), 0.0),
    ],
)
def test_whole_months_are_the_guidelines(start: date, end: date, months: float) -> None:
    assert months_long(start, end) == months


def test_a_day_short_of_three_months_is_less_than_three() -> None:
    assert 2.9 < months_long(date(2026, 9, 14), date(2026, 12, 13)) < 3
