"""A whole site of its own: PostgreSQL, Redis, two web servers, two workers and two beats, each killed and started."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tools.migrated import migrate
from tools.postgres import DURABLE, WALKED, Server, private_server
from tools.redis import answers, free_port
from tools.sources import ROOT
from tools.system import redis_server

PATIENCE_SECONDS = 120
REPLICAS = ("second", "third")
BIN = Path(sys.executable).parent


@dataclass
class Program:
    """A process by the command that starts it; ``ready`` says when it answers."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    ready: Callable[[], bool] = lambda: True
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self.ready, said=f"{self.name} answers")

    def kill(self, number: int = signal.SIGKILL) -> None:
        """At once, and whatever it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            self.process.wait()
            self.process = None

    @property
    def log(self) -> str:
        file = self.folder / f"{self.name}.log"
        return file.read_text(errors="replace") if file.exists() else ""


@dataclass
class Site:
    """``programs`` by name: web1, web2, redis, worker1, worker2, beat1, beat2.

    ``home`` is the server that the site began with, under whose folder replicas stand.
    """

    database: Server
    home: Server
    folder: Path
    environment: dict[str, str]
    ports: list[int]
    programs: dict[str, Program] = field(default_factory=dict)

    @property
    def tracebacks(self) -> int:
        """How many tracebacks the web servers wrote: a fault that is foreseen is one line."""
        return sum(self.programs[name].log.count("Traceback (most recent call last)") for name in ("web1", "web2"))

    def start(self, *names: str) -> None:
        for name in names:
            self.programs[name].start()

    def kill(self, *names: str) -> None:
        for name in names:
            self.programs[name].kill()


def wait_for(fact: Callable[[], bool], *, said: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Until it is so; a sentence of what never came true, after that many seconds."""
    given_up_at = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > given_up_at:
            raise TimeoutError(f"After {seconds:.0f} seconds it is not true that {said}.")
        time.sleep(0.05)


def serves(port: int) -> bool:
    """Whether a web server has loaded the product and says that it lives."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=PATIENCE_SECONDS) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def a_site(*, under: str = WALKED) -> Iterator[Site]:
    """A site whose database is migrated and empty and whose programs wait to be started; all gone when the block ends.

    ``under`` is the folder of the database's files.
    """
    with tempfile.TemporaryDirectory(prefix="faults-") as kept, private_server(DURABLE, under=under) as server:
        folder, ports, redis_port = Path(kept), [free_port(), free_port()], free_port()
        # The replicas' places are known from the start: whoever finds the first server gone asks the others.
        places = ",".join(str(place) for place in (server.folder, *(server.folder / name for name in REPLICAS)))
        url = f"postgres://accompagnement@/{places}/accompagnement?target_session_attrs=read-write"
        subprocess.run([server.programs / "createdb", "-h", server.folder, "-U", "accompagnement", "accompagnement"])
        migrate(server.url_of("accompagnement"))
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "CELERY_BROKER_URL": f"redis://127.0.0.1:{redis_port}/0",
            "CACHE_URL": f"redis://127.0.0.1:{redis_port}/1",
            "DJANGO_SETTINGS_MODULE": "accompagnement.settings",
            "PYTHONWARNINGS": "ignore",
            "IDLE_LOCK_SECONDS": "86400",
        }
        site = Site(server, server, folder, environment, ports)
        site.programs = {program.name: program for program in _programs(site, redis_port)}
        try:
            yield site
        finally:
            site.kill(*site.programs)
            if site.database is not server and site.database.is_up:
                site.database.stop()


def _programs(site: Site, redis_port: int) -> Iterator[Program]:
    redis = [str(redis_server()), "--port", str(redis_port), "--bind", "127.0.0.1", "--dir", str(site.folder)]
    redis += ["--save", "", "--appendonly", "no"]
    yield Program("redis", redis, site.environment, site.folder, lambda: answers(redis_port))
    for number, port in enumerate(site.ports, 1):
        web = [str(BIN / "gunicorn"), "accompagnement.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
        web += ["--worker-class", "gthread", "--workers", "1", "--threads", "4"]
        yield Program(f"web{number}", web, site.environment, site.folder, lambda port=port: serves(port))  # type: ignore[misc]
    celery = [str(BIN / "celery"), "--quiet", "--app", "accompagnement"]
    for number in (1, 2):
        work = [*celery, "worker", "--pool", "threads", "--concurrency", "1", "--hostname", f"worker{number}@%h"]
        yield Program(f"worker{number}", [*work, "--loglevel", "warning"], site.environment, site.folder)
        beat = [*celery, "beat", "--schedule", str(site.folder / f"beat{number}"), "--pidfile", ""]
        yield Program(f"beat{number}", [*beat, "--loglevel", "warning"], site.environment, site.folder)
