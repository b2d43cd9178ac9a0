"""A database with every migration in it, made once for each state of the migrations and then copied by the tests."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


def fingerprint() -> str:
    """Sixteen letters that change with any migration of ours, or with the version of any package that has some."""
    files = [ROOT / "requirements.txt", *sorted(ROOT.glob("*/migrations/*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def migrate(url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True)


def sqlite_template() -> Path:
    """The file to copy: today's where it exists, else made now, in the place of those of other days."""
    VAR.mkdir(exist_ok=True)
    template = VAR / f"migrated-{fingerprint()}.sqlite3"
    if not template.exists():
        for former in VAR.glob("migrated-*.sqlite3"):
            former.unlink(missing_ok=True)
        # Under a name of its own until it is whole: several processes may find it missing at once.
        unfinished = VAR / f"migrated-{os.getpid()}.unfinished"
        migrate(f"sqlite:///{unfinished}")
        unfinished.replace(template)
    return template
