"""A PostgreSQL that a test may stop: a copy of the run's migrated database, on a server that is nobody else's."""

import itertools
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.conf import settings
from django.db import connection

from tools.postgres import DURABLE, Server, private_server

EMPTY = "empty"
numbers = itertools.count()


@pytest.fixture(scope="session")
def spare_server(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Server]:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL is not the database of this run")
    here = connection.settings_dict
    with private_server(DURABLE) as server:
        if role := settings.DATABASE_WALL_ROLE:  # of the server: no dump holds it
            run(server, "createuser", "--no-login", role)
        run(server, "createdb", EMPTY)
        dumped = subprocess.run(
            [server.programs / "pg_dump", "-h", here["HOST"], "-U", here["USER"], here["NAME"]],
            check=True,
            stdout=subprocess.PIPE,
        )
        run(server, "psql", "-q", "-d", EMPTY, input=dumped.stdout)
        yield server


def run(server: Server, program: str, *words: str, input: bytes | None = None) -> bytes:
    command = [str(server.programs / program), "-h", str(server.folder), "-U", "accompagnement", *words]
    return subprocess.run(command, check=True, input=input, stdout=subprocess.PIPE).stdout


@pytest.fixture
def own_server(transactional_db: None, spare_server: Server) -> Iterator[Server]:
    """Everything of this test happens there, threads included: ask for it before the cast."""
    name = f"own{next(numbers)}"
    run(spare_server, "createdb", "-T", EMPTY, name)
    with move_to(spare_server, name):
        yield spare_server


def move_to(server: Server, name: str) -> AbstractContextManager[None]:
    """Another database is the default one, in every thread, until the block ends."""
    return moved(HOST=str(server.folder), NAME=name)


@contextmanager
def moved(**elsewhere: str) -> Iterator[None]:
    here = connection.settings_dict
    before = {key: here[key] for key in elsewhere}
    connection.close()
    here.update(elsewhere)
    try:
        yield
    finally:
        connection.close()
        here.update(before)
