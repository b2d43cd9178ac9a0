"""A Redis of one's own, for tests."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tools.system import redis_server

PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def private_redis() -> Iterator[str]:
    """Give the URL of a new, empty server; it is gone when the block ends."""
    program = redis_server()
    if program is None:
        raise FileNotFoundError("Redis is not on this machine: apt-get install redis-server")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="accompagnement-redis-") as folder:
        command = [
            program,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder,
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not answers(port):
                if server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("redis-server did not start.")
                time.sleep(0.02)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(PATIENCE_SECONDS)
