"""The former version at work on the new schema: its code, its data, our migrations, and what people ask most.

``FORMER`` names a commit; else it is the newest tag, else the commit before the last one that changed a migration. It
runs with today's packages: what is shown is the schema, not the lock file.
"""

import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.postgres import Server, private_server
from tools.redis import free_port
from tools.sources import ROOT

PATIENCE_SECONDS = 120
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"\s+value="([^"]*)"')
DYAD = re.compile(r"/dyades/(\d+)/")
SAID = {"day": "other", "minutes": "25", "channel": "in_person", "second": "on", "late_reason": "Un essai"}
"""Of the form of a meeting: the rest keeps what the page proposes."""
CAST = re.compile(r"^(\S.*?)\s{2,}\S.*?\s(\S+@\S+)$", re.MULTILINE)
PASSWORD = re.compile(r"^Mot de passe\s:\s(\S+)$", re.MULTILINE)
TEACHER = 0
"""Of the sign-ins that ``demo --cast`` prints, whose week is asked for: the resource teacher's."""


def former() -> str:
    """The commit to run."""
    if named := os.environ.get("FORMER"):
        return git("rev-parse", "--verify", f"{named}^{{commit}}")
    if tags := git("tag", "--sort=-creatordate", "--merged", "HEAD").split():
        return git("rev-parse", f"{tags[0]}^{{commit}}")
    return git("rev-parse", git("log", "-1", "--format=%H", "--", "*/migrations/0*.py") + "^")


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="former-") as folder:
        place = Path(folder) / "code"
        git("worktree", "add", "--detach", "--quiet", str(place), commit)
        try:
            (place / "var").mkdir(exist_ok=True)
            yield place
        finally:
            git("worktree", "remove", "--force", str(place))


class Visitor:
    """Somebody with a browser: cookies kept, redirections followed."""

    def __init__(self, host: str) -> None:
        self.host, jar = host, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def ask(self, path: str, said: dict[str, str] | None = None) -> tuple[str, str]:
        """Where the answer came from at last, and its text; an answer 400 or above is an ``HTTPError``."""
        body = urllib.parse.urlencode(said).encode() if said else None
        with self.opener.open(self.host + path, body, timeout=PATIENCE_SECONDS) as answer:
            return answer.url.removeprefix(self.host), answer.read().decode()

    def fill(self, path: str, **said: str) -> str:
        """Send the form of a page with what its hidden fields hold; give where it leads."""
        return self.ask(path, dict(HIDDEN.findall(self.ask(path)[1])) | said)[0]


def manage(place: Path, environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=place, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def meetings(server: Server) -> int:
    command: list[str | Path] = [server.programs / "psql", "-h", server.folder, "-U", "accompagnement", "-d", "live"]
    command += ["-Atc", "SELECT count(*) FROM mentoring_dyadmeeting WHERE status = 'held'"]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def live(host: str, email: str, password: str) -> None:
    """Sign in, open the week, log a meeting, read the dyad."""
    visitor = Visitor(host)
    came_to = visitor.fill("/comptes/login/", login=email, password=password)
    expect("/comptes/" not in came_to, f"signing in leads to {came_to}")
    place, week = visitor.ask("/semaine/")
    found = DYAD.search(week)
    expect(place == "/semaine/" and found is not None, "the week shows no dyad")
    assert found is not None  # noqa: S101 (just expected)
    number, yesterday = found[1], time.strftime("%Y-%m-%d", time.localtime(time.time() - 86_400))
    led_to = visitor.fill(f"/dyades/{number}/consigner/", other_on=yesterday, **SAID)
    expect("consigner" not in led_to, "the meeting was not taken")
    visitor.ask(f"/dyades/{number}/")


def expect(fact: bool, otherwise: str) -> None:
    if not fact:
        raise RuntimeError(otherwise)


def serve(place: Path, environment: dict[str, str], port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "gunicorn", "accompagnement.wsgi", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "--log-level", "warning"], cwd=place, env=environment)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/").read()
        except OSError:
            if time.monotonic() > deadline or process.poll() is not None:
                process.kill()
                raise
            time.sleep(0.2)
        else:
            return process


def main() -> int:
    commit = former()
    print("The former version:", git("log", "-1", "--format=%h %s", commit), flush=True)
    with checked_out(commit) as place, private_server() as server:
        subprocess.run([server.programs / "createdb", "-h", server.folder, "-U", "accompagnement", "live"], check=True)
        environment = {**os.environ, "DATABASE_URL": server.url_of("live"), "CACHE_URL": "locmemcache://former"}
        manage(place, environment, "migrate", "--verbosity", "0")
        manage(place, environment, "demo")
        cast = manage(place, environment, "demo", "--cast")
        (_role, email), password = CAST.findall(cast)[TEACHER], PASSWORD.findall(cast)[0]
        waiting = manage(ROOT, environment, "migrate", "--plan").count("\n    ")
        manage(ROOT, environment, "migrate", "--verbosity", "0")
        print(f"Its data, with our migrations on them ({waiting} operations).", flush=True)
        before = meetings(server)
        for name, code in (("the former code", place), ("ours", ROOT)):
            port = free_port()
            process = serve(code, environment, port)
            try:
                live(f"http://127.0.0.1:{port}", email, password)
            except (RuntimeError, urllib.error.HTTPError) as error:
                print(f"WRONG: {name}: {error}", file=sys.stderr)
                return 1
            finally:
                process.terminate()
                process.wait()
            before += 1
            if meetings(server) != before:
                print(f"WRONG: {name}: the meeting is not there", file=sys.stderr)
                return 1
            print(f"Signed in, week, a meeting logged, the dyad's page: {name}.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
