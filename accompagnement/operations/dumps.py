"""A whole database to a file and back, with what each table held at that very moment."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction

from accompagnement.operations import fingerprints
from accompagnement.operations.fingerprints import Prints

LOCK_SECONDS = 10
"""How long a restore waits for whoever still uses the tables."""

OF_LIBPQ = ("hostaddr", "passfile", "service", "sslcert", "sslkey", "sslmode", "sslrootcert", "target_session_attrs")
"""Options of ``DATABASE_URL`` by which PostgreSQL's programs reach the same server."""


class Failed(Exception):
    """A sentence for who runs the command."""


def dump(file: Path) -> Prints:
    """Write the database to a file, read the file back, and give what each table holds in it.

    On PostgreSQL one snapshot is counted and dumped, while people write; on SQLite the copy itself is counted.
    """
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(here())) as whole, closing(sqlite3.connect(file)) as copy:
            whole.backup(copy, progress=impatient())
            (said,) = copy.execute("PRAGMA integrity_check").fetchone()
            if said != "ok":
                raise Failed(f"SQLite says of its own copy: {said}")
            return fingerprints.of_sqlite(copy)
    with snapshot() as name:
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}", f"--file={file}")
        found = fingerprints.of_postgresql()
    run("pg_restore", "--file=/dev/null", str(file))
    return found


def here() -> str:
    return str(connection.settings_dict["NAME"])


def impatient() -> Callable[[int, int, int], None]:
    """What SQLite tells after each step of a copy, which it would try again for ever while somebody writes."""
    given_up_at = time.monotonic() + LOCK_SECONDS

    def told(status: int, left: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > given_up_at:
            raise Failed("The database is in use: stop the services first.")

    return told


@contextmanager
def snapshot() -> Iterator[str]:
    """One moment of the database, which other connections may read too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def load(file: Path) -> Prints:
    """Put a dump in the place of everything that the database holds; give what each table holds now.

    All of it, or what was there stays: one transaction empties and fills.
    """
    if connection.vendor == "sqlite":
        connection.close()
        with closing(sqlite3.connect(file)) as copy, closing(sqlite3.connect(here())) as whole:
            copy.backup(whole, progress=impatient())
            return fingerprints.of_sqlite(whole)
    script = file.with_suffix(".sql")
    run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
    connection.close()
    emptied = f"SET lock_timeout = '{LOCK_SECONDS}s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    quiet = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
    run("psql", *quiet, "--single-transaction", f"--command={emptied}", f"--file={script}")
    script.unlink()
    run("vacuumdb", "--analyze-only", "--quiet")
    with transaction.atomic():
        return fingerprints.of_postgresql()


def run(program: str, *words: str) -> None:
    """One of PostgreSQL's programs on this database, whose password is on no command line."""
    found = shutil.which(program, path=os.pathsep.join([*fitting(), os.environ.get("PATH", "")]))
    if found is None:
        raise Failed(f"{program} is missing: apt-get install postgresql-client")
    done = subprocess.run([found, *words], env=environment(), text=True, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise Failed(f"{program}: {done.stderr.strip()[-500:]}")


def fitting() -> list[str]:
    """Where Debian keeps them: those of the server's own version first, then newer ones.

    An older ``pg_dump`` refuses a newer server, and what a newer ``pg_restore`` says an older server does not know.
    """
    server = connection.get_database_version()[0]
    versions = {float(folder.parent.name): str(folder) for folder in Path("/usr/lib/postgresql").glob("*/bin")}
    return [versions[one] for one in sorted(versions, key=lambda one: (one < server, one))]


def environment() -> dict[str, str]:
    here = connection.settings_dict
    said = {"PGHOST": here["HOST"], "PGPORT": here["PORT"], "PGUSER": here["USER"], "PGPASSWORD": here["PASSWORD"]}
    options = {f"PG{name.replace('_', '').upper()}": here["OPTIONS"].get(name) for name in OF_LIBPQ}
    said |= {"PGDATABASE": here["NAME"], **options}
    return {**os.environ, **{name: str(value) for name, value in said.items() if value}}
