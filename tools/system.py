"""The programs that the tests need beside Python's packages."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path


def redis_server() -> str | None:
    return shutil.which("redis-server")


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def headless() -> str | None:
    """A browser that never opens a window: the same pages in two thirds of the time, where the distribution has it."""
    return shutil.which("chromium-headless-shell") or chromium()


def postgresql_bin() -> Path | None:
    """The folder of the newest PostgreSQL server's programs (Debian keeps them out of the PATH)."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def font(name: str) -> Path | None:
    return next(
        (path for root in ("/usr/share/fonts", "/usr/local/share/fonts") for path in Path(root).rglob(name)), None
    )


NEEDS: dict[str, Callable[[], object]] = {
    "redis-server": redis_server,
    "chromium": chromium,
    "postgresql": postgresql_bin,
    "fonts-dejavu-core": lambda: font("DejaVuSans.ttf"),
    "fonts-liberation": lambda: font("LiberationSans-Regular.ttf"),
    "libpango-1.0-0": lambda: ctypes.util.find_library("pango-1.0"),
    "libpangoft2-1.0-0": lambda: ctypes.util.find_library("pangoft2-1.0"),
}

LIGHTER: dict[str, Callable[[], object]] = {
    "chromium-headless-shell": lambda: shutil.which("chromium-headless-shell"),
}
"""What a run is faster with and does without: not every distribution has it."""

OPENERS: dict[str, Callable[[], object]] = {"libreoffice-calc-nogui": soffice}
"""What ``make check-formats`` opens our files with; the tests do without."""

BREAKERS: dict[str, Callable[[], object]] = {
    "faketime": lambda: shutil.which("faketime"),
    "pgbouncer": lambda: shutil.which("pgbouncer"),
}
"""What ``make faults`` sets a clock wrong with, and what it puts before the database."""

FRONTS: dict[str, Callable[[], object]] = {"caddy": lambda: shutil.which("caddy")}
"""What ``make cells`` puts before two cells."""


def missing(packages: Iterable[str] = NEEDS) -> list[str]:
    """The Debian packages, among these, whose content isn't on this machine."""
    return [package for package in packages if not (NEEDS | LIGHTER | OPENERS | BREAKERS | FRONTS)[package]()]


def provide(packages: Iterable[str] = NEEDS) -> list[str]:
    """Install what is missing where that can be done without asking; give what is missing still."""
    packages = list(packages)
    wanted = missing(packages)
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing", *wanted, flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *wanted]
        for command in (["apt-get", "update", "--quiet=2"], install):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        wanted = missing(packages)
    if wanted:
        print("Not on this machine:", *wanted, "(as root: apt-get install", *wanted, end=")\n", flush=True)
    return wanted


if __name__ == "__main__":
    sys.exit(1 if provide(sys.argv[1:] or NEEDS) else 0)
