"""The commands of docs/deployment.md on a private PostgreSQL (``tests/deployment.py``)."""

import os
import subprocess
import sys

from tools.migrated import ROOT
from tools.postgres import private_cluster


def main() -> int:
    with private_cluster() as url:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "tests/deployment.py"]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
