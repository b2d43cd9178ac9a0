"""Which test reaches which rule: every test once, with the rules whole; kept until a source changes."""

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tools.mutations import swap
from tools.mutations.found import APPS, Source
from tools.sources import ROOT, sources

KEPT = ROOT / "var" / "mutations.json"


@dataclass
class Reached:
    """By rule, the tests that call it, with the addresses of the matrix that do; by test, its processor seconds."""

    by_rule: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    lasted: dict[str, float] = field(default_factory=dict)
    place: tuple[str, str] = ("", "")

    def note(self, whole: swap.Whole) -> None:
        test, address = self.place
        self.by_rule[key(whole)][test] |= {address} - {""}

    def of(self, whole: swap.Whole) -> dict[str, set[str]]:
        return self.by_rule.get(key(whole), {})

    def keep(self) -> None:
        rules = {rule: {test: sorted(names) for test, names in tests.items()} for rule, tests in self.by_rule.items()}
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps({"of": digest(), "rules": rules, "lasted": self.lasted}))


def key(whole: swap.Whole) -> str:
    return f"{whole[0]} {whole[1]}"


def digest() -> str:
    """Of all that may change what reaches what."""
    found = hashlib.sha256()
    for folder in (*APPS, "tests", "templates", "tools/mutations"):
        for path in sources(ROOT / folder, suffixes=[".py", ".html"]):
            found.update(path.read_bytes())
    return found.hexdigest()


def kept(*, whatever: bool) -> Reached | None:
    """What was noted last time; ``whatever`` takes it though sources changed since."""
    told = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    if not told or not (whatever or told["of"] == digest()):
        return None
    found = Reached(lasted=told["lasted"])
    for rule, tests in told["rules"].items():
        found.by_rule[rule] = {test: set(names) for test, names in tests.items()}
    return found


def record(session: pytest.Session, matrix: Any, bodies: swap.Bodies, modules: dict[str, Source]) -> Reached:
    """Run every test, and note. In the matrix, whose forms are not tried now, by address."""
    found = Reached()
    before = {whole: [one.__code__ for one in functions] for whole, functions in bodies.items()}
    target, offers, fewest = matrix.target, matrix.faults, matrix.FEWEST_TRIED

    def asked(name: str, *said: Any) -> Any:
        found.place = (found.place[0], name)
        return target(name, *said)

    swap.watch(bodies, modules, found.note)
    matrix.target, matrix.faults, matrix.FEWEST_TRIED = asked, lambda *said: (), {}
    try:
        for item in session.items:
            found.place, since = (item.nodeid, ""), time.process_time()
            if said := failure(item, session):
                raise pytest.UsageError(f"{item.nodeid} fails with every rule whole:\n{said}")
            found.lasted[item.nodeid] = time.process_time() - since
    finally:
        matrix.target, matrix.faults, matrix.FEWEST_TRIED = target, offers, fewest
        for whole, codes in before.items():
            for one, code in zip(bodies[whole], codes, strict=True):
                one.__code__ = code
    found.keep()
    return found


def afresh(item: pytest.Item) -> None:
    """Let an item that was run be run again: its fixtures are asked for anew."""
    again: Callable[[], None] = getattr(item, "_initrequest", lambda: None)
    again()


def failure(item: pytest.Item, session: pytest.Session) -> str:
    """What a test says when it fails."""
    afresh(item)
    # A session as what comes next: what lives as long as the run stays, what lives as long as a file does not.
    reports = runtestprotocol(item, log=False, nextitem=session)  # type: ignore[arg-type]
    return next((str(report.longrepr) for report in reports if report.failed), "")
