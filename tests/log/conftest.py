from collections.abc import Callable

import pytest
from django.test import Client

from accompagnement.demo.cast import Cast
from people.models import User
from programs.models import Program
from tests.log.book import Book
from tests.log.kinds import KINDS, MEETINGS


@pytest.fixture(autouse=True)
def following_calls(cast: Cast) -> None:
    """Support calls are logged in a programme that follows them."""
    Program.objects.update(support_calls_from=cast.calendar.current.starts_on)


@pytest.fixture(params=KINDS, ids=str)
def book(request: pytest.FixtureRequest, cast: Cast, client_of: Callable[[User], Client]) -> Book:
    """The log of a relation, for each kind of record in turn; for fewer of them under ``only``."""
    return Book(cast, request.param.relation, request.param, client_of)


@pytest.fixture(params=MEETINGS, ids=lambda kind: str(kind.relation))
def meetings(request: pytest.FixtureRequest, cast: Cast, client_of: Callable[[User], Client]) -> Book:
    """The meetings of a dyad, then of a group."""
    return Book(cast, request.param.relation, request.param, client_of)


@pytest.fixture
def each(cast: Cast, client_of: Callable[[User], Client]) -> list[Book]:
    """All kinds of records, for what is told of the whole log."""
    return [Book(cast, kind.relation, kind, client_of) for kind in KINDS]
