"""bandit reads every source that serves, as ``pyproject.toml`` says; what it finds is explained or a fault."""

import json
import subprocess
import sys

from tools.audit.explained import SOURCES
from tools.audit.outcome import Excuses, Outcome
from tools.sources import ROOT

SERVES = ("accompagnement", "people", "programs", "mentoring", "guidelines", "reports", "exchange", "deploy")


def read_sources() -> Outcome:
    command = [sys.executable, "-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "--format", "json"]
    command += ["--recursive", *SERVES, "manage.py"]
    told = json.loads(subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout)
    excuses, faults = Excuses(SOURCES), [f"{one['filename']}: {one['reason']}" for one in told["errors"]]
    for one in told["results"]:
        place = one["filename"].removeprefix("./")
        if not excuses.cover(one["test_id"], place):
            faults.append(f"{place}:{one['line_number']}: {one['test_id']} {one['issue_text']}")
    lines = told["metrics"]["_totals"]["loc"]
    return Outcome(
        f"{lines} lines, {len(told['results'])} findings, all but {len(faults)} explained", [*faults, *excuses.idle()]
    )
