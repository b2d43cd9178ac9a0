"""Odd words in every field of every form, and a world that is made of them, on a PostgreSQL of its own."""

import os
import re
import subprocess
import sys

from tools.audit.outcome import Outcome
from tools.postgres import private_cluster
from tools.run_tests import migrated
from tools.sources import ROOT
from tools.system import postgresql_bin

TESTS = ("tests/test_hostile_forms.py", "tests/test_odd_words_kept.py")


def send_odd_words() -> Outcome:
    if postgresql_bin() is None:
        return Outcome(unknown="PostgreSQL is not on this machine: no odd word was sent")
    with private_cluster() as url:
        environment = {**os.environ, "DATABASE_URL": url, "MIGRATED_DATABASE": migrated("postgresql", url)}
        environment |= {"EVERY_ODD_WORD": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "--show-capture=no", *TESTS]
        ran = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    last = re.sub(r"=+", "", ran.stdout.strip().rpartition("\n")[2]).strip()
    return Outcome(last, [] if ran.returncode == 0 else [ran.stdout[-20_000:]])
