"""The table of meetings: dyads that do not share their weeks stand in tables of their own."""

from datetime import date, timedelta

from programs.calendars.periods import WeekCell, WeekState
from reports.heatmap import heat_map
from reports.relations import Relation

MONDAY = date(2026, 9, 14)


def relation(pk: int, start: date) -> Relation:
    days = (start, start + timedelta(days=7), start, start + timedelta(days=4))
    return Relation(
        pk, 1, start, None, None, None, ("Inès", "Benali"), ("Marc", "Roy"), [WeekCell(*days, WeekState.MET, 1)]
    )


def test_each_table_has_a_title_of_its_own() -> None:
    weeks, cycles = relation(1, MONDAY), relation(2, MONDAY + timedelta(days=2))
    assert [table.title for table in heat_map([weeks], [], everyone=True).tables] == [
        heat_map([weeks], [], everyone=True).title
    ]
    titles = [table.title for table in heat_map([weeks, cycles], [], everyone=True).tables]
    assert len(set(titles)) == 2
