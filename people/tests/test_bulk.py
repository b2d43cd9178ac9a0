"""Many rows at once say what one by one would, on both databases, and leave the others alone."""

from datetime import date

import pytest
from django.db import DataError, connection, transaction

from people.bulk import Values, new_keys, overwrite, store
from people.models import School, SchoolBoard, Student

pytestmark = pytest.mark.django_db
NAMES = ["O’Neil", "D'Arcy", "100 % Léa", 'Tab\t"', "{a}", "\\N"]


@pytest.fixture
def rows() -> list[Values]:
    """Not stored yet: names that a statement might trip over, with and without a birth date."""
    board = SchoolBoard.objects.create(key="est", name="Est")
    school = School.objects.create(board=board, key="e", name="École")
    blank = Student(board=board, school=school, grade=1)
    return [
        {field.attname: getattr(blank, field.attname) for field in Student._meta.concrete_fields}
        | {"id": pk, "key": f"e{pk}", "given_name": name, "birth_date": date(2014, 5, 17) if pk % 2 else None}
        for pk, name in zip(new_keys(Student, len(NAMES)), NAMES, strict=True)
    ]


def test_rows_are_stored_as_given(rows: list[Values]) -> None:
    store(Student, rows)
    assert list(Student.objects.order_by("pk").values()) == rows
    assert not {row["id"] for row in rows} & set(new_keys(Student, 2))


def test_rows_named_are_overwritten_and_no_others(rows: list[Values]) -> None:
    store(Student, rows)
    changed = rows[1:4]
    for row in changed:
        row.update(given_name=f"{row['given_name']}'s", birth_date=None, grade=2)
    overwrite(Student, [{name: row[name] for name in ("id", "given_name", "birth_date", "grade")} for row in changed])
    assert list(Student.objects.order_by("pk").values()) == rows


def test_nothing_to_write_is_nothing(rows: list[Values]) -> None:
    store(Student, [])
    overwrite(Student, [])
    assert not Student.objects.exists()


def test_what_is_too_long_is_refused_rather_than_cut(rows: list[Values]) -> None:
    """SQLite knows no length: it keeps the whole name."""
    long = [{**rows[0], "given_name": "a" * 121}]
    if connection.vendor == "sqlite":
        store(Student, long)
        assert len(Student.objects.get().given_name) == 121
        return
    with pytest.raises(DataError), transaction.atomic():
        store(Student, long)
