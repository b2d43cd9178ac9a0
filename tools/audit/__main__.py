"""Each step, a line for each: exit 1 when one finds what is not explained.

What this machine can't tell (no service, no program) is said again in the end; ``STRICT=1`` makes a fault of it.
``python -m tools.audit [step…]`` for some of them; one alone ends with 3 when nothing could be told.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from tools.audit.outcome import Outcome
from tools.audit.packages import ask_of_packages
from tools.audit.site import attack_site
from tools.audit.sources import read_sources
from tools.audit.words import send_odd_words
from tools.lint import STEPS as LINT_STEPS
from tools.sources import ROOT

FUZZ_SECONDS = 40
NOT_KNOWN = 3


def deploy() -> Outcome:
    [step] = [one for one in LINT_STEPS if one.name == "deployment"]
    ran = step.run()
    return Outcome("no warning under the settings of production", [ran.stdout] if ran.returncode else [])


def fuzz() -> Outcome:
    command = [sys.executable, "-m", "tools.fuzz_api"]
    environment = {"FUZZ_SECONDS": str(FUZZ_SECONDS), **os.environ}
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    asked = [line for line in ran.stdout.splitlines() if " requests, answered" in line]
    total = sum(int(line.split()[0]) for line in asked)
    said = f"{total} requests to the API, as {len(asked)} people"
    return Outcome(said, [f"{ran.stdout}{ran.stderr[-4000:]}"] if ran.returncode or not total else [])


STEPS: dict[str, Callable[[], Outcome]] = {
    "bandit": read_sources,
    "pip-audit": ask_of_packages,
    "deployment": deploy,
    "schemathesis": fuzz,
    "wapiti": attack_site,
    "words": send_odd_words,
}
LANES = (("bandit", "pip-audit", "deployment", "schemathesis", "wapiti"), ("words",))
"""What is done side by side, a core each."""


def one(name: str) -> int:
    """One step, here; what it found on the lines below its own."""
    since = time.monotonic()
    found = STEPS[name]()
    state = "FAILED" if found.faults else "unknown" if found.unknown else "ok"
    print(f"{name:<14}{state:<9}{time.monotonic() - since:5.0f} s  {found.unknown or found.said}")
    for fault in found.faults:
        print(f"    {fault}")
    return 1 if found.faults else NOT_KNOWN if found.unknown else 0


def lane(names: Sequence[str]) -> dict[str, int]:
    """Each in a process of its own, since some set where the database is."""
    codes: dict[str, int] = {}
    for name in names:
        command = [sys.executable, "-m", "tools.audit", name]
        ran = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        print(ran.stdout or f"{name:<14}FAILED\n{ran.stderr[-4000:]}", end="", flush=True)
        codes[name] = ran.returncode
    return codes


def main() -> int:
    wanted = sys.argv[1:]
    if unknown := set(wanted) - set(STEPS):
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}.")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / "var" / "bytecode")
    if len(wanted) == 1:
        return one(wanted[0])
    since = time.monotonic()
    lanes = [[name for name in names if not wanted or name in wanted] for names in LANES]
    with ThreadPoolExecutor() as side_by_side:
        codes = {name: code for done in side_by_side.map(lane, lanes) for name, code in done.items()}
    left = [name for name, code in codes.items() if code == NOT_KNOWN]
    failed = [name for name, code in codes.items() if code not in (0, NOT_KNOWN)]
    print(f"{len(codes)} steps in {time.monotonic() - since:.0f} s.")
    if left:
        print("Not audited here:", ", ".join(left))
    if failed:
        print("Failed:", ", ".join(failed))
    return 1 if failed or (left and os.environ.get("STRICT")) else 0


if __name__ == "__main__":
    sys.exit(main())
