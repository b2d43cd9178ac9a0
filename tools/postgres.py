"""A PostgreSQL of one's own, for tests and benchmarks."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools.system import postgresql_bin

# Nothing here outlives the run, so nothing is flushed to disk. The memory and the planner's costs are those of an
# ordinary small server on a solid-state disk: ten million meetings and their indexes take some 4 GB, and the
# benchmarks' references are read under the same settings as the work that they stand beside.
SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "1GB",
    "effective_cache_size": "3GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
}
# What is acknowledged outlives the server's death, and a replica may follow.
DURABLE = SPEED | {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "64MB",
    "max_wal_size": "128MB",
    "wal_level": "replica",
    "max_wal_senders": "4",
}

# Whatever TMPDIR says: the server's account must be able to walk there, and a socket's path is short.
WALKED = "/tmp"  # noqa: S108 (the folders made there have names that nobody guesses)


def _as_server(command: list[str | Path], folder: Path) -> None:
    """Run a server program; the server refuses to be root, so root borrows the account that Debian's package made."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    with (folder / "log").open("a") as log:
        subprocess.run(words, cwd="/", check=True, stdout=log, stderr=log)


@dataclass(frozen=True)
class Server:
    """A private server, by the folder of its data, socket and log; it can be stopped and started again."""

    programs: Path
    folder: Path
    settings: Mapping[str, str] = field(default_factory=lambda: SPEED)

    @property
    def url(self) -> str:
        """As django-environ reads it: host and database in the path. It is reachable by its socket only."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgres://accompagnement@/{self.folder}/{database}"

    @property
    def is_up(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    @property
    def pid(self) -> int:
        """Of the process that starts the others, while it is up."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        options = " ".join(f"-c {name}='{value}'" for name, value in self.settings.items())
        words: list[str | Path] = ["-w", "-o", f"-k {self.folder} {options}", "-l", self.folder / "server"]
        self._control(*words, "start")

    def stop(self, mode: str = "immediate") -> None:
        """« immediate » cuts every connection, as a server that is killed does."""
        self._control("-m", mode, "stop")

    def sibling(self, name: str) -> "Server":
        """Another server, in a folder of its own within this one's, where nothing is yet."""
        folder = self.folder / name
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        return Server(self.programs, folder, self.settings)

    def copy_to(self, replica: "Server") -> None:
        """Make a replica, which follows this server once it is started."""
        copy: list[str | Path] = [self.programs / "pg_basebackup", "-D", replica.folder / "data", "-h", self.folder]
        _as_server([*copy, "-U", "accompagnement", "-R", "-X", "stream", "-c", "fast"], replica.folder)

    def promote(self) -> None:
        self._control("-w", "promote")

    def obey(self, *statements: str) -> str:
        """Run statements in this server, one at a time; give what the last one says."""
        said = ""
        for statement in statements:
            command: list[str | Path] = [self.programs / "psql", "-h", self.folder, "-U", "accompagnement", "-d"]
            command += ["postgres", "-Atc", statement]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return said

    def _control(self, *words: str | Path) -> None:
        _as_server([self.programs / "pg_ctl", "-D", self.folder / "data", *words], self.folder)


@contextmanager
def private_cluster() -> Iterator[str]:
    """Give the URL of a new, empty server, gone when the block ends."""
    with private_server() as server:
        yield server.url


@contextmanager
def private_server(settings: Mapping[str, str] = SPEED, *, under: str = WALKED) -> Iterator[Server]:
    """A new, empty server, gone when the block ends; ``under`` holds its files, and may be a small disk."""
    programs = postgresql_bin()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not on this machine: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="accompagnement-", dir=under))
    server = Server(programs, folder, settings)
    try:
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
        initdb: list[str | Path] = [programs / "initdb", "-D", folder / "data", "-U", "accompagnement", "-A", "trust"]
        _as_server([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], folder)
        try:
            server.start()
            yield server
        finally:
            if server.is_up:
                server.stop()
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"PostgreSQL: {(folder / 'log').read_text()[-2000:]}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
