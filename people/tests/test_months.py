"""Months at the ends of the calendar."""

from datetime import date

from people.months import latest_start


def test_before_the_first_month_nobody_can_have_started() -> None:
    assert latest_start(date(1, 2, 1), 3) == date.min
    assert latest_start(date(1, 4, 1), 3) == date.min
    assert latest_start(date(1, 4, 2), 3) == date(1, 1, 2)
