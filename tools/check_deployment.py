"""The commands of docs/deployment.md on a private PostgreSQL (``tests/deployment.py``), then the former version's code
at work on the schema of this one (``tools/former_version.py``)."""

import os
import subprocess
import sys

from tools import former_version
from tools.migrated import ROOT
from tools.postgres import private_cluster


def main() -> int:
    with private_cluster() as url:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "tests/deployment.py"]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=False)
    return done.returncode or former_version.main()


if __name__ == "__main__":
    sys.exit(main())
