"""What processes hold and what they take of the processor, while they are asked; Linux tells it of each."""

import os
import statistics
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

EVERY_SECONDS = 2
FEWEST = 12
GROWTH, SLACK_MEGABYTES = 1.05, 5
PSS = "Pss:"


@dataclass
class Watched(threading.Thread):
    """The proportional share of memory (MB) of each process that ``parent`` started, again and again until told."""

    parent: int
    stopped: threading.Event = field(default_factory=threading.Event)
    held: dict[int, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    """By process, the moments and what was held then."""

    def __post_init__(self) -> None:
        threading.Thread.__init__(self, daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.stopped.wait(EVERY_SECONDS):
            for pid in children(self.parent):
                if (megabytes := share(pid)) is not None:
                    self.held[pid].append((time.time(), megabytes))

    def stop(self) -> None:
        self.stopped.set()
        self.join()

    def growth(self, since: float) -> list[tuple[float, float]]:
        """By process watched long enough: what it held in the second quarter of the time since then, and in the last.

        The first quarter is left out: templates, translations and connections come in then, once.
        """
        found = []
        for watched in self.held.values():
            held = [megabytes for moment, megabytes in watched if moment >= since]
            if len(held) >= FEWEST:
                quarter = len(held) // 4
                found.append((statistics.median(held[quarter : 2 * quarter]), statistics.median(held[-quarter:])))
        return found


def is_flat(before: float, after: float) -> bool:
    return after <= before * GROWTH + SLACK_MEGABYTES


def children(parent: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def share(pid: int) -> float | None:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(PSS)), None)


def worked(parent: int) -> float:
    """Seconds of processor that a process, its children and those of them that ended have taken."""
    ticks = 0
    for pid in (parent, *children(parent)):
        try:
            # After the name, which may hold spaces: utime, stime, and those of the children that were waited for.
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, words[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def load() -> str:
    """How many processes want a processor, those of others included: over the last minute, as the machine says it."""
    return Path("/proc/loadavg").read_text().split()[0]
