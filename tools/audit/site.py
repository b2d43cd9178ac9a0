"""wapiti attacks the demonstration, signed in and not; what it finds is explained or a fault.

Its requirements can't live beside ours, so ``uv`` runs it in a place of its own, at one version.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tools.audit.explained import SITE
from tools.audit.outcome import Excuses, Outcome

WAPITI = "wapiti3==3.2.3"
MODULES = (
    "cookieflags",
    "crlf",
    "csp",
    "exec",
    "file",
    "http_headers",
    "methods",
    "permanentxss",
    "redirect",
    "sql",
    "xss",
)
"""Those that need no machine outside."""
AS = {"signed in": "julie.archambault@rive-claire.example", "signed out": ""}
TO_LOOK_SECONDS, TO_ATTACK_SECONDS = 30, 10
"""For pages, and then for each module."""
ENDS_SESSION = ("comptes/logout/*", "comptes/password/*", "appareils/*")
NOT_FOLLOWED = ("invente/*", "langue/*", "apparence/*")
"""What would take away what it looks at; the buttons of every page's foot, which it would take for so many forms."""
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (a field's name)


FEWEST_PAGES = {"signed in": 30, "signed out": 10}
"""With less it saw next to nothing, and its silence says nothing."""


def of_its_own() -> list[str]:
    uv = Path(sys.executable).parent / "uv"
    return [str(uv), "tool", "run", "--quiet", "--python", sys.executable, "--from", WAPITI, "wapiti"]


def is_there() -> bool:
    """Whether uv can have it here."""
    try:
        return not subprocess.run(
            [*of_its_own(), "--version"], check=False, capture_output=True, timeout=180
        ).returncode
    except subprocess.TimeoutExpired:
        return False


def attack(address: str, cookie: str, folder: Path) -> dict[str, Any]:
    """Its report."""
    report = folder / "wapiti.json"
    command = [*of_its_own(), "--url", f"{address}/", "--scope", "domain", "--module", ",".join(MODULES)]
    command += ["--max-scan-time", str(TO_LOOK_SECONDS), "--max-attack-time", str(TO_ATTACK_SECONDS)]
    command += ["--flush-session", "--store-session", str(folder), "--store-config", str(folder), "--no-bugreport"]
    command += ["--format", "json", "--output", str(report), "--verbose", "0", "--timeout", "10", "--skip", TOKEN]
    for words in (*NOT_FOLLOWED, *(ENDS_SESSION if cookie else ())):
        command += ["--exclude", f"{address}/{words}"]
    if cookie:
        # Its forms pass with the cookie that their token goes with. « --drop-set-cookie » would drop these two as well.
        command += ["--header", f"Cookie: {cookie}; csrftoken={secrets.token_hex(16)}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=600)
    told: dict[str, Any] = json.loads(report.read_text())
    return told


def findings(told: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The kind, the path and the words of each."""
    for kinds in (told["vulnerabilities"], told["anomalies"]):
        for kind, found in kinds.items():
            yield from ((kind, urlsplit(one["path"]).path, f"{one['method']} {one['info']}") for one in found)


def let_in(address: str, cookie: str) -> bool:
    """Whether a page opens: one who is shut out finds nothing, which says nothing."""
    asked = urllib.request.Request(f"{address}/menu/", headers={"Cookie": cookie})
    with urllib.request.urlopen(asked) as answer:
        return "/comptes/login/" not in answer.url


def attack_site() -> Outcome:
    if not is_there():
        return Outcome(unknown=f"uv can't have {WAPITI} here: the site was not attacked")
    from tools.web_audit import demonstration, signed_in

    excuses, faults, seen, unseen = Excuses(SITE), list[str](), list[str](), list[str]()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accompagnement.settings")
    with tempfile.TemporaryDirectory() as name, demonstration(Path(name)) as address:
        import django

        django.setup()
        for how, email in AS.items():
            cookie = signed_in(email) if email else ""
            told = attack(address, cookie, Path(name))
            pages = told["infos"]["crawled_pages_nbr"]
            seen.append(f"{pages} pages {how}")
            if pages < FEWEST_PAGES[how]:
                unseen.append(how)
            if cookie and not let_in(address, cookie):
                faults.append(f"{how}: it was shut out")
            for kind, path, words in findings(told):
                if not excuses.cover(kind, path):
                    faults.append(f"{how}, {path}: {kind}: {words}")
    left = f"{', '.join(seen)}: it hardly saw the site {' nor '.join(unseen)}" if unseen else ""
    return Outcome(", ".join(seen), sorted({*faults, *excuses.idle()}), left)
