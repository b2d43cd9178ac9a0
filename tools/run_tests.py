"""The whole suite, on PostgreSQL and on SQLite at once, in servers that live as long as the run.

SQLite takes everything and is shown as it goes; PostgreSQL takes the tests that reach a database without a browser,
and is shown when both are over.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import IO

from tools.migrated import ROOT, VAR, migrate, sqlite_template
from tools.postgres import private_cluster
from tools.system import LIGHTER, postgresql_bin, provide

LOG = VAR / "tests-postgresql.log"
SQLITE = f"sqlite:///{VAR / 'tests.sqlite3'}"
NO_TESTS = 5
Popen = subprocess.Popen[str]


def migrated(database: str, url: str) -> str:
    """A database with every migration in it, which each process of the suite then copies; give its name."""
    if database == "sqlite":
        return str(sqlite_template())
    server = url.rpartition("/")[0]
    programs = postgresql_bin()
    assert programs is not None  # noqa: S101 (its server runs)
    folder = server.partition("@/")[2]
    subprocess.run([programs / "createdb", "-h", folder, "-U", "accompagnement", "migrated"], check=True)
    migrate(f"{server}/migrated")
    return "migrated"


@contextlib.contextmanager
def suite(
    database: str, url: str, template: str, arguments: list[str], output: IO[str] | None, *, beside: str
) -> Iterator[Popen]:
    """Start pytest against copies of a migrated database; put it away when the block is left before it ends.

    ``beside`` names the other database of the run, which shares the tests (``conftest.is_proved_here``).
    """
    command = [sys.executable, "-m", "pytest", f"--junitxml={VAR / f'tests-{database}.xml'}"]
    command += arguments or ["-q", "-n", str(os.cpu_count() or 2), "--dist", "worksteal"]
    environment = {**os.environ, "DATABASE_URL": url, "MIGRATED_DATABASE": template, "BESIDE": beside}
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output, text=True)
    try:
        yield running
    finally:
        if running.poll() is None:
            # Interrupted rather than killed, pytest puts away what its tests started.
            running.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(60)
            running.kill()


def passed(running: Popen, arguments: list[str]) -> bool:
    code = running.wait()
    return code == 0 or (code == NO_TESTS and bool(arguments))


def main() -> int:
    # Being told to stop must still stop the servers: an exception lets each block end.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    VAR.mkdir(exist_ok=True)
    # Compiled once for all the processes of the run, whatever the machine's habit.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(VAR / "bytecode")
    arguments = sys.argv[1:]
    provide(LIGHTER)
    if "postgresql" in provide():
        print("PostgreSQL: skipped.", flush=True)
        with suite("sqlite", SQLITE, migrated("sqlite", SQLITE), arguments, None, beside="") as on_sqlite:
            return 0 if passed(on_sqlite, arguments) and os.environ.get("CI") != "true" else 1
    with private_cluster() as url, LOG.open("w+") as log:
        with ThreadPoolExecutor() as pool:
            server, file = pool.map(migrated, ("postgresql", "sqlite"), (url, SQLITE))
        # Side by side, either one works while the other waits for a server or a browser.
        with (
            suite("postgresql", url, server, arguments, log, beside="sqlite") as on_postgresql,
            suite("sqlite", SQLITE, file, arguments, None, beside="postgresql") as on_sqlite,
        ):
            passed_both = passed(on_sqlite, arguments) & passed(on_postgresql, arguments)
        log.seek(0)
        print(f"\nPostgreSQL, beside it\n{log.read()}", flush=True)
    return 0 if passed_both else 1


if __name__ == "__main__":
    sys.exit(main())
