"""The commands of docs/deployment.md, run as they are written, on a machine that is only a folder and a PostgreSQL.

``make check-deployment``: nine programs of Django's one after the other are too slow for the suite.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pyrage

from tests.own_server import EMPTY
from tests.own_server import run as run_on
from tools.postgres import Server
from tools.sources import ROOT

DOCUMENT = ROOT / "docs/deployment.md"


def test_the_commands_do_what_they_say(db: None, spare_server: Server, tmp_path: Path) -> None:
    """Checked, served, watched, saved and put back."""
    run_on(spare_server, "createdb", "-T", EMPTY, "deployed")
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(str(identity))
    for folder in ("lib", "metrics"):
        (tmp_path / folder).mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    typed = {
        "DATABASE_URL": spare_server.url_of("deployed"),
        "BACKUP_RECIPIENTS": str(identity.to_public()),
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "CELERY_BROKER_URL": "redis://127.0.0.1:9/0",
        "CACHE_URL": "redis://127.0.0.1:9/1",
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
    }
    script = re.sub("set -a;", lambda found: f"{edit(typed, tmp_path)}\nset -a;", commands(), count=1)
    for there, here in (("/opt", ROOT), ("/etc", tmp_path / "etc"), ("/var/lib", tmp_path / "lib")):
        script = script.replace(f"{there}/accompagnement", str(here))
    environment = {
        "PATH": f"{spare_server.programs}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PGHOST": str(spare_server.folder),
        "PGUSER": "accompagnement",
        "BIND": f"127.0.0.1:{port}",
        "WEB_PROCESSES": "1",
        "KEY": str(tmp_path / "key"),
        **{name: value for name, value in os.environ.items() if name.startswith("PYTHON")},
    }
    # However it ends, the server that it leaves in the background ends too.
    words = ["bash", "-euo", "pipefail", "-c", f"trap 'kill $(jobs -p)' EXIT\n{script}"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for sentence in (
        "System check identified no issues",
        r"^ok",
        "accompagnement_request_seconds_count",
        r"rows of \d+ tables, \d+ bytes; 0 older ones deleted",
        "counts and sums are the same",
    ):
        assert re.search(sentence, done.stdout, re.M), (sentence, done.stdout, done.stderr)


def commands() -> str:
    return "".join(re.findall(r"^```sh\n(.*?)^```", DOCUMENT.read_text(), re.S | re.M))


def edit(typed: dict[str, str], folder: Path) -> str:
    """What a technician types into the file of settings."""
    said = "; ".join(f"s|^{name}=.*|{name}={value}|" for name, value in typed.items())
    return f"sed -i '{said}' {folder}/etc/env"


def test_docker_compose_reads_our_file(tmp_path: Path) -> None:
    """Read by Docker Compose itself; nothing is started, for want of a Docker."""
    tool = tmp_path / "tool"
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", str(tool), "--require-hashes"]
    subprocess.run([*install, "--requirement", "requirements-compose.txt"], cwd=ROOT, check=True)
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    (tmp_path / "deploy/compose.env").write_text((ROOT / "deploy/accompagnement.env").read_text())
    said = {"POSTGRES_PASSWORD": "secret", "PUBLIC_NAME": "accompagnement.example", "PYTHONPATH": str(tool)}
    command = [
        sys.executable,
        str(tool / "bin/docker-compose"),
        "-f",
        "deploy/compose.yml",
        "config",
        "--format",
        "json",
    ]
    read = subprocess.run(command, cwd=tmp_path, env=os.environ | said, capture_output=True, text=True, check=False)
    assert read.stdout, read.stderr  # it may end well on a file that it refuses
    services = json.loads(read.stdout)["services"]
    ours = {name for name, service in services.items() if "build" in service}
    assert ours == {"migrate", "web", "worker", "beat"}
    for name in ours:
        assert (
            services[name]["environment"]["DATABASE_URL"] == "postgres://accompagnement:secret@database/accompagnement"
        )
        assert services[name]["environment"]["ACCOMPAGNEMENT_PRODUCTION"] == "1"
    for name in ours - {"migrate"}:
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
