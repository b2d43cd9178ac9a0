"""A kept plan gives what the statement itself gives."""

from datetime import date

import pytest
from django.db import connection, transaction

from people import prepared_statements
from people.sql import as_day, rows

DAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


def later(days: list[date], *, mark: int = 0) -> list[int]:
    query = (
        f"SELECT %(number)s + {mark} AS number, CASE WHEN {as_day('%(day)s')} > '{DAY}' THEN 1 ELSE 0 END AS is_later"
    )
    found = [rows(query, {"number": 1, "day": day}, keep_plan=True)[0] for day in days]
    assert {row["number"] for row in found} == {1 + mark}
    return [row["is_later"] for row in found]


@pytest.mark.django_db
def test_the_same_statement_with_other_values() -> None:
    assert later([DAY, TOMORROW, DAY]) == [0, 1, 0]


@pytest.mark.django_db
def test_more_statements_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared_statements, "MOST", 2)
    assert [later([TOMORROW], mark=mark) for mark in range(4)] == [[1]] * 4


@pytest.mark.django_db(transaction=True)
def test_a_plan_outlives_a_transaction_that_fails() -> None:
    with transaction.atomic():
        later([DAY], mark=50)
        transaction.set_rollback(True)
    assert later([TOMORROW], mark=50) == [1]
    connection.close()
    assert later([TOMORROW], mark=50) == [1]


@pytest.mark.django_db
def test_nothing_is_kept_behind_a_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert prepared_statements.kept("SELECT 1", {}) == "SELECT 1"
