"""Each fault in turn on one site: ``python -m faults [name…]``, with ``SEED`` and ``TIMES`` from the environment."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faults.site import Site, a_site
from tools.postgres import WALKED
from tools.redis import free_port
from tools.system import BREAKERS, provide

NEEDED = ("postgresql", "redis-server")
DISK = "1200m"
PROGRAMS = ("redis", "web1", "web2", "worker1", "worker2", "beat1", "beat2")


@contextmanager
def small_disk() -> Iterator[str]:
    """A disk of its own for the database, where one may mount it; an ordinary folder elsewhere."""
    with tempfile.TemporaryDirectory(prefix="f", dir=WALKED) as folder:
        Path(folder).chmod(0o755)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=755", "faults", folder]
        mounted = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
        try:
            yield folder
        finally:
            if mounted:
                subprocess.run(["umount", folder], check=False)


def play(site: Site, names: list[str], seed: int, times: int) -> int:
    """Each fault asked for, on one site; the number of those that left something wrong."""
    import django

    django.setup()
    from faults import of_jobs, of_servers
    from faults.world import Fault, Seen, make_world

    every: list[Fault] = [
        of_servers.web_killed, of_servers.database_restarted, of_servers.broker_lost, of_servers.client_cut,
        of_servers.eight_at_once, of_servers.clock_ahead, of_servers.disk_full, of_jobs.evaluation_killed,
        of_jobs.evaluated_twice, of_jobs.mail_in_trouble, of_servers.replica_promoted,
        of_servers.replica_promoted_behind_a_pool,
    ]  # fmt: skip
    chosen = [fault for fault in every if not names or fault.__name__ in names]
    if unknown := set(names) - {fault.__name__ for fault in every}:
        print("Unknown:", *sorted(unknown), file=sys.stderr)
        return 2
    world, failed = make_world(site, random.Random(seed), times), 0
    site.start(*PROGRAMS)
    for fault in chosen:
        world.chance.seed(f"{seed} {fault.__name__}")
        since = time.monotonic()
        try:
            seen = fault(world)
        except (OSError, TimeoutError, subprocess.CalledProcessError) as error:
            seen = Seen(wrong=[f"{type(error).__name__}: {error}"])
        failed += bool(seen.wrong)
        print(
            f"{fault.__name__:<32}{'WRONG' if seen.wrong else 'holds':<8}{time.monotonic() - since:6.1f} s", flush=True
        )
        print(f"    {fault.__doc__}\n    counted {seen.counts}\n    moments {seen.moments}", flush=True)
        for sentence in seen.wrong:
            print(f"    WRONG: {sentence}", flush=True)
    return failed


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    if provide(NEEDED):
        return 1
    provide(BREAKERS)
    seed, times = int(os.environ.get("SEED") or time.time()), int(os.environ.get("TIMES") or 3)
    print(f"SEED={seed} TIMES={times}", flush=True)
    with small_disk() as disk, a_site(under=disk) as site:
        port = free_port()
        site.environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "EMAIL_TIMEOUT": "3", "SMTP_PORT": str(port)}
        os.environ |= site.environment
        return 1 if play(site, sys.argv[1:], seed, times) else 0


if __name__ == "__main__":
    sys.exit(main())
