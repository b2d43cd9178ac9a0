"""Every linter, one after the other; the tests run the same list."""

import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
TOOLS = Path(PYTHON).parent

PRODUCTION = {
    "ACCOMPAGNEMENT_PRODUCTION": "true",
    "ALLOWED_HOSTS": "accompagnement.example",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "PUBLIC_URL": "https://accompagnement.example",
    "CACHE_URL": "redis://127.0.0.1:6379/1",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


@dataclass(frozen=True)
class Step:
    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run it from the project's folder, away from any database that serves."""
        environment = {**os.environ, "DATABASE_URL": "sqlite://:memory:", **self.environment}
        environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
        return subprocess.run(
            self.command,
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )


STEPS = (
    Step("format", (str(TOOLS / "ruff"), "format", "--check", ".")),
    Step("ruff", (str(TOOLS / "ruff"), "check", ".")),
    Step("layers", (str(TOOLS / "lint-imports"),)),
    Step("templates", (str(TOOLS / "djlint"), "--lint", "--quiet", "templates")),
    Step("french", (PYTHON, "-m", "tools.french_lint")),
    Step("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
    Step("deployment", (PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    Step("types", (str(TOOLS / "mypy"), ".")),
)


def main() -> int:
    failed = []
    for step in STEPS:
        started = time.monotonic()
        result = step.run()
        print(
            f"{step.name:<12}{'ok' if result.returncode == 0 else 'FAILED':<8}{time.monotonic() - started:5.1f} s",
            flush=True,
        )
        if result.returncode:
            failed.append(step.name)
            print(result.stdout, flush=True)
    if failed:
        print("Failed:", *failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
