"""What every test stands on: one database file per process, nothing left in the cache, no skip on the CI."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator

import pytest

from tests.patience import PATIENCE_SECONDS

# The browser's driver runs an event loop in the main thread, which Django would mistake for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# Models and templates live as long as the run: looking through them again and again for cycles costs a tenth of it.
gc.set_threshold(100_000, 50, 100)

CI = os.environ.get("CI") == "true"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}

pytest_plugins = ["tests.services", "tests.browser", "tests.cast", "tests.numbered", "tests.own_server"]


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CELERY_BROKER_URL = "memory://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by the fixtures asked for; leave to the other database what it proves for both; long tests first."""
    chosen: list[pytest.Item] = []
    set_aside: list[pytest.Item] = []
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        (chosen if is_proved_here(item) and not lacks_files(item) else set_aside).append(item)
    config.hook.pytest_deselected(items=set_aside)
    items[:] = sorted(
        chosen,
        key=lambda item: 0 if item.get_closest_marker("lint") else 1 if item.get_closest_marker("browser") else 2,
    )


def is_proved_here(item: pytest.Item) -> bool:
    """Whether the test is of this run's database, of the two that ``tools.run_tests`` runs side by side.

    The rules and the files are proved on both; on SQLite, browsers, what reaches no database and what is marked
    ``once``; on PostgreSQL, every address for every role, what locks before it writes (entries, corrections,
    structure), and the pages marked ``on_postgresql``: the two share the time that pages take.
    ``EVERYTHING_TWICE=1`` proves all on both.
    """
    from django.conf import settings

    beside = os.environ.get("BESIDE")
    if os.environ.get("EVERYTHING_TWICE") or beside is None:
        return True
    on_postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if item.get_closest_marker("on_postgresql"):
        return on_postgresql or not beside
    fixtures = set(getattr(item, "fixturenames", ()))
    reaches_database = item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES
    is_of_pages = item.get_closest_marker("browser") or item.get_closest_marker("once")
    return not on_postgresql or bool(reaches_database and not is_of_pages)


def lacks_files(item: pytest.Item) -> bool:
    """Whether it is a test on each file of a folder that holds none: there is nothing to skip."""
    skip = item.get_closest_marker("skip")
    return skip is not None and str(skip.kwargs.get("reason", "")).startswith("got empty parameter set")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which is a failure with CI=true: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, which is a failure with CI=true: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite in a file: a live server and a worker need connections of their own. What is migrated is copied.

    ``MIGRATED_DATABASE`` names what to copy; without it SQLite's is the one of the last run (``tools.migrated``), and
    PostgreSQL's is kept with ``--reuse-db``.
    """
    from django.conf import settings

    from tools.migrated import sqlite_template

    database = settings.DATABASES["default"]
    template = os.environ.get("MIGRATED_DATABASE")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(file)
        database["OPTIONS"]["timeout"] = PATIENCE_SECONDS
        shutil.copy(template or sqlite_template(), file)
    elif template:
        database.setdefault("TEST", {})["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """What was copied is kept; every migration is in it."""
    from django.db import connection

    copied = connection.vendor == "sqlite" or bool(os.environ.get("MIGRATED_DATABASE"))
    return copied or request.config.getvalue("reuse_db")


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Sign-in limits live in the cache; the language and the zone of the last page live in the thread."""
    yield
    from django.core.cache import cache
    from django.utils import timezone, translation

    cache.clear()
    translation.deactivate()
    timezone.deactivate()
