"""People who log meetings without a rest, and send again what nobody answered: what was acknowledged must be there."""

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode
from uuid import UUID, uuid4

CSRF = "0123456789abcdef" * 2
PATIENCE_SECONDS = 20
AGAIN_SECONDS = 0.2
FORM = "application/x-www-form-urlencoded"
Slot = tuple[int, date]
"""A dyad and a day on which it has no meeting yet."""


@dataclass
class Tally:
    """What the servers answered, and what they acknowledged, by the key of its form."""

    answers: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[UUID, Slot] = field(default_factory=dict)
    unsettled: list[UUID] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """Answers 500, which no fault excuses."""
        return self.answers["500"]


def send(port: int, cookie: str, slot: Slot, key: UUID, *, cut: bool = False) -> str:
    """Log one meeting; give the status, where it leads, or the name of what went wrong on the way.

    ``cut``: the person leaves in the middle of what they send.
    """
    dyad, on = slot
    said = {"entry_uuid": str(key), "day": "other", "other_on": on.isoformat(), "minutes": "25"}
    said |= {"channel": "in_person", "second": "on", "csrfmiddlewaretoken": CSRF, "late_reason": "Un essai de panne"}
    body = urlencode(said).encode()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    headers = {"Content-Type": FORM, "Cookie": f"csrftoken={CSRF}; {cookie}", "Content-Length": str(len(body))}
    try:
        connection.request("POST", f"/dyades/{dyad}/consigner/", body[: len(body) // 2] if cut else body, headers)
        if cut:
            return "cut"
        answer: HTTPResponse = connection.getresponse()
        answer.read()
        leads = answer.getheader("Location") or ""
        return f"{answer.status} sign-in" if "/comptes/" in leads else str(answer.status)
    except (OSError, HTTPException) as error:
        return "silence" if isinstance(error, socket.timeout) else "refused"
    finally:
        connection.close()


@dataclass
class Writer(threading.Thread):
    """One person: a slot after the other, each sent until it is acknowledged, to one server then to the other."""

    ports: Sequence[int]
    cookie: str
    slots: Iterator[Slot]
    chance: random.Random
    tally: Tally
    stopped: threading.Event
    cuts: float = 0.0

    def __post_init__(self) -> None:
        threading.Thread.__init__(self, daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        for slot in self.slots:
            key, since = uuid4(), time.monotonic()
            while not self._is_acknowledged(slot, key):
                if self.stopped.is_set():
                    self.tally.unsettled.append(key)
                    return
                time.sleep(AGAIN_SECONDS)
            self.tally.acknowledged[key] = slot
            self.tally.waits.append(time.monotonic() - since)
            if self.stopped.is_set():
                return

    def _is_acknowledged(self, slot: Slot, key: UUID) -> bool:
        cut = self.chance.random() < self.cuts
        answer = send(self.chance.choice(self.ports), self.cookie, slot, key, cut=cut)
        self.tally.answers[answer] += 1
        return answer == "302"


@contextmanager
def people(
    ports: Sequence[int],
    cookie: str,
    slots: Sequence[Slot],
    chance: random.Random,
    *,
    count: int = 4,
    cuts: float = 0.0,
) -> Iterator[Tally]:
    """So many people write while the block runs; each shares out the slots with the others."""
    tally, stopped, waiting = Tally(), threading.Event(), iter(list(slots))
    lock = threading.Lock()

    def next_ones() -> Iterator[Slot]:
        while True:
            with lock:
                slot = next(waiting, None)
            if slot is None:
                return
            yield slot

    writers = [
        Writer(ports, cookie, next_ones(), random.Random(chance.random()), tally, stopped, cuts) for _ in range(count)
    ]
    for writer in writers:
        writer.start()
    try:
        yield tally
    finally:
        stopped.set()
        for writer in writers:
            writer.join(2 * PATIENCE_SECONDS)
