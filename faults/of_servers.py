"""Faults of what serves pages: web servers, the database, the broker, the disk, the network, the clock."""

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from uuid import uuid4

from faults.pool import Pool
from faults.site import Site, wait_for
from faults.world import Seen, World
from faults.writers import Tally, people, send
from tools.postgres import Server

STILL = 0.5
A_LOT = 300
"""More meetings than anybody logs during a fault."""


def web_killed(world: World) -> Seen:
    """A web server is killed while people log meetings, and starts again."""
    seen = Seen()
    with people(world.site.ports, world.cookie, world.some(A_LOT), world.chance) as tally:
        for _time in range(world.times):
            name = world.chance.choice(["web1", "web2"])
            time.sleep(world.moment(seen, 2))
            world.site.kill(name)
            world.site.start(name)
        time.sleep(STILL)
    world.check_written(seen, tally)
    world.check_recovered(seen)
    return seen


def database_restarted(world: World) -> Seen:
    """The database is cut at once, as by a power failure, and starts again."""
    seen = Seen()
    with people(world.site.ports, world.cookie, world.some(A_LOT), world.chance) as tally:
        for _time in range(world.times):
            time.sleep(world.moment(seen, 3))
            world.site.database.stop("immediate")
            time.sleep(world.moment(seen, 1))
            world.site.database.start()
        time.sleep(2)
    world.check_written(seen, tally)
    world.check_recovered(seen)
    seen.expect(not seen.counts["tracebacks"], "a database that is away is told by a traceback")
    return seen


def broker_lost(world: World) -> Seen:
    """Redis, the broker and the cache, is killed, stays away, and comes back with nothing in it."""
    seen = Seen()
    with people(world.site.ports, world.cookie, world.some(A_LOT), world.chance) as tally:
        for _time in range(world.times):
            time.sleep(world.moment(seen, 1))
            world.site.kill("redis")
            time.sleep(world.moment(seen, 3))
            world.site.start("redis")
        time.sleep(STILL)
    world.check_written(seen, tally)
    world.check_recovered(seen)
    return seen


def client_cut(world: World) -> Seen:
    """People leave in the middle of what they send, and send it again."""
    seen = Seen()
    with people(world.site.ports, world.cookie, world.some(60 * world.times), world.chance, cuts=0.3) as tally:
        time.sleep(2 * world.times)
    world.check_written(seen, tally)
    seen.expect(tally.answers["cut"] > 0, "nobody left in the middle")
    return seen


def eight_at_once(world: World) -> Seen:
    """One form is sent by eight at once, to both servers."""
    seen, tally = Seen(), Tally()
    for slot in world.some(3 * world.times):
        key, together = uuid4(), threading.Barrier(8)

        def one(number: int, slot=slot, key=key, together=together) -> None:  # type: ignore[no-untyped-def]
            together.wait()
            tally.answers[send(world.site.ports[number % 2], world.cookie, slot, key)] += 1

        threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        tally.acknowledged[key] = slot
    world.check_written(seen, tally)
    return seen


def disk_full(world: World) -> Seen:
    """The disk of the database fills up, then is given room again; it must stand on a small one of its own."""
    seen, filler = Seen(), world.site.database.folder.parent / "filler"
    if not os.path.ismount(filler.parent):
        seen.wrong.append("no small disk could be mounted here (it takes root)")
        return seen
    with people(world.site.ports, world.cookie, world.some(A_LOT), world.chance) as tally:
        for _time in range(world.times):
            time.sleep(world.moment(seen, 2))
            fill(filler)
            out_of_room(world)
            time.sleep(world.moment(seen, 2))
            filler.unlink()
            wait_for(_answers(world), said="the database starts again by itself or is started", seconds=60)
        time.sleep(2)
    world.check_written(seen, tally)
    world.check_recovered(seen)
    seen.expect(tally.answers["503"] > 0, "the disk was never full for anybody")
    return seen


