"""The demonstration: web server, Celery worker and beat, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60


def port_wanted() -> int:
    """The port to serve on; exits with one sentence when it can't be had."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} is not a port number.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            sys.exit(f"Port {text} is reserved to root: choose another one, make demo PORT=8001.")
        except OSError:
            sys.exit(
                f"Port {text} is taken by another program: choose another one, make demo PORT={int(text) % 65535 + 1}."
            )
    return int(text)


def wait_until_it_answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/sante/", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def main() -> int:
    port = port_wanted()
    environment = {
        **os.environ,
        "PORT": str(port),
        "STATIC_COLLECTED": "true",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    print("Preparing the database and the demonstration…", flush=True)
    prepare = [sys.executable, "-m", "tools.prepare", "--cast"]
    prepared = subprocess.run(prepare, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, check=False)
    if prepared.returncode:
        return 1
    server = subprocess.Popen(
        [sys.executable, "-m", "honcho", "--procfile", "Procfile", "start"], cwd=ROOT, env=environment
    )
    # Ctrl-C reaches the whole group, and honcho stops its own; being told to stop is passed on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: server.send_signal(signal.SIGTERM))
    address = f"http://127.0.0.1:{port}"
    if not wait_until_it_answers(address, server):
        server.terminate()
        server.wait()
        print("The server did not start: the lines above say why.", file=sys.stderr)
        return 1
    print(f"\n{prepared.stdout}\nAccompagnement answers at {address} (Ctrl-C stops it)\n", flush=True)
    server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
