"""How many relations and groups are to reach. Every page says it: the statement is written once for a set of rights."""

from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from guidelines.models import SUBJECTS, Flag
from people.access import Access
from people.models import User

MOST = 500
"""Statements kept by a process: one for each person who reads pages on a day."""
NOTHING = ""

_statements: dict[tuple[Access, date], tuple[str, tuple[Any, ...]]] = {}


def to_reach_count(user: User) -> int:
    """What ``attention`` counts as to reach, in all that the person may see. One query.

    Writing the statement takes Django several times longer than the database takes to answer it.
    """
    rights = user.access, user.local_date()
    if rights not in _statements:
        if len(_statements) >= MOST:
            _statements.clear()
        _statements[rights] = _statement(user)
    sql, parameters = _statements[rights]
    if sql == NOTHING:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS subjects", parameters)  # noqa: S608 (the ORM's own text)
        return int(cursor.fetchone()[0])


def _statement(user: User) -> tuple[str, tuple[Any, ...]]:
    rows = Flag.objects.rhythm_visible_to(user).to_reach(user.local_date()).order_by().values_list(*SUBJECTS).distinct()
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return NOTHING, ()
