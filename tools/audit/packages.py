"""pip-audit asks what is known of the locked packages; first of one that is known to be bad.

Where no service answers, or it knows nothing of that one, nothing was learnt: that is said, and is no pass.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.audit.explained import PACKAGES
from tools.audit.outcome import Outcome
from tools.sources import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
KNOWN_TO_BE_BAD = "django==4.2.0"
PATIENCE_SECONDS = 120


def ask(lock: Path, *more: str) -> list[dict[str, Any]]:
    """What is said of each package of a lock file; [] where nobody answers."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--format", "json", "--disable-pip"]
    command += ["--progress-spinner", "off", *more]
    try:
        told = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        packages: list[dict[str, Any]] = json.loads(told.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return []
    return packages


def ask_of_packages() -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        bad = Path(folder) / "bad.txt"
        bad.write_text(f"{KNOWN_TO_BE_BAD}\n")
        if not any(one.get("vulns") for one in ask(bad, "--no-deps")):
            return Outcome(unknown="no vulnerability service answers here: the locked packages were not looked up")
    faults, asked = list[str](), set[str]()
    for lock in LOCKS:
        for one in ask(ROOT / lock, "--require-hashes"):
            asked.add(one["name"])
            if "skip_reason" in one:
                faults.append(f"{one['name']}: {one['skip_reason']}")
            faults += [
                f"{one['name']} {one['version']}: {bad['id']}, mended in {', '.join(bad['fix_versions']) or 'none'}"
                for bad in one.get("vulns", ())
                if bad["id"] not in PACKAGES
            ]
    if not asked:
        return Outcome(unknown="the lock files could not be looked up")
    return Outcome(f"{len(asked)} locked packages looked up", sorted(set(faults)))
