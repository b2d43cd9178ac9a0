"""What every fault works on: a site, a school of 110 dyads, somebody who may log for all, and what was counted."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.core.management import call_command
from django.db import close_old_connections
from django.db.models import Count
from django.test import Client

from faults.site import Site
from faults.writers import Slot, Tally, send
from guidelines.models import Flag, FlagEvent
from mentoring.models import Dyad, DyadMeeting
from people.access import Role
from people.models import SchoolBoard, User

BACK_DAYS = 85


@dataclass
class Seen:
    """What a fault did: the seconds at which it struck, what was counted, and what should not have been."""

    moments: list[float] = field(default_factory=list)
    counts: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def expect(self, fact: bool, otherwise: str) -> None:
        if not fact:
            self.wrong.append(otherwise)


@dataclass
class World:
    site: Site
    board: SchoolBoard
    cookie: str
    slots: Iterator[Slot]
    chance: random.Random
    times: int
    on: date

    def some(self, count: int) -> list[Slot]:
        """So many dyads and days on which nothing is logged yet, never the same twice."""
        return list(islice(self.slots, count))

    def moment(self, seen: Seen, most: float) -> float:
        """Some seconds, recorded so that the same seed plays them again."""
        at = round(self.chance.uniform(0.05, most), 2)
        seen.moments.append(at)
        return at

    def check_written(self, seen: Seen, tally: Tally, *, at_least: int = 1) -> None:
        """Each acknowledged meeting is there once; nothing answered 500, nobody was shown the door."""
        close_old_connections()
        rows = DyadMeeting.objects.filter(entry_uuid__in=tally.acknowledged)
        kept = set(rows.values_list("entry_uuid", flat=True))
        doubled = 0
        for dyad, on in tally.acknowledged.values():
            doubled += DyadMeeting.objects.filter(dyad=dyad, on=on, status="held").count() > 1
        seen.counts |= {
            "acknowledged": len(tally.acknowledged),
            "lost": len(tally.acknowledged.keys() - kept),
            "doubled": doubled,
            "longest wait (s)": round(max(tally.waits, default=0), 1),
            "answers": dict(sorted(tally.answers.items())),
            "tracebacks": self.site.tracebacks,
        }
        seen.expect(len(tally.acknowledged) >= at_least, "too few meetings were acknowledged to say anything")
        seen.expect(not seen.counts["lost"], "an acknowledged meeting is lost")
        seen.expect(not doubled, "a meeting is there twice")
        seen.expect(not tally.errors, "a page answered 500")
        seen.expect(not any("sign-in" in answer for answer in tally.answers), "somebody was asked to sign in again")
        seen.expect(not any(answer.startswith("4") for answer in tally.answers), "a meeting was refused")

    def check_recovered(self, seen: Seen) -> None:
        """Each web server logs a meeting by itself, once the fault is over: the second try at most."""
        for port in self.site.ports:
            [slot] = self.some(1)
            answers = [send(port, self.cookie, slot, key) for key in [_key()] * 2]
            seen.expect("302" in answers, f"after the fault a server answers {answers}")


def _key() -> UUID:

    return uuid4()


def flags() -> list[tuple[object, ...]]:
    """The findings, without what differs from run to run."""
    names = ("guideline", "dyad_id", "group_id", "mentor_id", "student_id", "teacher_id", "program_id")
    known = {field.attname for field in Flag._meta.concrete_fields}
    kept = [name for name in names if name in known]
    return sorted(Flag.objects.values_list(*kept, "severity", "state", "value", "threshold"), key=repr)


def events() -> dict[str, int]:
    return dict(FlagEvent.objects.order_by().values_list("kind").annotate(n=Count("pk")))


def make_world(site: Site, chance: random.Random, times: int) -> World:
    """The school, and the lead of most of its dyads, signed in."""
    from django.utils import timezone

    call_command("generate", size="school", verbosity=0, stdout=_Silent())
    board, on = SchoolBoard.objects.get(), timezone.localdate()
    leads = User.objects.filter(memberships__role=Role.PROGRAM_LEAD).distinct()
    lead = max(leads, key=lambda person: Dyad.objects.visible_to(person).count())
    client = Client()
    client.force_login(lead, backend="people.backends.PersonBackend")
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    return World(site, board, cookie, free_slots(lead, on), chance, times, on)


def free_slots(lead: User, on: date) -> Iterator[Slot]:
    """Dyads in progress and past weekdays without a meeting of theirs."""
    dyads = list(Dyad.objects.visible_to(lead).filter(ends_on=None, starts_on__lt=on))
    taken = set(DyadMeeting.objects.filter(on__gt=on - timedelta(days=BACK_DAYS + 1)).values_list("dyad_id", "on"))
    for back in range(1, BACK_DAYS):
        day = on - timedelta(days=back)
        for dyad in dyads:
            if day.weekday() < 5 and day >= dyad.starts_on and (dyad.pk, day) not in taken:
                yield dyad.pk, day


class _Silent:
    def write(self, *_words: object) -> None:
        return


Fault = Callable[[World], Seen]
