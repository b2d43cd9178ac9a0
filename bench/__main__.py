"""Run the benchmarks: ``SIZE=school``, ``board`` (the default) or ``province``, on servers that live for the run.

The province runs on PostgreSQL alone; the smaller sizes on SQLite too.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.postgres import private_cluster
from tools.sources import ROOT


def run(size: str, url: str) -> int:
    """In a process of its own, since Django reads its settings once."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "accompagnement.settings"}
    return subprocess.run([sys.executable, "-m", "bench.run", size], cwd=ROOT, env=environment).returncode


def main() -> int:
    # Being told to stop must still put the server away, and its gigabytes: an exception lets the block end.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    size = os.environ.get("SIZE") or "board"
    if size not in ("school", "board", "province"):
        print(f"SIZE={size} is unknown: school, board or province.", file=sys.stderr)
        return 2
    with private_cluster() as url:
        failed = run(size, url)
    if size != "province":
        with tempfile.TemporaryDirectory() as folder:
            failed = run(size, f"sqlite:///{Path(folder) / 'bench.sqlite3'}") or failed
    return failed


if __name__ == "__main__":
    sys.exit(main())
