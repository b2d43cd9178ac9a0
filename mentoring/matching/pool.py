"""Who waits and who can be matched, read at once: a constant number of queries, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count, Q

from mentoring.gate import Readiness, readiness
from mentoring.models import Dyad, Mentor, Referral
from mentoring.models.mentors import MentorQuerySet
from mentoring.models.referrals import ReferralQuerySet
from mentoring.numbers import MENTOR_DYADS, TRAINING_MINUTES
from mentoring.rematch import asks_why, ended_before, waits_until
from people.access import Role
from people.apart import tell_apart
from people.models import Membership, User
from people.models.base import active_on
from programs.models import Program
from programs.numbers import InForce, in_force

ROLES = (Role.MENTOR, Role.RESOURCE_TEACHER)
WEEK = 7


@dataclass(frozen=True)
class Waiting:
    """A student who waits: what they wish, in sets to be compared; the ended relationships, the last first."""

    referral: Referral
    weeks: int
    ended: Sequence[Dyad] = ()
    not_before: date | None = None
    """The day until which they wait after an end, when that was decided then and it is to come."""

    @cached_property
    def interests(self) -> dict[str, str]:
        return self.referral.all_interests()

    @cached_property
    def languages(self) -> dict[str, str]:
        return self.referral.all_languages()

    @cached_property
    def times(self) -> dict[str, str]:
        return self.referral.all_times()

    @property
    def last_end(self) -> Dyad | None:
        return self.ended[0] if self.ended else None


@dataclass(frozen=True)
class Offer:
    """A mentor on a day: how many dyads they keep or are to keep, how many they may, at which schools they serve."""

    ready: Readiness
    load: int
    places: int
    schools: frozenset[int] = field(default_factory=frozenset)

    @property
    def mentor(self) -> Mentor:
        return self.ready.mentor

    @property
    def free(self) -> int:
        return max(0, self.places - self.load)

    @cached_property
    def interests(self) -> dict[str, str]:
        return self.mentor.all_interests()

    @cached_property
    def languages(self) -> dict[str, str]:
        return self.mentor.all_languages()

    @cached_property
    def times(self) -> dict[str, str]:
        return self.mentor.all_times()

    def named_people(self) -> list[User]:
        """Whom its line names (``people.apart``)."""
        return [self.mentor.person]


@dataclass(frozen=True)
class Pool:
    """Of a programme, for relations that begin on a day."""

    program: Program
    on: date
    waiting: Sequence[Waiting]
    offers: Sequence[Offer]
    numbers: InForce

    def asks_why(self, waiting: Waiting, offer: Offer) -> Dyad | None:
        """The earlier end that asks a reason for this match."""
        return asks_why(waiting.ended, mentor=offer.mentor.pk, before=self.on, numbers=self.numbers)


def pool(program: Program, user: User, *, on: date, today: date) -> Pool:
    """Who waits today in a programme that the person runs, and the mentors whom they answer for. Seven queries."""
    numbers = in_force(program.board_id, on)
    rows = Referral.objects.run_by(user).filter(program=program)
    mentors = Mentor.objects.run_by(user).filter(person__board=program.board_id)
    waits = waiting(rows, on=on, today=today, numbers=numbers)
    return Pool(program, on, waits, offers(mentors, on=on, numbers=numbers), numbers)


def waiting(rows: ReferralQuerySet, *, on: date, today: date, numbers: InForce) -> list[Waiting]:
    """Those who wait today, the longest first, with what ended before a day. Two queries."""
    referrals = tell_apart(rows.waiting(today).with_people().order_by("referred_on", "pk"))
    ended = ended_before([row.student_id for row in referrals], on)
    found = []
    for row in referrals:
        theirs = ended.get(row.student_id, [])
        weeks = max(0, (today - row.referred_on).days) // WEEK
        found.append(Waiting(row, weeks, theirs, waits_until(theirs[:1], numbers, today)))
    return found


def offers(mentors: MentorQuerySet, *, on: date, numbers: InForce) -> list[Offer]:
    """The mentors with an account, by name: those who are ready or not. Three queries."""
    lasting = Q(dyads__isnull=False) & (Q(dyads__ends_on__isnull=True) | Q(dyads__ends_on__gt=on))
    rows = list(
        mentors.filter(person__is_active=True)
        .with_training(on)
        .annotate(load=Count("dyads", filter=lasting, distinct=True))
        .select_related("person__school")
        .order_by("person__name_key", "pk")
    )
    tell_apart(rows)
    serving = _schools([row.person_id for row in rows], on)
    usual = numbers.worth(MENTOR_DYADS)
    ready = {one.mentor.pk: one for one in readiness(rows, on, goal=numbers.worth(TRAINING_MINUTES))}
    return [
        Offer(
            ready[row.pk],
            row.load,
            usual if row.places is None else row.places,
            frozenset(serving.get(row.person_id, set()) | ({row.person.school_id} if row.person.school_id else set())),
        )
        for row in rows
    ]


def _schools(people: Sequence[int], on: date) -> dict[int, set[int]]:
    """By person, the schools where they mentor. One query."""
    held = Membership.objects.filter(active_on(on), person__in=people, role__in=ROLES)
    found: dict[int, set[int]] = {}
    for person, school, of_program in held.values_list("person", "school", "program__school"):
        found.setdefault(person, set()).update(pk for pk in (school, of_program) if pk is not None)
    return found
