"""The site, its board, its people, and what came of their hour."""

import json
import os
import signal
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from typing import Any

from bench.load import MINUTES, PEOPLE, REQUESTS
from bench.load.memory import Watched, is_flat, load, worked
from faults.site import BIN, Program, Site, a_site, serves
from tools.redis import free_port
from tools.sources import ROOT
from tools.system import provide

NEEDED = ("postgresql", "redis-server")
WORKERS = 2
WARM = 20
"""Pages asked before anybody comes: a server that has just started loads the product at its first ones."""
PASSWORD = "Deux-cents-personnes-1"  # noqa: S105 (of a site that lives for the run)
PAGES = ("week", "log", "dyad", "dashboard", "Vigilance", "sign in")


def web(site: Site) -> Program:
    """gunicorn as it is deployed, two processes."""
    port, metrics = free_port(), site.folder / "metrics"
    metrics.mkdir()
    said = {"BIND": f"127.0.0.1:{port}", "WEB_PROCESSES": str(WORKERS), "PROMETHEUS_MULTIPROC_DIR": str(metrics)}
    said["MALLOC_ARENA_MAX"] = "2"
    command = [str(BIN / "gunicorn"), "-c", "deploy/gunicorn.conf.py", "--log-level", "warning", "accompagnement.wsgi"]
    return Program("web", command, site.environment | said, site.folder, lambda: serves(port))


def make_board() -> None:
    """Eleven schools, five years; PostgreSQL then counts what came in, as it does by itself within a minute."""
    from django.core.management import call_command
    from django.db import connection

    with open(os.devnull, "w") as nowhere:
        call_command("generate", size="board", stdout=nowhere)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def choose(count: int) -> list[dict[str, Any]]:
    """Every lead, then the adults who answer for most dyads, with the dyads that they may open and a password."""
    from django.contrib.auth.hashers import make_password
    from django.db.models import Count
    from django.utils import timezone

    from mentoring.models import Dyad
    from people.access import Role
    from people.models import User

    on = timezone.localdate()
    chosen: list[dict[str, Any]] = []
    leads = list(User.objects.filter(memberships__role=Role.PROGRAM_LEAD).exclude(email=None).distinct())
    others = User.objects.filter(memberships__role__in=[Role.RESOURCE_TEACHER, Role.MENTOR]).exclude(email=None)
    counted = others.annotate(n=Count("mentor__dyads", distinct=True)).order_by("-n", "pk")
    for person in [*leads, *counted]:
        dyads = list(Dyad.objects.visible_to(person).open_on(on).order_by("pk").values_list("pk", flat=True)[:20])
        if dyads and len(chosen) < count:
            chosen.append({"login": person.email, "password": PASSWORD, "dyads": dyads, "leads": person in leads})
    logins = [person["login"] for person in chosen]
    User.objects.filter(email__in=logins).update(password=make_password(PASSWORD))
    return chosen


def people(site: Site) -> list[str]:
    """Let them live; say what came of it, and give what is wrong."""
    from mentoring.models import DyadMeeting

    make_board()
    chosen, before = choose(int(os.environ.get("PEOPLE") or PEOPLE)), DyadMeeting.objects.filter(status="held").count()
    program = web(site)
    site.programs["web"] = program
    site.start("redis", "web", "worker1", "beat1")
    who, seen = site.folder / "who.json", site.folder / "seen.json"
    who.write_text(json.dumps(chosen))
    minutes = os.environ.get("MINUTES") or str(MINUTES)
    host = f"http://{program.environment['BIND']}"
    print(f"{len(chosen)} people, {REQUESTS} requests each, pressed into {minutes} minutes", flush=True)
    print(f"{os.cpu_count()} cores for the site and for the people; load before: {load()}", flush=True)
    for _time in range(WARM):
        urllib.request.urlopen(f"{host}/comptes/login/").read()
    assert program.process is not None  # noqa: S101 (it was started)
    watched, parents = Watched(program.process.pid), (program.process.pid, site.database.pid)
    watched.start()
    since = [worked(pid) for pid in parents]
    command = [sys.executable, "-m", "bench.load.people", host, str(who), minutes, str(seen)]
    subprocess.run(command, cwd=ROOT, check=True)
    took = [worked(pid) - before for pid, before in zip(parents, since, strict=True)]
    watched.stop()
    print(f"load after: {load()}")
    told: dict[str, Any] = json.loads(seen.read_text())
    count = sum(map(len, told["took"].values()))
    each = [f"{1000 * seconds / count:.0f} ms" for seconds in took]
    print(f"of a processor, for each of all {count} requests: web {each[0]}, database {each[1]}")
    wrong = say_times(told) + say_memory(watched, told["begun_at"])
    meetings, keys = DyadMeeting.objects.filter(status="held"), set(told["acknowledged"])
    kept, sent = (meetings.filter(entry_uuid__in=some).count() for some in (keys, told["sent"]))
    more = meetings.count() - before
    print(f"meetings acknowledged {len(keys)}, of them stored {kept}; sent {len(told['sent'])}, rows of these {sent},")
    print(f"rows more than before {more}")
    if not keys or len(keys) != kept or sent != more:
        wrong.append("what was acknowledged is not what is stored")
    if tracebacks := program.log.count("Traceback"):
        wrong.append(f"the web server wrote {tracebacks} tracebacks")
    return wrong


def say_times(told: dict[str, Any]) -> list[str]:
    """A line a page: how many, the median and the 95th percentile, and these against hello's of the same minutes."""
    took: dict[str, list[float]] = told["took"]
    hello, alone = took["hello"], took["hello, alone"]
    count = sum(len(took.get(name, ())) for name in PAGES[:-1])
    seconds, wrong = told["seconds"], told["wrong"]
    print(f"{count} requests in {seconds:.0f} s: {count / seconds:.1f} a second; wrong: {len(wrong)}")
    print(f"{'':<16}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'p50 ÷ hello':>13}{'p95 ÷ hello':>13}")
    for name in ("hello, alone", "hello", *PAGES):
        if times := took.get(name):
            ratios = [f"{at(times, share) / at(hello, share):.1f}" for share in (50, 95)]
            print(f"{name:<16}{len(times):>9}{at(times, 50):>9.0f}{at(times, 95):>9.0f}{ratios[0]:>13}{ratios[1]:>13}")
    print(f"sign-ins that a door too busy put off (429) and that were tried again: {told['again']}")
    print(f"p95 against the median hello of a site that nobody asks ({at(alone, 50):.1f} ms): ", end="")
    print(
        ", ".join(f"{name} {at(took[name], 95) / at(alone, 50):.0f}" for name in ("log", "dashboard") if name in took)
    )
    for sentence in sorted(set(told["wrong"]))[:10]:
        print(f"    {told['wrong'].count(sentence)} × {sentence}")
    return ["some requests were refused or went wrong"] if told["wrong"] else []


def at(times: Sequence[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def say_memory(watched: Watched, since: float) -> list[str]:
    found = watched.growth(since)
    for before, after in found:
        print(f"web process: {before:.0f} MB in the second quarter of the hour, {after:.0f} MB in the last")
    if not found:
        return ["no web process was watched long enough"]
    return [] if all(is_flat(*pair) for pair in found) else ["the memory of a web process grows"]


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    if provide(NEEDED):
        return 1
    with a_site() as site:
        os.environ |= site.environment
        import django

        django.setup()
        wrong = people(site)
    for sentence in wrong:
        print(f"WRONG: {sentence}.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
