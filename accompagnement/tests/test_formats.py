"""Formats of Québec's French, where Django's own are wrong."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils import formats, translation

DAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def french():
    with translation.override("fr-ca"):
        yield


def written(value: object, by: str) -> str:
    return Template("{% load ui %}{{ value|" + by + " }}").render(Context({"value": value}))


def test_hours_minutes_and_weeks_are_those_of_quebec() -> None:
    assert formats.time_format(time(13, 40)) == "13\u00a0h\u00a040"
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
    assert formats.number_format(1234.5, 1, force_grouping=True) == "1\u00a0234,5"
    assert formats.date_format(DAY, "SHORT_DATE_FORMAT") == "2026-11-02"


@pytest.mark.parametrize(
    ("value", "by", "text"),
    [
        (DAY, "long_date", "le lundi 2 novembre 2026"),
        (date(2026, 12, 1), "long_date", "le mardi 1er décembre 2026"),
        (DAY, "spoken_date", "2 novembre 2026"),
        (datetime(2026, 12, 2, 2, tzinfo=UTC), "spoken_date", "1er décembre 2026"),
        (None, "spoken_date", ""),
        (499, "file_size", "1\u00a0ko"),
        (60_210, "file_size", "60\u00a0ko"),
        (1_440_000, "file_size", "1,4\u00a0Mo"),
        (DAY, "weekday_date", "lundi 2 novembre"),
        (DAY, "day_month", "2 novembre"),
        (DAY, "short_date", "2 nov."),
        (date(2027, 1, 1), "short_date", "1er janv."),
        (time(14, 30), "clock", "14\u00a0h\u00a030"),
        (time(8), "clock", "8\u00a0h"),
        (datetime(2026, 11, 23, 13, 52, tzinfo=UTC), "clock", "8\u00a0h\u00a052"),
        (0.654, "percent", "65\u00a0%"),
        (None, "long_date", ""),
        (None, "clock", ""),
        (None, "percent", ""),
    ],
)
def test_the_filters_write_as_the_screens_do(value: object, by: str, text: str) -> None:
    assert written(value, by) == text
