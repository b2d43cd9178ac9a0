"""Two hundred people in a process of their own: ``python -m bench.load.people HOST WHO.json MINUTES SEEN.json``.

They sign in, wait for each other, then each asks for what the hour wants of them. Nothing of the product is imported:
what they know is what a page says.
"""

import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import gevent
from gevent.event import Event
from locust import FastHttpUser, events, task
from locust.env import Environment
from locust.exception import StopUser

from bench.load import REQUESTS

HELLO = "/sante/"
HELLO_SECONDS = 0.25
ALONE_SECONDS = 5
SIGN_INS_A_SECOND = 1
BUSY, AGAIN_SECONDS, MOST_TRIES = 429, 5, 20
"""A door that is too busy says so to whoever signs in; they try again."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TAP = re.compile(
    r'action="(/dyades/\d+/refaire/)">\s*<input type="hidden" name="csrfmiddlewaretoken" value="([^"]+)">'
    r'<input type="hidden" name="entry_uuid" value="([^"]+)">'
)
"""« Refaire comme la dernière fois »: the form, with its key."""


class Hour:
    """What the people share: who they are, when the hour begins, and what they saw."""

    def __init__(self, who: list[dict[str, Any]], minutes: float) -> None:
        self.who, self.pace = iter(who), minutes * 60 / REQUESTS
        self.waiting, self.begun, self.left = len(who), Event(), len(who)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.again = 0

    def heard(self, name: str, response_time: float, exception: Exception | None, **_rest: object) -> None:
        """Keep the milliseconds of a request, or what went wrong with it."""
        if exception is not None:
            self.wrong.append(f"{name}: {exception}")
        self.took[name if self.begun.is_set() or name == "sign in" else f"{name}, alone"].append(response_time)


hour: Hour


class Person(FastHttpUser):
    """Somebody of the board, with their own session."""

    def ask(self, name: str, path: str, said: dict[str, str] | None = None, *, may_wait: bool = False) -> str:
        """A page, or the way on after a form; what is not 200 or 302 is wrong, and so is the door of sign-in.

        Empty where it is wrong, and where ``may_wait`` and the door is too busy.
        """
        method = "POST" if said else "GET"
        with self.client.request(
            method, path, name=name, data=said, allow_redirects=False, catch_response=True
        ) as answer:
            leads = (answer.headers or {}).get("Location", "") if answer.headers is not None else ""
            if may_wait and answer.status_code == BUSY:
                answer.success()
                return ""
            if answer.status_code != (302 if said else 200):
                answer.failure(f"{answer.status_code} {leads}")
                return ""
            if "/comptes/" in leads:
                answer.failure("asked to sign in again")
                return ""
            return answer.text or leads or "done"

    def on_start(self) -> None:
        self.who = next(hour.who)
        for tried in range(MOST_TRIES):
            found = TOKEN.search(self.ask("sign in", "/comptes/login/"))
            said = {"login": self.who["login"], "password": self.who["password"]}
            said["csrfmiddlewaretoken"] = found[1] if found else ""
            if self.ask("sign in", "/comptes/login/", said, may_wait=tried < MOST_TRIES - 1):
                break
            hour.again += 1
            gevent.sleep(AGAIN_SECONDS)
        hour.waiting -= 1
        hour.begun.wait()

    @task
    def live(self) -> None:
        """The hour: each request at its moment, drawn; one that is late is not left out."""
        chance = random.Random(self.who["login"])
        moments = sorted(chance.uniform(0, REQUESTS * hour.pace) for _request in range(REQUESTS))
        begun, steps = time.monotonic(), self.steps()
        for moment in moments:
            gevent.sleep(max(0, begun + moment - time.monotonic()))
            next(steps)
        hour.left -= 1
        raise StopUser

    def steps(self) -> Iterator[None]:
        """One request after the other, without an end."""
        dyads = cycle(self.who["dyads"])
        while True:
            if self.who["leads"]:
                self.ask("dashboard", "/tableau-de-bord/")
                yield
                self.ask("Vigilance", "/vigilance/")
                yield
            page = self.ask("week", "/semaine/")
            yield
            if tap := TAP.search(page):
                path, token, key = tap.groups()
                hour.sent.append(key)
                if self.ask("log", path, {"csrfmiddlewaretoken": token, "entry_uuid": key}):
                    hour.acknowledged.append(key)
                yield
            else:
                self.ask("dyad", f"/dyades/{next(dyads)}/")
                yield


class Probe(FastHttpUser):
    """Says hello without a rest, before the people and among them."""

    fixed_count = 1

    @task
    def hello(self) -> None:
        self.client.get(HELLO, name="hello")
        gevent.sleep(HELLO_SECONDS)
        if not hour.left:
            raise StopUser


def main(host: str, who: Path, minutes: float, seen: Path) -> int:
    """Let them live, then write what they saw."""
    global hour
    hour = Hour(json.loads(who.read_text()), minutes)
    environment = Environment(user_classes=[Person, Probe], host=host, events=events)
    environment.events.request.add_listener(hour.heard)  # type: ignore[no-untyped-call]
    runner = environment.create_local_runner()
    runner.start(hour.waiting + 1, spawn_rate=SIGN_INS_A_SECOND)
    while hour.waiting:
        gevent.sleep(0.1)
    hour.took.pop("hello, alone", None)
    gevent.sleep(ALONE_SECONDS)
    began, begun_at = time.monotonic(), time.time()
    hour.begun.set()
    while hour.left:
        gevent.sleep(0.1)
    seconds = time.monotonic() - began
    runner.quit()
    said = {"took": hour.took, "wrong": hour.wrong, "acknowledged": hour.acknowledged, "seconds": seconds}
    said |= {"again": hour.again, "sent": hour.sent, "begun_at": begun_at}
    seen.write_text(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])))
