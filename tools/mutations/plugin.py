"""Within pytest: each rule broken in a child of this process, which has Django, the cast and the tests at hand.

First on the furnished cast, made once: the rows of the broken rule, the addresses of the matrix that reach it, without
the trials of their forms, then with them. What nothing there has seen is tried on the other tests that reach it.
"""

import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.mutations import reached, swap
from tools.mutations.found import FORGOTTEN, Mutant, read

MATRIX, ROWS = "tests.test_access_matrix", "tests.test_visible_rows"
OF_FURNISHED = ("tests/test_access_matrix.py", "tests/test_visible_rows.py")
SECONDS = 60
"""Of processor, at most, for a child: one that hangs has seen nothing."""
MOST_ASKED, MOST_TRIED = 40, 15
"""Of the addresses that reach a rule, how many are asked for, and of how many at most the forms are tried."""
WHOLE = Mutant("", "", 0, "", 0, "nothing broken")
"""What nothing must see."""
Seen = dict[str, str]


class Mutations:
    """``only`` keeps the breaks whose words hold it; ``places`` adds each place that asks a rule, forgetting it;
    ``again`` trusts what reached what, though sources changed.
    """

    def __init__(self, only: str, results: Path, *, places: bool, again: bool) -> None:
        self.sources = read()
        self.every = [mutant for source in self.sources.values() for mutant in source.mutants()]
        self.mutants = [one for one in self.every if only in str(one) and (places or one.kind != FORGOTTEN)]
        self.results, self.again, self.told = results, again, dict[str, Seen]()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        logging.disable(logging.CRITICAL)
        self.session = session
        self.matrix: Any = sys.modules[MATRIX]
        self.rows: Any = sys.modules[ROWS]
        self.bodies = swap.functions(self.every)
        known = reached.kept(whatever=self.again)
        self.reached = known or reached.record(session, self.matrix, self.bodies, self.sources)
        print(f"{len(session.items)} tests reach {len(self.reached.by_rule)} functions", flush=True)
        furnished = next(item for item in session.items if item.nodeid.startswith(OF_FURNISHED[0]))
        reached.afresh(furnished)
        session._setupstate.setup(furnished)
        self.arguments: dict[str, Any] = furnished.funcargs  # type: ignore[attr-defined]
        self.image = _image()
        self._each([WHOLE], self._on_furnished)
        if self.told.pop(str(WHOLE))["by"]:
            raise pytest.UsageError("The tests fail with every rule whole.")
        self._each(self.mutants, self._on_furnished)
        session._setupstate.teardown_exact(session)  # type: ignore[arg-type]
        self._each([mutant for mutant in self.mutants if not self.told[str(mutant)]["by"]], self._elsewhere)
        self.results.write_text(json.dumps(self.told, ensure_ascii=False, indent=1))
        return True

    def _each(self, mutants: list[Mutant], look: Callable[[Mutant, Path], str]) -> None:
        """Break each of them in a child of its own, as many at once as there are processors."""
        waiting, running = list(reversed(mutants)), dict[int, tuple[Mutant, Path]]()
        with tempfile.TemporaryDirectory() as folder:
            while waiting or running:
                while waiting and len(running) < (os.cpu_count() or 1):
                    mutant = waiting.pop()
                    file = Path(folder, str(len(waiting)))
                    running[self._child(mutant, file, look)] = mutant, file
                pid, _status = os.wait()
                mutant, file = running.pop(pid)
                seen = json.loads(file.read_text()) if file.exists() else {"by": "", "why": "the child did not end"}
                self.told[str(mutant)] = seen
                said = seen["by"] or f"not seen, {seen['why']}"
                print(f"{len(mutants) - len(waiting) - len(running)}/{len(mutants)} {mutant}: {said}", flush=True)

    def _child(self, mutant: Mutant, file: Path, look: Callable[[Mutant, Path], str]) -> int:
        if pid := os.fork():
            return pid
        try:
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            with open(os.devnull, "w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
            if mutant is not WHOLE:
                swap.put(self.bodies, mutant.whole, self.sources[mutant.module].changed(mutant))
            tests = self._reaching(mutant)
            by = look(mutant, file) if tests else ""
            why = "no test reaches it" if not tests else f"{len(tests)} tests reach it"
            written = file.with_suffix(".part")
            written.write_text(json.dumps({"by": by, "why": why}))
            written.rename(file)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)

    def _reaching(self, mutant: Mutant) -> dict[str, set[str]]:
        if mutant is not WHOLE:
            return self.reached.of(mutant.whole)
        names = {row[0] for row in self.matrix.ROWS[:MOST_TRIED]}
        return {item.nodeid: names for item in self.session.items if item.nodeid.startswith(OF_FURNISHED)}

    # On the furnished cast

    def _on_furnished(self, mutant: Mutant, file: Path) -> str:
        _take_up(self.image)
        tests = self._reaching(mutant)
        if any(test.startswith(OF_FURNISHED[1]) for test in tests) and self._fails_on_rows(mutant):
            return OF_FURNISHED[1]
        names = set[str]().union(*(names for test, names in tests.items() if test.startswith(OF_FURNISHED[0])))
        all_rows, offers = self.matrix.ROWS, self.matrix.faults
        self.matrix.ROWS = [row for row in all_rows if row[0] in names][:MOST_ASKED]
        self.matrix.FEWEST_TRIED = {}
        for tries in (lambda *said: (), offers):
            self.matrix.faults = tries
            if tries is offers and len(names) > MOST_TRIED:
                break
            for place, own in enumerate(self.matrix.ROLES) if names else ():
                said = {"numbered_cast": self.arguments["numbered_cast"], "client_of": self.arguments["client_of"]}
                if _fails(self.matrix.test_each_role_gets_its_due, **said, place=place, own=own):
                    return f"{OF_FURNISHED[0]} [{own}]"
        return ""

    def _fails_on_rows(self, mutant: Mutant) -> bool:
        """The rows of the models whose queryset holds the rule; of all of them when it is none's own."""
        every = list(self.rows.scoped_models())
        own = [model for model in every if _is_of(model, mutant)]
        self.rows.scoped_models = lambda: iter(own or every)
        test = self.rows.test_everyone_sees_what_the_rights_say_and_nothing_else
        return _fails(test, numbered_cast=self.arguments["numbered_cast"])

    # On the others

    def _elsewhere(self, mutant: Mutant, file: Path) -> str:
        from django.db import connection

        connection.close()
        own = f"{file}.sqlite3"
        shutil.copy(connection.settings_dict["NAME"], own)
        connection.settings_dict["NAME"] = own
        for item in self._quickest_first(mutant):
            if reached.failure(item, self.session):
                return item.nodeid
        return ""

    def _quickest_first(self, mutant: Mutant) -> Iterator[pytest.Item]:
        tests = [test for test in self.reached.of(mutant.whole) if not test.startswith(OF_FURNISHED)]
        items = {item.nodeid: item for item in self.session.items}
        for test in sorted(tests, key=lambda test: self.reached.lasted.get(test, 0)):
            if test in items:
                yield items[test]


def _is_of(model: Any, mutant: Mutant) -> bool:
    kinds = type(model._default_manager.all()).__mro__
    return any(f"{kind.__module__} {kind.__qualname__}" == f"{mutant.module} {mutant.owner}" for kind in kinds)


def _fails(test: Callable[..., None], **arguments: Any) -> bool:
    from django.core.cache import cache
    from django.db import transaction

    cache.clear()
    try:
        with transaction.atomic():
            test(**arguments)
            transaction.set_rollback(True)
    except Exception:
        return True
    return False


def _image() -> bytes:
    """The database as this test's transaction sees it."""
    from django.db import connection

    connection.ensure_connection()
    image: bytes = connection.connection.serialize()
    # Written ahead or not, as its header says; in memory it is not.
    return image[:18] + b"\x01\x01" + image[20:]


def _take_up(image: bytes) -> None:
    """A database of one's own, in memory, in place of the one whose connection came with the process."""
    from django.db import connections

    connections["default"].settings_dict["NAME"] = ":memory:"
    fresh: Any = connections.create_connection("default")
    fresh.inc_thread_sharing()
    connections["default"] = fresh
    fresh.ensure_connection()
    fresh.connection.deserialize(image)
