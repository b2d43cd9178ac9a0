"""Faults of what works by itself: evaluations that are killed or run twice, e-mails that nobody answers for."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from accompagnement.celery import app
from faults.mail import SILENT_SECONDS, a_post
from faults.site import wait_for
from faults.world import Seen, World, events, flags
from guidelines.evaluation import evaluate_board
from guidelines.mailing import queue_round
from guidelines.models import Evaluation, Flag, FlagEvent
from guidelines.tasks import deliver, evaluate
from people import outbox
from people.models import Message, Notification
from tools.sources import ROOT


def forget_findings() -> None:
    Notification.objects.all().delete()
    FlagEvent.objects.all().delete()
    Flag.objects.all().delete()
    Evaluation.objects.all().delete()


@contextmanager
def evaluating(world: World) -> Iterator["subprocess.Popen[str]"]:
    """A process that has begun to evaluate the board."""
    command = [sys.executable, "-m", "faults.evaluating", str(world.board.pk), world.on.isoformat()]
    process = subprocess.Popen(
        command, cwd=ROOT, env=world.site.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (both are pipes)
    process.stdout.readline()
    process.stdin.write("\n")
    process.stdin.flush()
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def clean_run(world: World) -> tuple[list[tuple[object, ...]], dict[str, int], int, float]:
    """What an evaluation that nothing disturbs leaves, and the seconds that it takes; all of it is then forgotten."""
    forget_findings()
    with evaluating(world) as process:
        since = time.monotonic()
        process.wait()
        took = time.monotonic() - since
    left = flags(), events(), Notification.objects.count(), took
    forget_findings()
    return left


def evaluation_killed(world: World) -> Seen:
    """Whoever evaluates is killed at twenty moments: nothing partial, then the findings of a clean run."""
    seen, (expected, said, told, took) = Seen(), clean_run(world)
    for _time in range(max(world.times, 20) if world.times > 1 else 3):
        with evaluating(world) as process:
            time.sleep(world.moment(seen, took))
            process.kill()
            process.wait()
        found = flags()
        seen.expect(found in ([], expected), "a killed evaluation left part of its findings")
        if found and world.chance.random() < 0.5:
            forget_findings()
    evaluate_board(world.board, on=world.on)
    seen.counts = {"findings": len(expected), "kills": len(seen.moments), "seconds of a clean run": round(took, 2)}
    seen.expect(bool(expected), "a clean run finds nothing: there is nothing to compare")
    seen.expect(flags() == expected, "after the kills, other findings than a clean run's")
    seen.expect(events() == said, "something was raised twice")
    seen.expect(Notification.objects.count() == told, "somebody was told twice, or not at all")
    return seen


def evaluated_twice(world: World) -> Seen:
    """Two processes evaluate one board at once, and two workers get the same task twice each."""
    seen, (expected, said, told, _took) = Seen(), clean_run(world)
    for _time in range(world.times):
        forget_findings()
        with evaluating(world) as one, evaluating(world) as other:
            one.wait()
            other.wait()
        for _delivery in range(4):
            evaluate.delay(world.board.pk, world.on.isoformat())
        wait_for(_idle, said="the workers have done what waits")
        seen.expect(flags() == expected, "two at once do not find what one finds")
        seen.expect(events() == said, "something was raised twice")
        seen.expect(Notification.objects.count() == told, "somebody was told twice, or not at all")
    seen.counts = {"findings": len(expected), "rounds": world.times}
    return seen


def _idle(*, killed: bool = False) -> bool:
    """Whether nothing waits in the broker nor is at work; what ``killed`` workers took stays theirs for an hour."""
    import redis

    with redis.from_url(app.conf.broker_url) as client:
        return not client.llen("celery") and (killed or not client.hlen("unacked"))


def mail_in_trouble(world: World) -> Seen:
    """The mail server refuses, dawdles, falls silent, hangs up; workers are killed; each message is rung for twice."""
    seen = Seen()
    with a_post(int(world.site.environment["SMTP_PORT"]), world.chance) as post:
        ids = queue_round(world.board, on=world.on)
        for turn in range(world.times + 1):
            post.good = turn == world.times
            for pk in [*ids, *ids]:
                deliver.delay(pk)
            for _kill in range(2):
                name = world.chance.choice(["worker1", "worker2"])
                time.sleep(world.moment(seen, 4))
                world.site.kill(name)
                world.site.start(name)
            wait_for(lambda: _idle(killed=True), said="the workers have done what waits", seconds=300)
            time.sleep(SILENT_SECONDS)
            long_ago = timezone.now() - 2 * outbox.SILENT_AFTER
            Message.objects.filter(state__in=["claimed", "refused"]).update(claimed_at=long_ago)
            ids = outbox.tend(now=timezone.now() + timedelta(seconds=1))
    states = {state: Message.objects.filter(state=state).count() for state in Message.State.values}
    twice = [reference for reference, count in post.taken.items() if count > 1]
    seen.counts = {"messages": len(states) and sum(states.values()), "taken": len(post.taken), "twice": len(twice)}
    seen.counts |= {"states": states, "moods": dict(post.moods)}
    seen.expect(bool(post.taken), "the mail server took nothing: there is nothing to compare")
    seen.expect(not twice, "a message was sent twice")
    sent = {f"message-{pk}" for pk in Message.objects.filter(state="sent").values_list("pk", flat=True)}
    seen.expect(all(any(mark in one for one in post.taken) for mark in sent), "a message said to be sent was not")
    return seen
