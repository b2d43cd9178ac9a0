"""The statutory days of Québec, against dates checked by hand on calendars of 2026 to 2029."""

from datetime import date

import pytest

from programs.calendars.statutory import statutory_holidays

YEARS = {
    2026: "2026-07-01 2026-09-07 2026-10-12 2026-12-24 2026-12-25 2026-12-26 2026-12-31 "
    "2027-01-01 2027-01-02 2027-03-26 2027-03-29 2027-05-24 2027-06-24",
    2027: "2027-07-01 2027-09-06 2027-10-11 2027-12-24 2027-12-25 2027-12-26 2027-12-31 "
    "2028-01-01 2028-01-02 2028-04-14 2028-04-17 2028-05-22 2028-06-24",
    2028: "2028-07-01 2028-09-04 2028-10-09 2028-12-24 2028-12-25 2028-12-26 2028-12-31 "
    "2029-01-01 2029-01-02 2029-03-30 2029-04-02 2029-05-21 2029-06-24",
}


@pytest.mark.parametrize("year", YEARS)
def test_thirteen_days_a_school_year(year: int) -> None:
    days = statutory_holidays(date(year, 7, 1), date(year + 1, 7, 1))
    assert " ".join(map(str, days)) == YEARS[year]
    assert days[date(year, 7, 1)] == "fête du Canada"


def test_the_range_is_half_open() -> None:
    assert statutory_holidays(date(2026, 12, 25), date(2026, 12, 25)) == {}
    assert list(statutory_holidays(date(2026, 12, 25), date(2026, 12, 26))) == [date(2026, 12, 25)]
    assert list(statutory_holidays(date(2026, 12, 31), date(2027, 1, 3))) == [
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 1, 2),
    ]


@pytest.mark.parametrize("year", [2026, 2032, 2037])
def test_the_patriots_monday_comes_before_25_may(year: int) -> None:
    days = [day for day, name in statutory_holidays(date(year, 5, 1), date(year, 6, 1)).items() if "patriotes" in name]
    assert [(day.weekday(), date(year, 5, 18) <= day <= date(year, 5, 24)) for day in days] == [(0, True)]
