"""The second wall: with every ``visible_to`` broken, PostgreSQL still shows no row of another board (decision 0055)."""

from collections.abc import Callable, Iterator
from contextlib import closing

import psycopg2
import pytest
from django.apps import apps
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accompagnement.demo.cast import PASSWORD, Cast
from exchange.tests.api import ROOT, program_of
from guidelines.evaluation import evaluate_board
from people import wall
from people.kept import _statements
from people.models import School, Student, User
from people.wall import building, paths
from people.wall.checks import faults
from people.wall.driver import WalledCursor
from programs.models import SupportGroup
from tests.told import names_of

pytestmark = pytest.mark.on_postgresql


@pytest.fixture(autouse=True)
def only_here(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no wall")


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Every ``visible_to`` gives every row; how many were broken."""
    broken = set[type]()
    for model in apps.get_models():
        manager = model._default_manager
        if hasattr(manager, "visible_to"):
            for scoped in (type(manager), type(manager.all())):
                broken |= {one for one in scoped.__mro__ if "visible_to" in vars(one)}
    for one in broken:
        monkeypatch.setattr(one, "visible_to", lambda self, *args, **options: self.all())
    _statements.clear()
    yield len(broken)
    _statements.clear()


def addresses(cast: Cast) -> list[str]:
    """Lists, what a program reads, and pages of the other board, asked for by their number."""
    read = ("dyad-meetings", "dyads", "findings", "group-leads", "group-meetings", "groups", "mentors", "schools")
    return [
        *(reverse(name) for name in ("dyads", "groups", "calendar")),
        *(f"{ROOT}/{name}?limit=200" for name in read),
        f"{ROOT}/dyad-meetings.csv",
        reverse("dyad", args=[cast.other_dyad.pk]),
        reverse("group", args=[cast.other_group.pk]),
        reverse("program", args=[cast.other_mentoring.pk]),
    ]


def leaks(cast: Cast, asked: list[str], client: Client) -> list[str]:
    """The addresses where a person of the first board reads a name of the other."""
    names, found, program = names_of(cast.other_board), list[str](), program_of(cast.julie)
    for url in asked:
        answer = (program if url.startswith(ROOT) else client).get(url)
        content = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert answer.status_code in (200, 404), (url, answer.status_code)
        if any(name in content for name in names):
            found.append(url)
    return found


def test_with_every_filter_forgotten_nothing_of_another_board_is_read(
    cast: Cast, client_of: Callable[[User], Client], forgotten: int, settings: Settings
) -> None:
    assert forgotten > 30
    evaluate_board(cast.other_board, on=cast.on)
    asked, client = addresses(cast), client_of(cast.julie)
    assert leaks(cast, asked, client) == []
    settings.DATABASE_WALL_ROLE = ""
    assert leaks(cast, asked, client) == asked, "without the wall, each of these tells"


def counts(models: list[type[Model]], *boards: int | None) -> list[dict[str, int]]:
    """By table, how many rows plain SQL finds behind the wall of each board; None stands for no wall."""
    found = []
    for board in boards:
        with wall.standing(None if board is None else (board,)), connection.cursor() as cursor:
            tables = [one._meta.db_table for one in models]
            cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))  # noqa: S608
            found.append(dict(cursor.fetchall()))
    return found


def test_plain_sql_finds_the_rows_of_one_board_in_every_table(numbered_cast: Cast) -> None:
    cast = numbered_cast
    models = [one for one in apps.get_models(include_auto_created=True) if paths.condition_of(one)]
    ours, theirs, nobody, everything = counts(models, cast.board.pk, cast.other_board.pk, -1, None)
    assert set(nobody.values()) == {0}
    assert {table: ours[table] + theirs[table] for table in ours} == everything
    shared = {table for table in ours if ours[table] and theirs[table]}
    assert {"people_student", "mentoring_dyadmeeting", "programs_attendance", "people_membership"} <= shared


def test_nothing_is_written_to_another_board(cast: Cast) -> None:
    with wall.of_board(cast.board.pk):
        assert Student._base_manager.filter(pk=cast.other_student.pk).update(given_name="Autre") == 0
        assert SupportGroup._base_manager.filter(pk=cast.other_group.pk)._raw_delete(using="default") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            School.objects.create(board=cast.other_board, name="Ailleurs", key="ailleurs")
        assert School.objects.create(board=cast.board, name="Ici", key="ici").pk
    cast.other_student.refresh_from_db()
    assert cast.other_student.given_name != "Autre"


def test_a_connection_keeps_nothing_of_the_wall(cast: Cast) -> None:
    """As a pool in transaction mode lends it: each statement by itself, then transactions with errors in them."""
    said = connection.get_connection_params() | {"cursor_factory": WalledCursor}
    with closing(psycopg2.connect(**said)) as own:
        own.autocommit = True
        with own.cursor() as cursor:

            def who() -> tuple[str, str]:
                cursor.execute("SELECT current_user, current_setting('accompagnement.boards', true)")
                user, boards = cursor.fetchone() or ("", "")
                return user, boards

            outside = who()
            with wall.of_board(7):
                assert who() == (wall.role(), "7")
                cursor.execute("SELECT %s, '%%'", ["x"])
                assert cursor.query == b"SELECT 'x', '%'"
                with own.cursor("held", withhold=True) as held:
                    held.execute("SELECT current_setting('accompagnement.boards') FROM generate_series(1, %s)", [3])
                    assert held.fetchmany(2) + held.fetchall() == [("7",)] * 3
            assert who()[0] == outside[0]
            own.autocommit = False
            with wall.of_board(7):
                cursor.execute("SAVEPOINT one")
                with pytest.raises(psycopg2.Error):
                    cursor.execute("SELECT 1/0")
                cursor.execute("ROLLBACK TO SAVEPOINT one")
                assert who() == (wall.role(), "7")
                with wall.of_board(8):
                    assert who() == (wall.role(), "8")
                with wall.down("a test"):
                    assert who()[0] == outside[0]
                with pytest.raises(psycopg2.NotSupportedError):
                    cursor.copy_expert("COPY people_user TO STDOUT", None)
            assert who()[0] == outside[0]


def test_who_is_not_known_yet_still_comes_in(cast: Cast) -> None:
    client = Client()
    assert client.post(reverse("account_login"), {"login": cast.julie.email, "password": "faux"}).status_code == 422
    answer = client.post(reverse("account_login"), {"login": cast.julie.email, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert cast.school.name in answer.content.decode()
    client = Client()
    client.post(reverse("account_reset_password"), {"email": cast.julie.email})
    link = next(word for word in str(mail.outbox[0].body).split() if "/reset/key/" in word)
    page = client.get(link, follow=True)
    chosen = {"password1": "un-long-mot-de-passe", "password2": "un-long-mot-de-passe"}
    assert client.post(page.redirect_chain[-1][0], chosen).status_code == 302
    cast.julie.refresh_from_db()
    assert cast.julie.check_password("un-long-mot-de-passe")


def test_what_weakens_the_wall_is_said_and_migrate_mends_it() -> None:
    assert list(faults("default")) == []
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY wall ON people_student")
        cursor.execute("ALTER TABLE people_guardian DISABLE ROW LEVEL SECURITY")
        cursor.execute(f'ALTER ROLE "{wall.role()}" BYPASSRLS')
    sees_all, differs = faults("default")
    assert "BYPASSRLS" in sees_all
    assert "people_guardian, people_student" in differs
    building.build("default", apps)
    assert list(faults("default")) == [sees_all]
