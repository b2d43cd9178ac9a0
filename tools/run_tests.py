"""The whole suite, on PostgreSQL and on SQLite, in servers that live as long as the run.

PostgreSQL comes first and takes the tests that reach a database without a browser; SQLite takes everything, so that
the last line on screen is that of the whole suite.
"""

import contextlib
import os
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from tools.postgres import private_cluster
from tools.system import provide

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
NO_TESTS = 5


def run(database: str, url: str, arguments: list[str]) -> bool:
    """Run pytest against one database; say whether it passed."""
    print(f"\n{database}", flush=True)
    everything = not arguments
    command = [sys.executable, "-m", "pytest", f"--junitxml={VAR / f'tests-{database}.xml'}"]
    command += ["-q", "-n", str(os.cpu_count() or 2), "--dist", "worksteal"] if everything else arguments
    suite = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url})
    try:
        code = suite.wait()
    except BaseException:
        # Interrupted rather than killed, pytest puts away what its tests started.
        suite.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            suite.wait(60)
        suite.kill()
        raise
    return code == 0 or (code == NO_TESTS and not everything)


def failures(database: str) -> str:
    """One line: what failed in the run on that database."""
    try:
        cases = ET.parse(VAR / f"tests-{database}.xml").iter("testcase")  # noqa: S314 (our own file)
    except (OSError, ET.ParseError):
        return f"{database}: the run broke off."
    names = [
        f"{case.get('classname')}::{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    ]
    return f"{database}: {len(names)} failed: {', '.join(names[:20])}"


def main() -> int:
    # Being told to stop must still stop the servers: an exception lets each block end.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    VAR.mkdir(exist_ok=True)
    arguments = sys.argv[1:]
    missing = provide()
    passed = True
    if "postgresql" in missing:
        print("PostgreSQL: skipped.", flush=True)
        passed = os.environ.get("CI") != "true"
    else:
        with private_cluster() as url:
            passed = run("postgresql", url, arguments)
    everything = run("sqlite", f"sqlite:///{VAR / 'tests.sqlite3'}", arguments)
    if not passed:
        print(failures("postgresql") if "postgresql" not in missing else "PostgreSQL was not tested.", flush=True)
    return 0 if passed and everything else 1


if __name__ == "__main__":
    sys.exit(main())