def fill(filler: Path) -> None:
    """Write until the disk has no room left, whoever else writes meanwhile."""
    size = 1 << 24
    with filler.open("wb", buffering=0) as file:
        while size >= 1024:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


def out_of_room(world: World) -> None:
    """Ask for new segments of the journal until there is no room for one, which stops the server."""
    for _segment in range(200):
        try:
            world.site.database.obey("CREATE TABLE IF NOT EXISTS room (n int)", "INSERT INTO room VALUES (1)")
            world.site.database.obey("SELECT pg_switch_wal()")
        except subprocess.CalledProcessError:
            return


def _answers(world: World):  # type: ignore[no-untyped-def]
    """Whether the server runs; one that stopped for want of room is started, as its unit does."""

    def fact() -> bool:
        server = world.site.database
        ready = [str(server.programs / "pg_isready"), "--quiet", "--host", str(server.folder)]
        if subprocess.run(ready, check=False).returncode == 0:
            return True
        try:
            server.start()
        except subprocess.CalledProcessError:
            return False
        return True

    return fact


def clock_ahead(world: World) -> Seen:
    """One server's clock is ten minutes ahead, then ten minutes late; the other's is right."""
    seen, program = Seen(), world.site.programs["web1"]
    faketime = shutil.which("faketime")
    if faketime is None:
        seen.wrong.append("faketime is not on this machine: apt-get install faketime")
        return seen
    right = program.command
    with people(world.site.ports, world.cookie, world.some(A_LOT), world.chance) as tally:
        for shift in ("+10m", "-10m"):
            program.kill()
            program.command = [faketime, "-f", shift, *right]
            program.start()
            time.sleep(2 + world.moment(seen, 2))
        program.kill()
        program.command = right
        program.start()
        time.sleep(STILL)
    world.check_written(seen, tally)
    world.check_recovered(seen)
    return seen


def replica_promoted(world: World) -> Seen:
    """The database dies for good, and its replica, which had every acknowledged write, takes its place."""
    seen, first, second = Seen(), world.site.database, world.site.home.sibling("second")
    follow(first, second)
    with people(world.site.ports, world.cookie, world.some(A_LOT), world.chance) as tally:
        time.sleep(1 + world.moment(seen, 3))
        first.stop("immediate")
        time.sleep(world.moment(seen, 2))
        second.promote()
        world.site.database = second
        time.sleep(4)
    world.check_written(seen, tally)
    world.check_recovered(seen)
    return seen


def replica_promoted_behind_a_pool(world: World) -> Seen:
    """The same behind PgBouncer, whose connections are lent for one transaction: it is told of the new server."""
    seen, first, third = Seen(), world.site.database, world.site.home.sibling("third")
    if shutil.which("pgbouncer") is None:
        seen.wrong.append("pgbouncer is not on this machine: apt-get install pgbouncer")
        return seen
    pool = pooled(world.site)
    follow(first, third)
    with people(world.site.ports, world.cookie, world.some(A_LOT), world.chance, count=8) as tally:
        time.sleep(1 + world.moment(seen, 3))
        first.stop("immediate")
        time.sleep(world.moment(seen, 2))
        third.promote()
        world.site.database = third
        pool.follow(third)
        time.sleep(6)
    world.check_written(seen, tally)
    world.check_recovered(seen)
    seen.expect(not seen.counts["tracebacks"], "a database that is away is told by a traceback")
    return seen


def follow(first: Server, replica: Server) -> None:
    """Make a replica which has a write before it is acknowledged."""
    first.copy_to(replica)
    replica.start()
    first.obey("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
    wait_for(lambda: "sync" in first.obey("SELECT sync_state FROM pg_stat_replication"), said="the replica follows")


def pooled(site: Site) -> Pool:
    """Put a pool between the database and all that asks it, started anew with the pool's address."""
    pool = Pool(site)
    site.programs["pool"] = pool.program
    site.start("pool")
    for program in site.programs.values():
        if program.process is not None and program.name not in ("pool", "redis"):
            program.kill()
            program.environment = program.environment | pool.environment
            program.start()
    return pool
