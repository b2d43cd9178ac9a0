"""What others' tools say of the five main pages: Lighthouse on a phone, and the Nu HTML checker.

They come from npm by name and version; the product itself needs neither Node nor Java.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.migrated import sqlite_template
from tools.serve import wait_until_it_answers
from tools.system import chromium

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE, NU = "lighthouse@12.8.2", "vnu-jar@26.9.27"
PAGES = (
    ("nadia.ferhat@rive-claire.example", "/semaine/"),
    ("nadia.ferhat@rive-claire.example", "/dyades/{dyad}/consigner/"),
    ("julie.archambault@rive-claire.example", "/vigilance/"),
    ("julie.archambault@rive-claire.example", "/tableau-de-bord/"),
    ("robert.gagne@rives.example", "/rapports/"),
)
FLOORS = {"performance": 98, "accessibility": 100, "best-practices": 100}
ATTEMPTS = 3
PORT = 8765


def needed() -> list[str]:
    """What is missing on this machine."""
    programs = {"npm (Node 20)": shutil.which("npm"), "java": shutil.which("java"), "chromium": chromium()}
    return [name for name, path in programs.items() if not path]


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """The demonstration, served as in production; gone when the block ends."""
    shutil.copy(sqlite_template(), folder / "demo.sqlite3")
    os.environ |= {"DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}", "STATIC_COLLECTED": "true"}
    subprocess.run([sys.executable, "-m", "tools.prepare"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, "-m", "gunicorn", "accompagnement.wsgi", "--bind", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen(
        [*command, "--threads", "4", "--log-level", "warning"], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{PORT}"
    try:
        if not wait_until_it_answers(address, server):
            raise RuntimeError("The demonstration does not answer.")
        yield address
    finally:
        server.terminate()
        server.wait(20)


def signed_in(email: str) -> str:
    """The cookie of a person who signed in."""
    from django.conf import settings
    from django.test import Client

    from people.models import User

    client = Client()
    client.force_login(User.objects.get(email=email), backend="people.backends.PersonBackend")
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def own_dyad(email: str) -> int:
    from mentoring.models import Dyad

    return Dyad.objects.filter(mentor__person__email=email, ends_on=None).values_list("pk", flat=True)[0]


def scores(url: str, cookie: str, folder: Path) -> dict[str, int]:
    """Lighthouse's scores of a page on a phone, out of 100."""
    report, headers = folder / "lighthouse.json", folder / "headers.json"
    headers.write_text(json.dumps({"Cookie": cookie}))
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--extra-headers={headers}", f"--only-categories={','.join(FLOORS)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"]
    environment = {**os.environ, "CHROME_PATH": chromium() or "", "npm_config_loglevel": "silent"}
    for left in reversed(range(ATTEMPTS)):
        # Its browser sometimes records nothing at all (NO_NAVSTART), which says nothing of the page.
        if not subprocess.run(command, cwd=folder, env=environment, check=not left).returncode:
            break
    said = json.loads(report.read_text())
    for audit in said["audits"].values():
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] == "binary":
            print(f"    {audit['id']}: {audit['title']}")
    return {name: round(100 * category["score"]) for name, category in said["categories"].items()}


def nu(pages: list[Path], folder: Path) -> list[str]:
    """The errors that the Nu HTML checker finds, one line each."""
    subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", str(folder), NU], check=True)
    jar = next(folder.rglob("vnu.jar"))
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, pages)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    messages = json.loads(told)["messages"]
    return [
        f"{Path(one['url']).name}, line {one.get('lastLine', '?')}: {one['message']}"
        for one in messages
        if one["type"] == "error"
    ]


def main() -> int:
    if missing := needed():
        print("Not on this machine, so not audited:", ", ".join(missing))
        return 0
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with demonstration(folder) as address:
            import django

            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accompagnement.settings")
            django.setup()
            kept = []
            for number, (email, path) in enumerate(PAGES, 1):
                url, cookie = address + path.format(dyad=own_dyad(email) if "{dyad}" in path else ""), signed_in(email)
                with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie})) as answer:
                    kept.append(folder / f"{number}{path.strip('/').replace('/', '-').replace('{dyad}', '')}.html")
                    kept[-1].write_bytes(answer.read())
                found = scores(url, cookie, folder)
                low = [f"{name} {found[name]}" for name, floor in FLOORS.items() if found[name] < floor]
                failed = failed or bool(low)
                print(f"{path:28}", *(f"{name} {score}" for name, score in found.items()), flush=True)
        errors = nu(kept, folder)
        print(f"Nu HTML checker: {len(errors)} errors in {len(kept)} pages.", *errors, sep="\n    ")
    return 1 if failed or errors else 0


if __name__ == "__main__":
    sys.exit(main())
