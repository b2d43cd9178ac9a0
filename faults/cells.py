"""A board that moves from one cell to another by its own bundle, while the others of the first are answered.

``make cells``. A cell is a whole product for some boards; what stands in front (``deploy/Caddyfile.cells``) knows which
cell holds which board.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from faults.site import BIN, Program, serves, wait_for
from tools.migrated import migrate
from tools.postgres import DURABLE, Server, private_server
from tools.redis import answers, free_port
from tools.sources import ROOT
from tools.system import provide

NEEDED = ("postgresql", "caddy")
MOVES, STAYS = "synthetic-01", "synthetic-02"
DOMAIN = "boards.example"
PATIENCE_SECONDS = 60
FEWEST_ANSWERS = 20


@dataclass
class Cell:
    """A database and a web server before it."""

    server: Server
    folder: Path
    name: str
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.server.url_of("cell"),
            "CELERY_BROKER_URL": "redis://127.0.0.1:9/0",
            "CACHE_URL": "locmemcache://cell",
            "DJANGO_SETTINGS_MODULE": "accompagnement.settings",
            "ALLOWED_HOSTS": f".{DOMAIN},127.0.0.1",
            "PYTHONWARNINGS": "ignore",
        }

    def run(self, *words: str) -> str:
        command = [sys.executable, *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def manage(self, *words: str) -> str:
        return self.run("manage.py", *words)

    def cookie(self, board: str) -> str:
        """Of a lead of the board, who has just signed in here."""
        return self.run("-m", "faults.cells", "cookie", board).split()[-1]

    def web(self) -> Program:
        command = [str(BIN / "gunicorn"), "accompagnement.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--log-level", "warning"]
        return Program(self.name, command, self.environment, self.folder, lambda: serves(self.port))


class Front:
    """Caddy, with the file that is deployed, told anew where the boards are."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.admin = folder / "front", free_port(), free_port()
        self.folder.mkdir()
        address = f"http://*.{DOMAIN}:{self.port}"
        self.environment = {**os.environ, "BOARDS": address, "DIRECTORY": f"http://{DOMAIN}:{self.port}"}
        self.environment |= {"HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)}
        self.file = self.folder / "Caddyfile"
        options = f"{{\n\tadmin 127.0.0.1:{self.admin}\n\tauto_https off\n}}\n"
        self.file.write_text(options + (ROOT / "deploy/Caddyfile.cells").read_text())
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(self.file)]
        self.program = Program("front", command, self.environment, folder, lambda: answers(self.port))
        (self.folder / "domains.map").write_text(f"rives.example {MOVES}.{DOMAIN}\n")

    def say(self, places: dict[str, str]) -> None:
        lines = [f"{board}.{DOMAIN} {place}\n" for board, place in places.items()]
        (self.folder / "boards.map").write_text("".join(lines))
        if self.program.process is not None:
            words = ["--adapter", "caddyfile", "--config", str(self.file), "--address", f"127.0.0.1:{self.admin}"]
            subprocess.run(["caddy", "reload", *words], env=self.environment, check=True, capture_output=True)

    def ask(self, host: str, path: str, cookie: str = "") -> tuple[str, str]:
        """The status and where it leads, as whoever follows a board's name gets it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", path, headers={"Host": host, "Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            return str(answer.status), answer.getheader("Location") or ""
        except (OSError, HTTPException) as error:
            return type(error).__name__, ""
        finally:
            connection.close()

    def week(self, board: str, cookie: str) -> str:
        return self.ask(f"{board}.{DOMAIN}", "/semaine/", cookie)[0]


@dataclass
class Neighbour(threading.Thread):
    """Somebody of a board that stays, who asks for their week without a rest."""

    front: Front
    cookie: str
    stopped: threading.Event = field(default_factory=threading.Event)
    answers: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0

    def __post_init__(self) -> None:
        threading.Thread.__init__(self, daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.stopped.wait(0.1):
            since = time.monotonic()
            self.answers[self.front.week(STAYS, self.cookie)] += 1
            self.longest = max(self.longest, time.monotonic() - since)


def two_cells(stack: ExitStack, folder: Path) -> tuple[Cell, Cell]:
    """The first with three boards, the second empty, each on its own PostgreSQL."""
    first, second = (Cell(stack.enter_context(private_server(DURABLE)), folder, name) for name in ("first", "second"))
    for cell in (first, second):
        program(cell.server, "createdb", "cell")
    migrate(first.server.url_of("cell"))
    program(second.server, "createuser", "--no-login", "accompagnement_walled")
    dumped = program(first.server, "pg_dump", "cell")
    program(second.server, "psql", "--quiet", "--dbname", "cell", said=dumped)
    first.run("-m", "faults.cells", "fill")
    return first, second


def program(server: Server, name: str, *words: str, said: bytes | None = None) -> bytes:
    command = [str(server.programs / name), "-h", str(server.folder), "-U", "accompagnement", *words]
    return subprocess.run(command, check=True, input=said, stdout=subprocess.PIPE).stdout


def move(first: Cell, second: Cell, front: Front, folder: Path) -> list[str]:
    """Close the board, take it out, bring it in, compare, open it there; give what is wrong."""
    at_first, at_second = (f"127.0.0.1:{cell.port}" for cell in (first, second))
    wrong, since = [], time.monotonic()
    front.say({MOVES: "closed", STAYS: at_first})
    if (said := front.week(MOVES, "")) != "503":
        wrong.append(f"a board that moves answers {said}")
    bundles = [folder / f"{cell.name}.zip" for cell in (first, second)]
    first.manage("export_bundle", "--board", MOVES, str(bundles[0]))
    second.manage("import_bundle", str(bundles[0]))
    second.manage("export_bundle", "--board", MOVES, str(bundles[1]))
    if bundles[0].read_bytes() != bundles[1].read_bytes():
        wrong.append("what the second cell takes out is not what it was given")
    found = [cell.manage("evaluate", "--board", MOVES, "--dry-run", "--json") for cell in (first, second)]
    size, count = bundles[0].stat().st_size // 1000, len(found[0].splitlines())
    print(f"bundle {size} kB, findings {count}")
    if found[0] != found[1] or not found[0].strip():
        wrong.append("the findings are others in the second cell")
    front.say({MOVES: at_second, STAYS: at_first})
    if (said := front.week(MOVES, second.cookie(MOVES))) != "200":
        wrong.append(f"the board that moved answers {said}")
    print(f"closed for {time.monotonic() - since:.1f} s", flush=True)
    return wrong


def play() -> list[str]:
    with tempfile.TemporaryDirectory(prefix="cells-") as kept, ExitStack() as stack:
        folder = Path(kept)
        first, second = two_cells(stack, folder)
        front = Front(folder)
        front.say(dict.fromkeys((MOVES, STAYS), f"127.0.0.1:{first.port}"))
        for one in (first.web(), second.web(), front.program):
            stack.callback(one.kill)
            one.start()
        if (said := front.week(MOVES, first.cookie(MOVES))) != "200":
            return [f"before it moves, the board answers {said}"]
        neighbour = Neighbour(front, first.cookie(STAYS))
        neighbour.start()
        wait_for(lambda: sum(neighbour.answers.values()) > 0, said="a neighbour is answered")
        wrong = move(first, second, front, folder)
        neighbour.stopped.set()
        neighbour.join()
        print(f"neighbours meanwhile: {dict(neighbour.answers)}, longest wait {neighbour.longest:.1f} s")
        if set(neighbour.answers) != {"200"} or neighbour.answers["200"] < FEWEST_ANSWERS:
            wrong.append("the boards that stay were not answered meanwhile")
        led = front.ask(DOMAIN, "/?domaine=rives.example"), front.ask(DOMAIN, "/?domaine=ailleurs.example")
        if led != (("302", f"https://{MOVES}.{DOMAIN}/"), ("404", "")):
            wrong.append(f"the directory answers {led}")
        return wrong


def fill() -> None:
    """Three boards of thirty dyads."""
    from django.utils import timezone

    from accompagnement.synthetic.generate import generate
    from accompagnement.synthetic.shape import Size

    generate(Size(3, 3, 90, 9, 30, 30), on=timezone.localdate(), years=2)


def print_cookie(board: str) -> None:
    from django.test import Client

    from people.access import Role
    from people.models import User

    lead = User.objects.filter(board__key=board, memberships__role=Role.PROGRAM_LEAD).first()
    assert lead is not None  # noqa: S101 (each school has one)
    client = Client()
    client.force_login(lead, backend="people.backends.PersonBackend")
    print(f"sessionid={client.cookies['sessionid'].value}")


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    if sys.argv[1:]:
        import django

        django.setup()
        fill() if sys.argv[1] == "fill" else print_cookie(sys.argv[2])
        return 0
    if provide(NEEDED):
        return 1
    wrong = play()
    for sentence in wrong:
        print(f"WRONG: {sentence}.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
