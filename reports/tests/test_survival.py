"""The curve against numbers worked out by hand."""

from datetime import date
from math import exp, log, sqrt

import pytest

from reports.survival import Length, kaplan_meier, months_long

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


def test_every_relationship_is_in_one_of_four_counts_and_they_add_up() -> None:
    lives = kaplan_meier([*LENGTHS, Length(5, ended=False, planned=True)])
    for months, counts in ((0, (8, 0, 0, 0)), (3, (4, 3, 0, 1)), (5, (2, 3, 1, 2)), (10, (0, 4, 1, 3))):
        told = (lives.beyond(months), lives.ended_by(months), lives.planned_by(months), lives.shorter_by(months))
        assert told == counts
        assert sum(told) == 8


def test_the_curve_turns_grey_where_fewer_than_ten_are_still_followed() -> None:
    assert kaplan_meier([Length(months, ended=False) for months in range(1, 13)]).thin_from == 3
    assert kaplan_meier([Length(months, ended=False) for months in range(1, 10)]).thin_from == 0


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
